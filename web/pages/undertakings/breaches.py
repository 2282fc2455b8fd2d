"""失信信息: the list, taken away for the quarterly push, and what the page of one shows besides."""

from collections.abc import Mapping

from fastapi import APIRouter
from sqlmodel import col, select
from starlette.responses import Response

from domain.tables.process import Process
from domain.tables.undertaking import Undertaking
from flows.rosters.breach_list import breaches_sheet, standing_breaches
from web.request.desk import AtDesk, Desk
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import excel_file
from web.views.undertaking_rows import Asked, rows_of

router = APIRouter()
KIND, OBJECTION = "breach_record", "credit_objection"
TABS = {"waiting": "待办理", "sent": "本部门认定的", "received": "本部门实施惩戒的", "all": "全部"}
MENU = (Entry("失信信息", "/breach_records", "监管", order=52),)


@router.get("/breach_records")
def breaches(desk: AtDesk, asked: Asked) -> Response:
    """The breaches that a person may see: his department's, those it is to act on, or all."""
    return page(
        desk.request,
        "undertakings/breaches.html",
        levels=_levels(desk),
        **rows_of(desk, KIND, TABS, asked),
    )


@router.get("/breach_records.xlsx")
def take(desk: AtDesk) -> Response:
    """What stands, as a workbook: what each department is sent every quarter."""
    return excel_file(desk, breaches_sheet(standing_breaches(desk.session, desk.viewer)))


def beside(desk: Desk, row: Undertaking) -> Mapping[str, object]:
    """What the page of a breach shows besides: its level in words, and whether it was corrected."""
    asked = select(Process.id).where(
        col(Process.clue_id) == row.id,
        col(Process.kind) == OBJECTION,
        col(Process.state) == "corrected",
    )
    return {
        "level": _levels(desk).get(str(row.facts.get("level")), ""),
        "corrected": desk.session.exec(asked.limit(1)).first() is not None,
    }


def _levels(desk: Desk) -> Mapping[str, str]:
    return desk.office.rules.lifecycles[KIND].actions["record"].form["level"].options
