"""Lists of clues: filters, filters kept under a name, words."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse
from sqlalchemy import ColumnElement
from sqlmodel import col, select
from starlette.responses import Response

from domain.tables.session import SavedFilter
from flows.lists.light_filter import LIGHTS
from flows.lists.list_queries import Wanted
from flows.lists.worklist import count_of, read_page
from flows.site.store import transaction
from flows.workbench.clues_sheet import clues_sheet
from web.forms.choices import by_group, departments
from web.request.desk import AtDesk, Desk
from web.request.menu import Entry
from web.request.render import page
from web.views.clue_rows import bulk_for, rows_of
from web.views.exact_number import path_of_number
from web.views.filter_chips import chips_of
from web.views.list_address import ORDERS, VIEWS, WantedList, query_of
from web.views.supervisor_view import excel_file

router = APIRouter()
MENU = (Entry("线索", "/clues", order=10),)
MOST_SAVED = 20


def _elsewhere(desk: Desk, wanted: Wanted) -> Wanted | None:
    """The same words among the ended clues, or the open ones, where the other tab has some."""
    if not wanted.text.strip():
        return None
    view = "open" if wanted.view == "ended" else "ended"
    other = Wanted(view=view, text=wanted.text, channel=wanted.channel, matter=wanted.matter)
    return other if read_page(desk.session, desk.viewer, other, 1).lines else None


@router.get("/clues")
def clues(desk: AtDesk, wanted: WantedList) -> Response:
    """A page of the list that is wanted."""
    if wanted.text and (path := path_of_number(desk, wanted.text)):
        return RedirectResponse(path, 303)
    found = read_page(desk.session, desk.viewer, wanted)
    elsewhere = _elsewhere(desk, wanted)
    if elsewhere and not found.lines and wanted == Wanted(text=wanted.text):
        return RedirectResponse(f"/clues?{query_of(elsewhere)}", 303)
    rules = desk.office.rules
    return page(
        desk.request,
        "clues/clues.html",
        wanted=wanted,
        lines=rows_of(desk, found.lines),
        older=f"/clues?{query_of(wanted, after=found.older)}" if found.older else "",
        newer=f"/clues?{query_of(wanted)}" if wanted.after else "",
        tabs=[(label, f"/clues?view={key}", key == wanted.view) for key, label in VIEWS.items()],
        heading=f"您能看到的线索，{ORDERS[wanted.sort]}"
        if wanted.view == "open"
        else "最近登记的在前",
        orders=ORDERS,
        caption=VIEWS[wanted.view] + "线索",
        states={
            key: one
            for key, one in rules.lifecycles["clue"].states.items()
            if one.ended == (wanted.view == "ended")
        },
        departments=by_group(departments(rules, desk.actor.department)),
        channels=rules.lifecycles["clue"].actions["register"].form["channel"].options,
        lights=LIGHTS,
        total=count_of(desk.session, desk.viewer, wanted),
        chips=chips_of(desk, wanted),
        is_narrowed=query_of(wanted) != query_of(Wanted(view=wanted.view)),
        query=query_of(wanted),
        elsewhere=(VIEWS[elsewhere.view], query_of(elsewhere)) if elsewhere else None,
        saved=_saved(desk),
        bulk=bulk_for(desk.actor) if wanted.view == "open" else [],
    )


@router.get("/clues.xlsx")
def take_away(desk: AtDesk, wanted: WantedList) -> Response:
    """What the list holds as an Excel file."""
    return excel_file(desk, clues_sheet(desk.session, desk.viewer, wanted))


@router.post("/filters")
def keep_filter(
    desk: AtDesk,
    name: Annotated[str, Form(min_length=1, max_length=20)],
    query: Annotated[str, Form(max_length=500)] = "",
) -> Response:
    """A list kept under a name; an old one of that name gives way."""
    with transaction(desk.office.engine) as session:
        rows = list(session.exec(select(SavedFilter).where(_mine(desk))))
        same = next((one for one in rows if one.name == name.strip()), None)
        kept = same or SavedFilter(user_id=desk.actor.id, name=name.strip(), query="")
        kept.query = query
        if same or len(rows) < MOST_SAVED:
            session.add(kept)
    return RedirectResponse(f"/clues?{query}", 303)


@router.post("/filters/{filter_id}/delete")
def drop_filter(desk: AtDesk, filter_id: int) -> Response:
    """One's own filter is gone."""
    with transaction(desk.office.engine) as session:
        query = select(SavedFilter).where(_mine(desk), col(SavedFilter.id) == filter_id)
        for one in session.exec(query):
            session.delete(one)
    return RedirectResponse("/clues", 303)


def _mine(desk: Desk) -> ColumnElement[bool]:
    return col(SavedFilter.user_id) == desk.actor.id


def _saved(desk: Desk) -> list[SavedFilter]:
    query = select(SavedFilter).where(_mine(desk)).order_by(col(SavedFilter.name))
    return list(desk.session.exec(query))
