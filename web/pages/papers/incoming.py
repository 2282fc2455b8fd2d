"""收文: what came to the organ, by whom and when, with its scan; searched and taken as a table."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from flows.door.attachments import may_add
from flows.papers.incoming_query import KEEPERS, OLDEST, WantedPapers
from flows.papers.incoming_register import incoming_sheet, list_counted
from web.forms.days import day_or_none
from web.forms.list_bar import (
    COUNTED,
    ListShape,
    Narrowing,
    bar_of,
    choose_department,
    days,
    order,
)
from web.request.desk import AtDesk, Desk, needs
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import excel_file, scope

router = APIRouter(dependencies=[Depends(needs(*sorted(KEEPERS)))])
MENU = (Entry("收文", "/incoming", roles=KEEPERS, order=61),)
Text = Annotated[str, Query(max_length=100)]


def wanted_of(
    text: Text = "",
    organ: Text = "",
    since: Text = "",
    until: Text = "",
    before: Annotated[int, Query(ge=0, lt=2**31)] = 0,
    sort: Text = "",
) -> WantedPapers:
    """What the address asks for."""
    return WantedPapers(text.strip(), organ, day_or_none(since), day_or_none(until), before, sort)


Wanted = Annotated[WantedPapers, Depends(wanted_of)]


@router.get("/incoming")
def show(desk: AtDesk, wanted: Wanted) -> Response:
    """A page of the register, what was entered last on top."""
    lines, older, total = list_counted(desk.session, desk.viewer, wanted, COUNTED)
    bar = bar_of(desk, _shape(desk), _asked(wanted), total)
    return page(
        desk.request,
        "papers/incoming.html",
        lines=lines,
        addable={one.clue.no for one in lines if may_add(desk.actor, one.clue)},
        bar=bar,
        older=bar.turned("before", older),
        newer=bar.address if wanted.before else "",
        scope=scope(desk),
    )


@router.get("/incoming.xlsx")
def take(desk: AtDesk, wanted: Wanted) -> Response:
    """The same register as a file."""
    return excel_file(desk, incoming_sheet(desk.session, desk.viewer, wanted))


def _shape(desk: Desk) -> ListShape:
    sees_all = desk.viewer.watched is None
    return ListShape(
        path="/incoming",
        narrowings=(
            Narrowing("text", "字词", hint="来文名称、文号、单位、当事人、线索编号、登记人"),
            *((choose_department(desk, "收文机关", "organ"),) if sees_all else ()),
            *days("登记日期"),
            order({"": "最近登记的在前", OLDEST: "最早登记的在前"}),
        ),
        file="/incoming.xlsx",
        unit="件",
    )


def _asked(wanted: WantedPapers) -> dict[str, str]:
    return {
        "text": wanted.text,
        "organ": wanted.organ,
        "since": wanted.since.isoformat() if wanted.since else "",
        "until": wanted.until.isoformat() if wanted.until else "",
        "sort": wanted.sort,
    }
