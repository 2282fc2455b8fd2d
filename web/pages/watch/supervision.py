"""督办台账: every order with its numbered document, its own limit, and what became of it."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from domain.lifecycle.plan import Allowed
from domain.tables.record import IssuedDocument
from flows.lists.clue_sheet import clue_sheet
from flows.lists.event_lines import EventLine
from flows.watch.board_export import supervisions_sheet
from flows.watch.supervisions import KIND, SupervisionLine, Which, one_supervision, supervisions
from web.forms.choices import by_group, departments
from web.request.desk import AtDesk, Desk, needs
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import SUPERVISED, excel_file, scope

router = APIRouter(dependencies=[Depends(needs(*sorted(SUPERVISED)))])
MENU = (Entry("督办台账", "/supervision", "督办", SUPERVISED, order=20),)
Text = Annotated[str, Query(max_length=100)]
Before = Annotated[int, Query(ge=0, lt=2**31)]
TABS = (("在督办", ""), ("已结束", "yes"))


def which_of(
    ended: Text = "", state: Text = "", department: Text = "", before: Before = 0
) -> Which:
    """What the address asks for."""
    return Which(bool(ended), state, department, before)


Wanted = Annotated[Which, Depends(which_of)]


@router.get("/supervision")
def show(desk: AtDesk, which: Wanted) -> Response:
    """The supervisions, the newest on top."""
    found = supervisions(desk.session, desk.viewer, which)
    query = _query(which)
    states = desk.office.rules.lifecycles[KIND].states
    return page(
        desk.request,
        "watch/supervisions.html",
        lines=found.lines,
        which=which,
        query=query,
        tabs=[
            (label, f"/supervision?ended={one}", bool(one) == which.ended) for label, one in TABS
        ],
        states={key: one for key, one in states.items() if one.ended == which.ended},
        departments=by_group(departments(desk.office.rules, desk.actor.department)),
        sees_all=desk.viewer.watched is None,
        older=f"/supervision?{query}&before={found.older}" if found.older else "",
        newer=f"/supervision?{query}" if which.before else "",
        scope=scope(desk),
    )


@router.get("/supervision.xlsx")
def take(desk: AtDesk, which: Wanted) -> Response:
    """The supervisions as a file."""
    return excel_file(desk, supervisions_sheet(desk.session, desk.viewer, which))


@dataclass(frozen=True)
class _Told:
    """What the clue's record holds of one supervision."""

    line: SupervisionLine
    offers: tuple[tuple[Allowed, str], ...]
    refused: tuple[Allowed, ...]
    documents: tuple[IssuedDocument, ...]
    history: tuple[EventLine, ...]


@router.get("/supervision/{process_id}")
def show_one(desk: AtDesk, process_id: int) -> Response:
    """One supervision: its limit, documents, course, and the steps that may be taken now."""
    line = one_supervision(desk.session, desk.viewer, process_id)
    return page(desk.request, "watch/supervision.html", told=_tell(desk, line), line=line)


def _tell(desk: Desk, line: SupervisionLine) -> _Told:
    found = clue_sheet(desk.session, desk.office, line.clue, desk.actor, desk.now)
    key = line.process.id
    own = [one for one in found.allowed if (one.process.kind, one.process.id) == (KIND, key)]
    base = f"/clues/{line.clue.no}/do/{KIND}"
    return _Told(
        line=line,
        offers=tuple((one, f"{base}/{one.action}/{key}") for one in own if not one.reasons),
        refused=tuple(one for one in own if one.reasons),
        documents=tuple(
            one for one in found.documents if (one.process_kind, one.process_id) == (KIND, key)
        ),
        history=tuple(
            one for one in reversed(found.history) if (one.kind, one.process_id) == (KIND, key)
        ),
    )


def _query(which: Which) -> str:
    told = {
        "ended": "yes" if which.ended else "",
        "state": which.state,
        "department": which.department,
    }
    return urlencode({key: value for key, value in told.items() if value})
