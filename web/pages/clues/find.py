"""查找: one box for numbers, clues, parties, papers, undertakings and people."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from flows.papers.document_list import DocumentLine, list_numbered
from flows.papers.incoming_query import KEEPERS
from flows.papers.incoming_register import IncomingLine, list_newest
from flows.workbench.findings import SHOWN, find
from web.request.desk import AtDesk, Desk
from web.request.render import page
from web.views.clue_rows import rows_of
from web.views.exact_number import path_of_number
from web.views.list_address import query_of

router = APIRouter()
PAPERS, ENTRIES = 50_000, 50_000
"""Among so many of the last papers, and entries of the record, words and numbers are looked for."""


@router.get("/find")
def search(
    desk: AtDesk, q: Annotated[str, Query(max_length=100)] = "", inside: str = ""
) -> Response:
    """What fits the words; what bears exactly the number at once."""
    if q.strip() and (path := path_of_number(desk, q)):
        return RedirectResponse(path, 303)
    found = find(desk.session, desk.viewer, q, inside=inside == "yes")
    return page(
        desk.request,
        "clues/find.html",
        q=q,
        inside=inside == "yes",
        found=found,
        papers=_papers(desk, q),
        incoming=_incoming(desk, q),
        clues=[(one, rows_of(desk, one.lines), query_of(one.wanted)) for one in found.clues],
    )


def _papers(desk: Desk, text: str) -> tuple[DocumentLine, ...]:
    """Papers that the organ issued, by a part of their number."""
    if not text.strip():
        return ()
    return list_numbered(desk.session, desk.viewer, text, PAPERS, SHOWN)


def _incoming(desk: Desk, text: str) -> tuple[IncomingLine, ...]:
    """Papers that came in, for who keeps the register of them."""
    if not text.strip() or not desk.actor.roles & KEEPERS:
        return ()
    return list_newest(desk.session, desk.viewer, text, ENTRIES, SHOWN)
