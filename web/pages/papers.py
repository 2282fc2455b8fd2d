"""One issued document: read on the page, or taken as the file it is."""

from fastapi import APIRouter
from sqlmodel import col, select
from starlette.responses import Response

from documents.glance import Line, glance
from domain.tables.process import Clue
from domain.tables.record import IssuedDocument
from flows.visible import NotForYou, sight, visible
from web.deps import AtDesk, Desk
from web.downloads import WORD, attachment
from web.render import page

router = APIRouter()


@router.get("/documents/{document_id}/view")
def read(desk: AtDesk, document_id: int) -> Response:
    """The document's text."""
    document, clue = seen_document(desk, document_id)
    blocks = glance(desk.office.shelf.get(document.sha256))
    lines = [(isinstance(one, Line), one) for one in blocks]
    return page(desk.request, "paper.html", document=document, clue=clue, blocks=lines)


@router.get("/documents/{document_id}/file")
def take(desk: AtDesk, document_id: int) -> Response:
    """The document's bytes as they were issued."""
    document, clue = seen_document(desk, document_id)
    name = f"{clue.no} {document.title} {document.number or ''}".strip() + ".docx"
    return attachment(desk.office.shelf.get(document.sha256), name, WORD)


def seen_document(desk: Desk, document_id: int) -> tuple[IssuedDocument, Clue]:
    """A document of a clue that the person may see, of a process that is shown to him."""
    query = (
        select(IssuedDocument, Clue)
        .join(Clue, col(Clue.id) == col(IssuedDocument.clue_id))
        .where(col(IssuedDocument.id) == document_id, visible(desk.office, desk.actor))
    )
    found = desk.session.exec(query).one_or_none()
    if found is None or not sight(desk.office, desk.actor).shows(found[0].process_kind):
        raise NotForYou("没有这份文书，或者您无权查看")
    return found
