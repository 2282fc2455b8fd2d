"""Issued documents: which there are, and their bytes as they were issued."""

from typing import Annotated

from fastapi import APIRouter, Header, Path
from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, select
from starlette.responses import Response

from domain.tables.process import Clue
from domain.tables.record import IssuedDocument
from flows.door.reporter_reveal import paper_bytes
from flows.papers.seals import seal_of, sealed_files
from flows.people.visible_clues import NotForYou, seen_clue
from flows.people.visible_papers import readable_papers
from flows.site.office import Office
from web.api.caller import Caller, Taker
from web.api.clues import Number
from web.api.models import PapersTold, PaperTold
from web.api.says import says
from web.request.downloads import FORMS, WORD, attachment

router = APIRouter(tags=["文书"])
LONGEST_ID = 15
Named = Annotated[
    str, Path(description="编号或者文号", max_length=100, pattern=r"^[^\x00-\x1f/]+$")
]
FILE_SCHEMA = {"schema": {"type": "string", "format": "binary"}}
FILE = {
    200: {
        "description": "DOCX 文件",
        "content": {WORD: FILE_SCHEMA},
        "headers": {"ETag": {"description": "文件的 SHA-256", "schema": {"type": "string"}}},
    },
    304: {"description": "与 If-None-Match 相同，没有变化"},
}
SEALED_FILE = {
    200: {
        "description": "加盖电子印章的文件",
        "content": dict.fromkeys(FORMS.values(), FILE_SCHEMA),
        "headers": {"ETag": {"description": "文件的 SHA-256", "schema": {"type": "string"}}},
    },
}


@router.get(
    "/clues/{number}/documents",
    summary="线索的文书",
    description="已制发的文书，先制发的在前；已作废的一并列出。用途：documents。",
    responses=says(401, 403, 404, 422, 429),
)
def list_documents(caller: Taker, number: Number) -> PapersTold:
    """The documents of a clue that the token's person may see."""
    clue = seen_clue(caller.session, caller.office, caller.actor, number)
    query = (
        select(IssuedDocument)
        .join(Clue, col(Clue.id) == col(IssuedDocument.clue_id))
        .where(col(Clue.id) == clue.id, readable_papers(caller.office, caller.actor))
    )
    found = list(caller.session.exec(query.order_by(col(IssuedDocument.id))))
    sealed = sealed_files(caller.session, [one.id or 0 for one in found])
    return PapersTold(
        clue=clue.no,
        items=[document_summary(caller.office, one, sealed.get(one.id or 0)) for one in found],
    )


@router.get(
    "/documents/{document}",
    response_class=Response,
    summary="下载文书",
    description="按编号或者文号取文书的 DOCX 文件，与制发时一字不差；ETag 即文件的 SHA-256。"
    "用途：documents。",
    responses={**FILE, **says(401, 403, 404, 422, 429)},  # type: ignore[dict-item]
)
def take_document(
    caller: Taker,
    document: Named,
    known: Annotated[str, Header(alias="If-None-Match", max_length=1000)] = "",
) -> Response:
    """The bytes as they were issued."""
    found, clue = _seen_document(caller.session, caller, document)
    etag = f'"{found.sha256}"'
    if known.strip() == "*" or etag in known:
        return Response(status_code=304, headers={"ETag": etag})
    name = f"{clue.no} {found.title} {found.number or ''}".strip() + ".docx"
    answer = attachment(paper_bytes(caller.office, found, caller.actor, caller.now), name, WORD)
    answer.headers["ETag"] = etag
    return answer


@router.get(
    "/documents/{document}/sealed",
    response_class=Response,
    summary="下载盖章文件",
    description="按编号或者文号取加盖电子印章的文件（PDF、OFD 或者 DOCX），印章服务退回的原样；"
    "ETag 即文件的 SHA-256。没有加盖的答404。用途：documents。",
    responses={**SEALED_FILE, **says(401, 403, 404, 422, 429)},  # type: ignore[dict-item]
)
def take_sealed(caller: Taker, document: Named) -> Response:
    """The bytes as the seal service gave them back."""
    found, clue = _seen_document(caller.session, caller, document)
    row = seal_of(caller.session, found)
    if row is None or row.sealed_at is None:
        raise NotForYou("这份文书没有加盖电子印章的文件")
    name = f"{clue.no} {found.title} {found.number or ''} 已盖章.{row.form}"
    answer = attachment(caller.office.shelf.get(row.sha256), name, FORMS[row.form])
    answer.headers["ETag"] = f'"{row.sha256}"'
    return answer


def document_summary(office: Office, one: IssuedDocument, sealed: str | None = None) -> PaperTold:
    """A document as lists tell of it; `sealed`: the check value of its sealed file, if any."""
    organ = office.rules.departments.get(one.organ)
    return PaperTold(
        id=one.id or 0,
        kind=one.kind,
        title=one.title,
        number=one.number,
        issued_at=one.issued_at,
        issuer=organ.name if organ else one.organ,
        voided=one.voided_at is not None,
        sha256=one.sha256,
        url=f"/api/v1/documents/{one.id}",
        sealed_sha256=sealed,
        sealed_url=f"/api/v1/documents/{one.id}/sealed" if sealed else None,
    )


def _seen_document(session: Session, caller: Caller, named: str) -> tuple[IssuedDocument, Clue]:
    query = (
        select(IssuedDocument, Clue)
        .join(Clue, col(Clue.id) == col(IssuedDocument.clue_id))
        .where(_is_named(named), readable_papers(caller.office, caller.actor))
        .order_by(col(IssuedDocument.voided_at).is_not(None), col(IssuedDocument.id).desc())
    )
    found = session.exec(query.limit(1)).first()
    if found is None:
        raise NotForYou("没有这份文书，或者您无权查看")
    return found


def _is_named(named: str) -> ColumnElement[bool]:
    by_id = named.isascii() and named.isdecimal() and len(named) <= LONGEST_ID
    return (
        col(IssuedDocument.id) == int(named) if by_id else or_(col(IssuedDocument.number) == named)
    )
