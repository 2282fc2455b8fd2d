"""红黄绿灯: running limits by department and stage, open clues by age, and what is behind each."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from domain.limits.board_stages import STAGES
from flows.watch.board import COLOURS, age_labels, ages, board
from flows.watch.board_details import Narrow, open_clues_by_age, running_limits
from flows.watch.board_export import aged_clues_sheet, ages_sheet, board_sheet, limits_sheet
from web.request.desk import AtDesk, needs
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import WATCHERS, excel_file, scope
from web.views.supervisor_words import LIGHTS, filter_query, stage_label

router = APIRouter(dependencies=[Depends(needs(*sorted(WATCHERS)))])
MENU = (Entry("红黄绿灯", "/board", "督办", WATCHERS, order=0),)
SHORT = Query(max_length=100)
Text = Annotated[str, SHORT]
Group = Annotated[int, Query(ge=-1, lt=len(age_labels()))]


def narrow_of(
    department: Text = "", stage: Text = "", light: Text = "", after: Text = ""
) -> Narrow:
    """What the address of a list of limits asks for."""
    return Narrow(department, stage, light if light in COLOURS else "", after)


Wanted = Annotated[Narrow, Depends(narrow_of)]


@router.get("/board")
def show_board(desk: AtDesk) -> Response:
    """Every department by stage and light."""
    found = board(desk.session, desk.viewer)
    return page(desk.request, "watch/board.html", board=found, lights=LIGHTS, scope=scope(desk))


@router.get("/board.xlsx")
def take_board(desk: AtDesk) -> Response:
    """The board as a file."""
    return excel_file(desk, board_sheet(desk.session, desk.viewer))


@router.get("/board/limits")
def show_limits(desk: AtDesk, narrow: Wanted) -> Response:
    """The limits behind a figure of the board."""
    found = running_limits(desk.session, desk.viewer, narrow)
    query = filter_query(narrow)
    return page(
        desk.request,
        "watch/limits.html",
        lines=found.lines,
        narrow=narrow,
        query=query,
        older=f"/board/limits?{filter_query(narrow, after=found.older)}" if found.older else "",
        newer=f"/board/limits?{query}" if narrow.after else "",
        lights=LIGHTS,
        stages=STAGES,
        stage=stage_label(narrow.stage),
    )


@router.get("/board/limits.xlsx")
def take_limits(desk: AtDesk, narrow: Wanted) -> Response:
    """The limits behind a figure as a file."""
    return excel_file(desk, limits_sheet(desk.session, desk.viewer, narrow))


@router.get("/board/ages")
def show_ages(desk: AtDesk) -> Response:
    """Open clues by department and age."""
    rows = ages(desk.session, desk.viewer)
    sums = [sum(one.counts[place] for one in rows) for place in range(len(age_labels()))]
    return page(
        desk.request,
        "watch/ages.html",
        rows=rows,
        labels=age_labels(),
        sums=sums,
        scope=scope(desk),
    )


@router.get("/board/ages.xlsx")
def take_ages(desk: AtDesk) -> Response:
    """The ages as a file."""
    return excel_file(desk, ages_sheet(desk.session, desk.viewer))


@router.get("/board/ages/clues")
def show_aged(desk: AtDesk, department: Text = "", group: Group = -1, after: Text = "") -> Response:
    """The open clues of an age group, the oldest on top."""
    wanted = group if group >= 0 else None
    found = open_clues_by_age(desk.session, desk.viewer, (department, wanted), after)
    query = urlencode({"department": department, "group": group})
    base = f"/board/ages/clues?{query}"
    known = desk.office.rules.departments
    return page(
        desk.request,
        "watch/aged.html",
        clues=found.clues,
        group=age_labels()[group] if group >= 0 else "",
        department=known[department].name if department in known else "",
        query=query,
        older=f"{base}&{urlencode({'after': found.older})}" if found.older else "",
        newer=base if after else "",
    )


@router.get("/board/ages/clues.xlsx")
def take_aged(desk: AtDesk, department: Text = "", group: Group = -1) -> Response:
    """The open clues of an age group as a file."""
    wanted = group if group >= 0 else None
    return excel_file(desk, aged_clues_sheet(desk.session, desk.viewer, department, wanted))
