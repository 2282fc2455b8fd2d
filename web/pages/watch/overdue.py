"""逾期清单: who is late since when, what he was sent, and the order one click away."""

from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends, Query
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from domain.limits.board_stages import STAGES
from flows.watch.board_details import LATEST, Narrow
from flows.watch.board_export import overdue_sheet
from flows.watch.overdue_limits import overdue_counted
from flows.watch.supervision_form import supervision_form
from web.forms.browser_form import PREFIX
from web.forms.list_bar import (
    COUNTED,
    ListBar,
    ListShape,
    Narrowing,
    bar_of,
    choose,
    choose_department,
)
from web.forms.list_bar import order as in_order
from web.request.desk import AtDesk, Desk, needs
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import WATCHERS, excel_file, scope

router = APIRouter(dependencies=[Depends(needs(*sorted(WATCHERS)))])
MENU = (Entry("逾期清单", "/overdue", "督办", WATCHERS, order=10),)
Text = Annotated[str, Query(max_length=100)]
ORDERS = {"": "逾期最久的在前", LATEST: "最近逾期的在前"}


def narrow_of(
    department: Text = "", stage: Text = "", after: Text = "", q: Text = "", sort: Text = ""
) -> Narrow:
    """What the address asks for."""
    return Narrow(department=department, stage=stage, after=after, text=q, sort=sort)


Wanted = Annotated[Narrow, Depends(narrow_of)]


@router.get("/overdue")
def show(desk: AtDesk, narrow: Wanted) -> Response:
    """The overdue limits, those late for longest on top unless asked otherwise."""
    found, total = overdue_counted(desk.session, desk.viewer, narrow, COUNTED)
    bar = _bar(desk, narrow, total)
    return page(
        desk.request,
        "watch/overdue.html",
        lines=found.lines,
        bar=bar,
        older=bar.turned("after", quote(found.older)),
        newer=bar.address if narrow.after else "",
        scope=scope(desk),
    )


@router.get("/overdue.xlsx")
def take(desk: AtDesk, narrow: Wanted) -> Response:
    """The overdue limits as a file."""
    return excel_file(desk, overdue_sheet(desk.session, desk.viewer, narrow))


@router.get("/overdue/{clock_id}/order", dependencies=[Depends(needs("supervisor"))])
def order(desk: AtDesk, clock_id: int) -> Response:
    """To the form of the order, filled in with all that the department is late with."""
    found = supervision_form(desk.session, desk.viewer, clock_id)
    place = f"/{found.process}" if found.process else ""
    filled = urlencode({PREFIX + name: value for name, value in found.form.items()})
    return RedirectResponse(f"/clues/{found.clue_no}/do/supervision/order{place}?{filled}", 303)


def _bar(desk: Desk, narrow: Narrow, total: int) -> ListBar:
    sees_all = desk.viewer.watched is None
    shape = ListShape(
        path="/overdue",
        narrowings=(
            Narrowing("q", "字词", hint="编号、标题、当事人"),
            *((choose_department(desk, "责任单位"),) if sees_all else ()),
            choose("stage", "环节", {one.id: one.label for one in STAGES}),
            in_order(ORDERS),
        ),
        file="/overdue.xlsx",
        unit="项",
    )
    asked = {"q": narrow.text, "department": narrow.department, "stage": narrow.stage}
    asked["sort"] = narrow.sort
    return bar_of(desk, shape, asked, total)
