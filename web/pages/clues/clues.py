"""Lists of clues: those that are wanted, and what is listed as a file."""

from fastapi import APIRouter
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from flows.lists.list_filters import Wanted
from flows.lists.worklist import has_any, read_counted
from flows.workbench.clues_sheet import clues_sheet
from web.request.desk import AtDesk, Desk
from web.request.menu import Entry
from web.request.render import page
from web.views.clue_bar import clues_bar
from web.views.clue_rows import bulk_for, rows_of
from web.views.exact_number import path_of_number
from web.views.list_address import VIEWS, WantedList, query_of
from web.views.supervisor_view import excel_file

router = APIRouter()
MENU = (Entry("线索", "/clues", order=10),)


def _elsewhere(desk: Desk, wanted: Wanted) -> Wanted | None:
    """The same words among the ended clues, or the open ones, where the other tab has some."""
    if not wanted.text.strip():
        return None
    view = "open" if wanted.view == "ended" else "ended"
    other = Wanted(view=view, text=wanted.text, channel=wanted.channel, matter=wanted.matter)
    return other if has_any(desk.session, desk.viewer, other) else None


@router.get("/clues")
def clues(desk: AtDesk, wanted: WantedList) -> Response:
    """A page of the list that is wanted."""
    if wanted.text and (path := path_of_number(desk, wanted.text)):
        return RedirectResponse(path, 303)
    found, total = read_counted(desk.session, desk.viewer, wanted)
    elsewhere = _elsewhere(desk, wanted)
    if elsewhere and not found.lines and wanted == Wanted(text=wanted.text):
        return RedirectResponse(f"/clues?{query_of(elsewhere)}", 303)
    lines = rows_of(desk, found.lines)
    return page(
        desk.request,
        "clues/clues.html",
        wanted=wanted,
        lines=lines,
        older=f"/clues?{query_of(wanted, after=found.older)}" if found.older else "",
        newer=f"/clues?{query_of(wanted)}" if wanted.after else "",
        tabs=[(label, f"/clues?view={key}", key == wanted.view) for key, label in VIEWS.items()],
        bar=clues_bar(desk, wanted, total),
        caption=VIEWS[wanted.view] + "线索",
        elsewhere=(VIEWS[elsewhere.view], query_of(elsewhere)) if elsewhere else None,
        bulk=bulk_for(desk.actor, lines) if wanted.view == "open" else [],
    )


@router.get("/clues.xlsx")
def take_away(desk: AtDesk, wanted: WantedList) -> Response:
    """What the list holds as an Excel file."""
    return excel_file(desk, clues_sheet(desk.session, desk.viewer, wanted))
