"""验证器: one's own second factor, enrolled by a code in a picture; recovery codes shown once."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from domain.tables.session import SecondFactor
from flows.people.own_second_factor import (
    AtBrowser,
    NotEnrolled,
    codes_left,
    enrol,
    give_up,
    offer,
    offered_again,
    renew_codes,
)
from flows.people.second_factor import must_have
from web.request.desk import COOKIE, SECOND, AtDesk, Desk
from web.request.render import page

router = APIRouter()
SAID = {"ended": "验证器已停用。"}
Code = Annotated[str, Form(max_length=40)]


@router.get("/account/second")
def show(desk: AtDesk, said: str = "") -> Response:
    """What there is, or the picture to enrol a telephone with."""
    return _page(desk, said=SAID.get(said, ""))


@router.post("/account/second")
def begin(
    desk: AtDesk, code: Code = "", sealed: Annotated[str, Form(max_length=1000)] = ""
) -> Response:
    """The telephone is enrolled by its first code; recovery codes are shown this once."""
    try:
        codes = enrol(_who(desk), sealed, code)
    except NotEnrolled as problem:
        return _page(desk, 422, complaint=str(problem), sealed=sealed)
    return _codes(desk, codes)


@router.post("/account/second/codes")
def renew(desk: AtDesk, code: Code = "") -> Response:
    """New recovery codes, shown this once."""
    try:
        codes = renew_codes(_who(desk), code)
    except NotEnrolled as problem:
        return _page(desk, 422, complaint=str(problem))
    return _codes(desk, codes)


@router.post("/account/second/end")
def end(desk: AtDesk, code: Code = "") -> Response:
    """The second factor ends, to enrol another telephone."""
    try:
        give_up(_who(desk), code)
    except NotEnrolled as problem:
        return _page(desk, 422, complaint=str(problem))
    return RedirectResponse(f"{SECOND}?said=ended", 303)


def _who(desk: Desk) -> AtBrowser:
    return AtBrowser(desk.office, desk.actor, desk.now, desk.request.cookies.get(COOKIE, ""))


def _codes(desk: Desk, codes: tuple[str, ...]) -> Response:
    return page(desk.request, "own/recovery_codes.html", codes=codes)


def _page(
    desk: Desk, status: int = 200, *, complaint: str = "", said: str = "", sealed: str = ""
) -> Response:
    kept = desk.session.get(SecondFactor, desk.actor.id)
    made = None
    if kept is None:
        try:
            made = offered_again(desk.office, desk.actor, sealed, desk.now)
        except NotEnrolled:
            made = offer(desk.office, desk.actor, desk.now)
    return page(
        desk.request,
        "own/second_factor.html",
        status,
        since=kept.since if kept else None,
        offer=made,
        left=codes_left(desk.session, desk.actor.id),
        must=must_have(desk.office.settings, desk.actor.roles),
        complaint=complaint,
        said=said,
    )
