"""查找: one box for numbers, clues, papers, circulars and people."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import RedirectResponse
from starlette.responses import Response

from flows.papers.document_list import WantedDocuments, list_documents
from flows.workbench.findings import SHOWN, find
from web.request.desk import AtDesk
from web.request.render import page
from web.views.clue_rows import rows_of
from web.views.exact_number import path_of_number
from web.views.list_address import query_of

router = APIRouter()


@router.get("/find")
def search(
    desk: AtDesk, q: Annotated[str, Query(max_length=100)] = "", inside: str = ""
) -> Response:
    """What fits the words; what bears exactly the number at once."""
    if q.strip() and (path := path_of_number(desk, q)):
        return RedirectResponse(path, 303)
    found = find(desk.session, desk.viewer, q, inside=inside == "yes")
    numbered = WantedDocuments(number=q)
    papers = list_documents(desk.session, desk.viewer, numbered).lines[:SHOWN] if q.strip() else ()
    return page(
        desk.request,
        "clues/find.html",
        q=q,
        inside=inside == "yes",
        found=found,
        papers=papers,
        clues=[(one, rows_of(desk, one.lines), query_of(one.wanted)) for one in found.clues],
    )
