"""风险预警: the list with what came of them by month, and what the page of one shows besides."""

from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter
from sqlmodel import col, select
from starlette.responses import Response

from domain.situation.situation import Actor
from domain.tables.undertaking import Undertaking
from flows.door.page_paths import path_of
from flows.door.visible_undertakings import visible_undertakings
from flows.warnings.figures import clues_behind, grounds_of, months, standings
from flows.watch.crime_warnings import KINDS, Warnings
from web.request.desk import AtDesk, Desk
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import WATCHERS
from web.views.undertaking_rows import Asked, rows_of

router = APIRouter()
KIND = "risk_warning"
TABS = {"waiting": "待办理", "sent": "本部门牵头的", "received": "推送本部门的", "all": "全部"}
MENU = (Entry("风险预警", "/risk_warnings", "监管", order=50),)


@router.get("/risk_warnings")
def risk_warnings(desk: AtDesk, asked: Asked) -> Response:
    """The risk warnings that a person may see, the last months, and how each indicator is set."""
    return page(
        desk.request,
        "undertakings/risk_warnings.html",
        months=months(desk.session, desk.viewer),
        standings=standings(desk.session, desk.viewer),
        crime=_near_crime(desk),
        **rows_of(desk, KIND, TABS, asked),
    )


def beside(desk: Desk, row: Undertaking) -> Mapping[str, object]:
    """What the page of a warning shows besides: the clues that were counted, what it led to."""
    return {
        "led_to": _led_to(desk, row),
        "behind": clues_behind(desk.session, desk.viewer, row),
        "indicator": desk.office.rules.indicators.get(str(row.facts.get("indicator"))),
        "ground": grounds_of(desk.office.rules).get(str(row.facts.get("ground")), ""),
    }


@dataclass(frozen=True)
class LedTo:
    """An inspection or plan that a warning led to."""

    no: str
    title: str
    state: str
    path: str


def _led_to(desk: Desk, row: Undertaking) -> list[LedTo]:
    """What was begun because of it, as far as the person may see it."""
    query = select(Undertaking).where(
        col(Undertaking.parent_id) == row.id, visible_undertakings(desk.office, desk.actor)
    )
    lifecycles = desk.office.rules.lifecycles
    return [
        LedTo(one.no, one.title, lifecycles[one.kind].states[one.state].label, path_of(one))
        for one in desk.session.exec(query.order_by(col(Undertaking.id)))
    ]


def _near_crime(desk: Desk) -> list[tuple[str, str, int]]:
    """The warnings near a crime with their numbers, for who watches them."""
    if not _watches(desk.actor):
        return []
    found = Warnings(desk.session, desk.viewer)
    return [(one.label, f"/warnings/{one.id}", found.count(one.id)) for one in KINDS]


def _watches(actor: Actor) -> bool:
    return bool(actor.roles & WATCHERS)
