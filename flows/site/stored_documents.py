"""What is known of stored files: whether a document's row fits its code, and how many pages."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from documents.facts.codes import Identity, derive_code
from domain.tables.attachment import PageCount
from domain.tables.record import IssuedDocument
from flows.site.office import Office


def fits_its_code(office: Office, row: IssuedDocument) -> bool:
    """Whether number, organ, moment and facts are those that the document's code was made of."""
    identity = Identity(
        organ=row.organ,
        kind=row.kind,
        number=row.number,
        issued_at=row.issued_at,
        clue_id=row.clue_id,
        process=f"{row.process_kind}-{row.process_id}",
        template_sha256=row.template_sha256,
        facts=row.facts,
    )
    return not row.code or row.code == derive_code(identity, office.keys.verify)


def note_pages(session: Session, sha256: str, pages: int) -> None:
    """Notes the pages of a file; a later count replaces an earlier one."""
    session.merge(PageCount(sha256=sha256, pages=pages))


def pages_of(session: Session, files: Iterable[str]) -> dict[str, int]:
    """The pages of those of the files that were counted, by SHA-256."""
    query = select(PageCount).where(col(PageCount.sha256).in_(sorted(set(files))))
    return {one.sha256: one.pages for one in session.exec(query)}
