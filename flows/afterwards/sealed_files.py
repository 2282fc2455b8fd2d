"""The files that bear an e-seal, beside the documents that they show."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from domain.tables.record import IssuedDocument
from domain.tables.seal import DocumentSeal


@dataclass(frozen=True)
class SealedFile:
    """The sealed file of a document: where it lies, its form (pdf, ofd or docx)."""

    sha256: str
    form: str


Seals = Mapping[int, SealedFile]
"""The sealed files there are, by document."""


def seals_of(session: Session, papers: Iterable[IssuedDocument]) -> dict[int, SealedFile]:
    """The sealed files there are of some documents; those that wait for their seal have none."""
    query = select(DocumentSeal).where(
        col(DocumentSeal.document_id).in_([one.id for one in papers]),
        col(DocumentSeal.sha256) != "",
    )
    return {one.document_id: SealedFile(one.sha256, one.form) for one in session.exec(query)}
