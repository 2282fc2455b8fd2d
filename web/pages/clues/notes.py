"""留言: what colleagues write to each other about a clue."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from flows.papers.clue_notes import NotNoted, add_note, notes_of, take_up
from flows.people.visible_clues import seen_clue
from flows.workbench.phrases import phrases_of
from web.request.desk import AtDesk, Desk
from web.request.render import page

router = APIRouter()


@router.get("/clues/{number}/notes")
def show(desk: AtDesk, number: str) -> Response:
    """The notes that the person's department wrote or was called in."""
    return _show(desk, number)


@router.post("/clues/{number}/notes")
def write(desk: AtDesk, number: str, text: Annotated[str, Form(max_length=4000)] = "") -> Response:
    """A note more, or the page again with what was written and why it was not kept."""
    clue = seen_clue(desk.session, desk.office, desk.actor, number)
    try:
        add_note(desk.viewer, clue, text)
    except NotNoted as problem:
        return _show(desk, number, text, str(problem))
    return RedirectResponse(f"/clues/{clue.no}/notes", 303)


@router.post("/clues/{number}/notes/{note_id:int}/taken")
def take(desk: AtDesk, number: str, note_id: int) -> Response:
    """已采纳: who is called in a note says that he has taken it up."""
    clue = seen_clue(desk.session, desk.office, desk.actor, number)
    take_up(desk.viewer, clue, note_id)
    return RedirectResponse(f"/clues/{clue.no}/notes", 303)


def _show(desk: Desk, number: str, text: str = "", complaint: str = "") -> Response:
    clue = seen_clue(desk.session, desk.office, desk.actor, number)
    return page(
        desk.request,
        "clues/notes.html",
        422 if complaint else 200,
        clue=clue,
        notes=notes_of(desk.session, desk.viewer, clue),
        text=text,
        complaint=complaint,
        phrases=phrases_of(desk.session, desk.viewer),
    )
