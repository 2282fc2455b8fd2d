"""督办台账: every order with its numbered document, its own limit, and what became of it."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from domain.lifecycle.plan import Allowed
from domain.tables.record import IssuedDocument
from flows.lists.clue_sheet import clue_sheet
from flows.lists.event_lines import EventLine
from flows.watch.board_export import supervisions_sheet
from flows.watch.supervisions import (
    KIND,
    SupervisionLine,
    Which,
    how_many,
    one_supervision,
    supervisions,
)
from web.forms.list_bar import ListBar, ListShape, Narrowing, bar_of, choose, choose_department
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
    ended: Text = "", state: Text = "", department: Text = "", before: Before = 0, q: Text = ""
) -> Which:
    """What the address asks for."""
    return Which(bool(ended), state, department, before, q)


Wanted = Annotated[Which, Depends(which_of)]


@router.get("/supervision")
def show(desk: AtDesk, which: Wanted) -> Response:
    """The supervisions, the newest on top."""
    found = supervisions(desk.session, desk.viewer, which)
    bar = _bar(desk, which)
    return page(
        desk.request,
        "watch/supervisions.html",
        lines=found.lines,
        which=which,
        bar=bar,
        tabs=[
            (label, f"/supervision?ended={one}", bool(one) == which.ended) for label, one in TABS
        ],
        older=bar.turned("before", found.older),
        newer=bar.address if which.before else "",
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


def _bar(desk: Desk, which: Which) -> ListBar:
    states = desk.office.rules.lifecycles[KIND].states
    shown = {key: one.label for key, one in states.items() if one.ended == which.ended}
    sees_all = desk.viewer.watched is None
    shape = ListShape(
        path="/supervision",
        narrowings=(
            Narrowing("q", "字词", hint="督办函文号，线索编号、标题、当事人"),
            choose("state", "状态", shown),
            *((choose_department(desk, "督办对象"),) if sees_all else ()),
        ),
        file="/supervision.xlsx",
        held={"ended": "yes" if which.ended else ""},
        unit="件",
    )
    asked = {"q": which.text, "state": which.state, "department": which.department}
    return bar_of(desk, shape, asked, how_many(desk.session, desk.viewer, which))
