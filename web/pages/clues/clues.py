"""Lists of clues: filters, filters kept under a name, words."""

from contextlib import suppress
from typing import Annotated
from unicodedata import normalize
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import RedirectResponse
from sqlalchemy import ColumnElement
from sqlmodel import col, select
from starlette.responses import Response

from domain.tables.session import SavedFilter
from flows.door.page_paths import path_of
from flows.door.visible_undertakings import seen_undertaking
from flows.lists.light_filter import LIGHTS
from flows.lists.list_queries import OTHERS, Wanted
from flows.lists.worklist import count_of, read_page
from flows.people.visible_clues import NotForYou, seen_clue
from flows.site.store import transaction
from web.forms.choices import by_group, departments
from web.request.desk import AtDesk, Desk
from web.request.menu import Entry
from web.request.render import page
from web.views.clue_rows import bulk_for, rows_of

router = APIRouter()
MENU = (Entry("线索", "/clues", order=10),)
VIEWS = {"open": "在办", "ended": "已结束"}
SHORT = Query(max_length=100)
MOST_SAVED = 20


def wanted_of(
    view: str = "open",
    q: Annotated[str, SHORT] = "",
    state: Annotated[str, SHORT] = "",
    department: Annotated[str, SHORT] = "",
    channel: Annotated[str, SHORT] = "",
    matter: Annotated[str, SHORT] = "",
    light: Annotated[str, SHORT] = "",
    alike: Annotated[str, SHORT] = "",
    waits: Annotated[str, SHORT] = "",
    after: Annotated[str, SHORT] = "",
) -> Wanted:
    """What the address of a list asks for."""
    return Wanted(
        view=view if view in VIEWS else "open",
        state=state,
        department=department,
        channel=channel,
        matter=matter,
        light=light,
        alike="yes" if alike == "yes" else "",
        waits=OTHERS if waits == OTHERS else "",
        text=q,
        after=after,
    )


WantedList = Annotated[Wanted, Depends(wanted_of)]


def _path_of_number(desk: Desk, text: str) -> str:
    """The page of what bears exactly the number that was looked for."""
    number = normalize("NFKC", text).strip().upper()
    for find in (seen_clue, seen_undertaking):
        with suppress(NotForYou):
            return path_of(find(desk.session, desk.office, desk.actor, number))
    return ""


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
    if wanted.text and (path := _path_of_number(desk, wanted.text)):
        return RedirectResponse(path, 303)
    found = read_page(desk.session, desk.viewer, wanted)
    elsewhere = _elsewhere(desk, wanted)
    if elsewhere and not found.lines and wanted == Wanted(text=wanted.text):
        return RedirectResponse(f"/clues?{_query(elsewhere)}", 303)
    rules = desk.office.rules
    return page(
        desk.request,
        "clues/clues.html",
        wanted=wanted,
        lines=rows_of(desk, found.lines),
        older=f"/clues?{_query(wanted, after=found.older)}" if found.older else "",
        newer=f"/clues?{_query(wanted)}" if wanted.after else "",
        tabs=[(label, f"/clues?view={key}", key == wanted.view) for key, label in VIEWS.items()],
        heading="您能看到的线索，最先到期的在最前" if wanted.view == "open" else "最近登记的在最前",
        caption=VIEWS[wanted.view] + "线索",
        states={
            key: one
            for key, one in rules.lifecycles["clue"].states.items()
            if one.ended == (wanted.view == "ended")
        },
        departments=by_group(departments(rules, desk.actor.department)),
        channels=rules.lifecycles["clue"].actions["register"].form["channel"].options,
        lights=LIGHTS,
        total=count_of(desk.session, desk.viewer, wanted) if wanted.view == "open" else None,
        is_narrowed=_query(wanted) != _query(Wanted(view=wanted.view)),
        query=_query(wanted),
        elsewhere=(VIEWS[elsewhere.view], _query(elsewhere)) if elsewhere else None,
        saved=_saved(desk),
        bulk=bulk_for(desk.actor) if wanted.view == "open" else [],
    )


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


def _query(wanted: Wanted, after: str = "") -> str:
    told = {
        "view": wanted.view,
        "q": wanted.text,
        "state": wanted.state,
        "department": wanted.department,
        "channel": wanted.channel,
        "matter": wanted.matter,
        "light": wanted.light,
        "alike": wanted.alike,
        "waits": wanted.waits,
        "after": after,
    }
    return urlencode({key: value for key, value in told.items() if value})
