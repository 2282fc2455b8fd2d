"""三类预警: 有案不移, 有案难移, 以罚代刑, with the cases behind each number."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query
from starlette.responses import Response

from flows.people.visible_clues import NotForYou
from flows.watch.board_export import warnings_sheet
from flows.watch.crime_warnings import BY_ID, KINDS, Warnings
from web.request.desk import AtDesk, Desk, needs
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import WATCHERS, excel_file, scope

router = APIRouter(dependencies=[Depends(needs(*sorted(WATCHERS)))])
MENU = (Entry("三类预警", "/warnings", "督办", WATCHERS, order=30),)
PAGE = 30
Number = Annotated[int, Query(ge=1, le=1000)]


@router.get("/warnings")
def show(desk: AtDesk) -> Response:
    """The three numbers, and the cases behind the first that has any."""
    return _show(desk, "", 1)


@router.get("/warnings/{kind}.xlsx")
def take(desk: AtDesk, kind: str) -> Response:
    """The cases behind a warning as a file."""
    return excel_file(desk, warnings_sheet(desk.session, desk.viewer, _known(kind)))


@router.get("/warnings/{kind}")
def show_kind(desk: AtDesk, kind: str, number: Number = 1) -> Response:
    """The three numbers, and the cases behind one of them."""
    return _show(desk, _known(kind), number)


def _known(kind: str) -> str:
    if kind not in BY_ID:
        raise NotForYou("没有这类预警")
    return kind


def _show(desk: Desk, kind: str, number: int) -> Response:
    found = Warnings(desk.session, desk.viewer)
    shown = kind or next((one.id for one in KINDS if found.count(one.id)), KINDS[0].id)
    count, start = found.count(shown), (number - 1) * PAGE
    base = f"/warnings/{shown}?number="
    return page(
        desk.request,
        "watch/crime_warnings.html",
        kinds=[(one, found.count(one.id)) for one in KINDS],
        shown=BY_ID[shown],
        articles=[desk.office.rules.cite(one) for one in BY_ID[shown].basis],
        rows=found.of(shown, start, PAGE),
        count=count,
        older=f"{base}{number + 1}" if count > start + PAGE else "",
        newer=f"{base}{number - 1}" if number > 1 else "",
        scope=scope(desk),
    )
