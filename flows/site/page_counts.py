"""How many pages stored files have, by SHA-256: counted from the file, or told by a person."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from domain.tables.attachment import PageCount


def note_pages(session: Session, sha256: str, pages: int) -> None:
    """Notes the pages of a file; a later count replaces an earlier one."""
    session.merge(PageCount(sha256=sha256, pages=pages))


def pages_of(session: Session, files: Iterable[str]) -> dict[str, int]:
    """The pages of those of the files that were counted, by SHA-256."""
    query = select(PageCount).where(col(PageCount.sha256).in_(sorted(set(files))))
    return {one.sha256: one.pages for one in session.exec(query)}
