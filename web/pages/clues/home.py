"""我的待办: what waits for the person who is signed in, what is due first on top."""

from dataclasses import replace
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Query
from starlette.responses import Response

from flows.lists.list_filters import LIGHTS, MINE
from flows.lists.undertaking_list import waiting_undertakings
from flows.people.form_drafts import drafts_of
from flows.workbench.first_page import first_page
from flows.workbench.menu_counts import clues_waiting
from flows.workbench.unreferred_cases import unreferred_cases
from web.request.desk import AtDesk
from web.request.menu import Entry
from web.request.render import page
from web.views.clue_rows import bulk_for, referring_first, rows_of
from web.views.morning import morning, tells_of_others
from web.views.next_item import PERSONAL, waiting_for

router = APIRouter()
MENU = (Entry("我的待办", "/", order=0, count=clues_waiting),)


@router.get("/")
def waiting(
    desk: AtDesk,
    whose: str = MINE,
    light: str = "",
    after: Annotated[str, Query(max_length=80)] = "",
) -> Response:
    """The first page of everybody."""
    wanted = replace(waiting_for(desk, whose, after), light=light if light in LIGHTS else "")
    others = tells_of_others(desk) and not after
    found = first_page(desk.session, desk.viewer, wanted, others=others)
    mine = wanted.whose == MINE
    tabs = [("我承办的和未分派的", "/", mine), ("本部门全部", "/?whose=all", not mine)]
    older = (
        urlencode({"whose": whose, "light": wanted.light, "after": found.page.older})
        if found.page.older
        else ""
    )
    unreferred = unreferred_cases(desk.session, desk.viewer)
    lines = referring_first(rows_of(desk, found.page.lines), unreferred)
    return page(
        desk.request,
        "clues/home.html",
        lines=lines,
        tabs=tabs if desk.actor.roles & PERSONAL else [],
        older=f"/?{older}" if older else "",
        after=after,
        figures=() if after else morning(desk, wanted.whose, found),
        light=LIGHTS.get(wanted.light, ""),
        light_key=wanted.light,
        beside=() if after else waiting_undertakings(desk.session, desk.viewer),
        drafts=() if after else drafts_of(desk.session, desk.actor.id),
        unreferred=() if after else unreferred,
        bulk=bulk_for(desk.actor, lines),
    )
