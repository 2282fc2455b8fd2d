"""Documents whose facts changed since, and the correction of a document: void, or issued anew."""

from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from domain.lifecycle.plan import Reason, Refused
from domain.tables.process import Clue
from flows.papers.correction_rights import LONGEST_REASON, Correction
from flows.papers.corrections import NOT_OF_A_CLUE, reissue, void
from flows.papers.document_list import find_readable, lines_of_rows
from flows.papers.stale_documents import Wish, stale_documents, stale_of, stale_papers_sheet
from flows.people.visible_clues import NotForYou
from web.forms.document_filters import Asked, stale_bar
from web.request.desk import AtDesk, Desk, needs
from web.request.fact_words import fact
from web.request.menu import Entry
from web.request.render import page
from web.views.supervisor_view import excel_file, scope

router = APIRouter()
READERS = frozenset(
    {"legal_reviewer", "department_head", "principal", "handler", "supervisor", "auditor"}
)
MENU = (
    Entry("事实有变动的文书", "/documents/stale", "法制", frozenset({"legal_reviewer"}), order=20),
)
Why = Annotated[str, Form(max_length=2000)]


@router.get("/documents/stale", dependencies=[Depends(needs(*sorted(READERS)))])
def show(
    desk: AtDesk, asked: Asked, archived: Annotated[str, Query(max_length=3)] = ""
) -> Response:
    """A portion of the clues looked through, and what was found in them."""
    with_archived = archived == "yes"
    found = stale_documents(desk.session, desk.viewer, asked.wanted, archived=with_archived)
    kept = {"archived": "yes"} if with_archived else {}
    query = asked.address(state="", **kept)
    older = asked.address(state="", after=found.older, **kept)
    return page(
        desk.request,
        "papers/stale_papers.html",
        200,
        found=found,
        asked=asked,
        archived=with_archived,
        bar=stale_bar(desk, asked, archived=with_archived),
        older=f"/documents/stale?{older}" if found.older else "",
        newer=f"/documents/stale?{query}" if asked.wanted.after else "",
        scope=scope(desk),
    )


@router.get("/documents/stale.xlsx", dependencies=[Depends(needs(*sorted(READERS)))])
def take(
    desk: AtDesk, asked: Asked, archived: Annotated[str, Query(max_length=3)] = ""
) -> Response:
    """What is found in the newest clues as a file, page after page."""
    wish = Wish(replace(asked.wanted, after=""), archived == "yes")
    return excel_file(desk, stale_papers_sheet(desk.session, desk.viewer, wish, fact))


@router.get("/documents/{document_id}/correct")
def ask(desk: AtDesk, document_id: int) -> Response:
    """What of the document changed, and the form that voids it or issues it anew."""
    return _ask(desk, document_id)


@router.post("/documents/{document_id}/void")
def void_it(desk: AtDesk, document_id: int, reason: Why = "") -> Response:
    """The document is void, or the form again with every reason against it."""
    find_readable(desk.session, desk.viewer, document_id)
    try:
        void(desk.office, document_id, Correction(desk.actor, desk.now, reason))
    except Refused as refused:
        return _ask(desk, document_id, reason, refused.reasons)
    return RedirectResponse(f"/documents/{document_id}/view", 303)


@router.post("/documents/{document_id}/reissue")
def reissue_it(desk: AtDesk, document_id: int, reason: Why = "") -> Response:
    """The document issued anew from the facts of now, or the form again with every reason."""
    find_readable(desk.session, desk.viewer, document_id)
    try:
        fresh = reissue(desk.office, document_id, Correction(desk.actor, desk.now, reason))
    except Refused as refused:
        return _ask(desk, document_id, reason, refused.reasons)
    return RedirectResponse(f"/documents/{fresh.id}/view", 303)


def _ask(
    desk: Desk, document_id: int, reason: str = "", refused: tuple[Reason, ...] = ()
) -> Response:
    document, clue = find_readable(desk.session, desk.viewer, document_id)
    if not isinstance(clue, Clue):
        raise NotForYou(NOT_OF_A_CLUE)
    [line] = lines_of_rows(desk.session, desk.viewer, [(document, clue)])
    return page(
        desk.request,
        "papers/correct.html",
        422 if refused else 200,
        document=document,
        clue=clue,
        line=line,
        stale=stale_of(desk.session, desk.viewer, document, clue),
        reason=reason,
        refused=refused,
        longest=LONGEST_REASON,
    )
