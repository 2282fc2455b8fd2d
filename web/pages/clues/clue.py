"""The page of one clue: what it is, until when, what may be done, what was done."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from flows.door.page_paths import path_of
from flows.door.reporter_reveal import NotRevealed, reveal
from flows.people.visible_clues import NotForYou, seen_clue
from web.request.desk import AtDesk
from web.request.render import page
from web.views.clocks_told import clock_days
from web.views.clue_view import view_clue
from web.views.form_finding import seen_root

router = APIRouter()


@router.get("/clues/{number}")
def show(desk: AtDesk, number: str, done: str = "") -> Response:
    """The clue for who may see it."""
    clue = seen_clue(desk.session, desk.office, desk.actor, number)
    view = view_clue(desk, clue, done)
    return page(desk.request, "clues/clue.html", view=view, clue=clue, revealed=None, complaint="")


@router.get("/clues/{number}/clocks/{clock_id}")
@router.get("/undertakings/{number}/clocks/{clock_id}")
def explain(desk: AtDesk, number: str, clock_id: int) -> Response:
    """A time limit told day by day."""
    root = seen_root(desk, number)
    told = clock_days(desk, root, clock_id)
    if told is None:
        raise NotForYou("没有这个时限，或者您无权查看")
    return page(desk.request, "request/clock.html", root=root, back=path_of(root), told=told)


@router.get("/clues/{number}/reveal")
def back_to_clue(desk: AtDesk, number: str) -> Response:
    """A page that was shown once is not shown again: back to the clue."""
    clue = seen_clue(desk.session, desk.office, desk.actor, number)
    return RedirectResponse(f"/clues/{clue.no}", 303)


@router.post("/clues/{number}/reveal")
def look_at_reporter(
    desk: AtDesk, number: str, reason: Annotated[str, Form(max_length=600)] = ""
) -> Response:
    """The reporter in clear, once, with the event on record."""
    clue = seen_clue(desk.session, desk.office, desk.actor, number)
    revealed, complaint, status = None, "", 200
    try:
        revealed = reveal(desk.office, clue.id or 0, desk.actor, reason, desk.now)
    except NotRevealed as problem:
        complaint, status = str(problem), 422
    view = view_clue(desk, clue)
    return page(
        desk.request,
        "clues/clue.html",
        status,
        view=view,
        clue=clue,
        revealed=revealed,
        complaint=complaint,
    )
