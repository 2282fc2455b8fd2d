"""Stored files: bytes in the transaction that names them, page counts, and what fits a code."""

import hashlib
from collections.abc import Callable, Iterable

from sqlalchemy import Connection, Engine, bindparam, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col
from sqlmodel import select as select_rows

from documents.output.as_html import all_words
from documents.output.shelf import DamagedOnShelf, NotOnShelf, Shelf
from documents.templates.package import NotAWordFile
from documents.values.codes import Identity, derive_code
from domain.tables.attachment import DocumentBytes, PageCount, PagesNotCounted
from domain.tables.record import IssuedDocument
from flows.rows.statements import Statement
from flows.site.store import reading, transaction

CARRIED = 50
"""Documents carried to the shelf together: enough to share the syncs of its folders."""
SHA, CONTENT = col(DocumentBytes.sha256), col(DocumentBytes.content)
BYTES, COLUMNS = DocumentBytes.__table__, ("sha256", "content")  # type: ignore[attr-defined]
LAY = {
    "sqlite": Statement(sqlite.insert(BYTES).on_conflict_do_nothing(), *COLUMNS),
    "postgresql": Statement(postgresql.insert(BYTES).on_conflict_do_nothing(), *COLUMNS),
}
FOUND = select(CONTENT).where(bindparam("sha256") == SHA)
HELD = select(SHA).where(bindparam("sha256") == SHA)
BEGINNING = select(SHA).where(bindparam("first") <= SHA, bindparam("last") > SHA)
COUNT = select(func.count()).select_from(DocumentBytes)
OLDEST = select(SHA, CONTENT).order_by(SHA).limit(CARRIED)


def lying_rows(kept: Iterable[tuple[bytes, bytes]]) -> list[dict[str, object]]:
    """Documents as rows to be laid down with their transaction; laid twice they lie there once.

    Each comes as its bytes, and as the shelf shall keep them (`Shelf.closed`).
    """
    return [
        {"sha256": hashlib.sha256(content).hexdigest(), "content": lying} for content, lying in kept
    ]


def words_of(session: Session, shelf: Shelf, document_id: int) -> str | None:
    """What an issued document says, without blanks; None where nothing can be read."""
    row = session.get_one(IssuedDocument, document_id)
    try:
        return all_words(shelf.get(row.sha256)) or None
    except (NotOnShelf, DamagedOnShelf, NotAWordFile, KeyError, OSError):
        return None


class DatabaseTray:
    """What was laid down and is not on the shelf yet, as it is committed now."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def found(self, sha256: str) -> bytes | None:
        """What lies there under a hash; None for nothing."""
        with self._engine.connect() as connection:
            content = connection.execute(FOUND, {"sha256": sha256}).scalar()
        return None if content is None else bytes(content)

    def holds(self, sha256: str) -> bool:
        """Whether anything lies there under a hash."""
        with self._engine.connect() as connection:
            return connection.execute(HELD, {"sha256": sha256}).first() is not None

    def hashes(self, beginning: str) -> list[str]:
        """The hashes of what lies there that begin so."""
        values = {"first": beginning, "last": f"{beginning}g"}
        with self._engine.connect() as connection:
            return list(connection.execute(BEGINNING, values).scalars())


def carry_to_shelf(engine: Engine, shelf: Shelf, goes_on: Callable[[], bool]) -> int:
    """Carries what was laid down to the shelf, for as long as `goes_on`; how many documents.

    Killed in between, some lie in both places, and are carried again: it changes nothing.
    """
    carried = 0
    while goes_on():
        with reading(engine) as session:
            lying = {one.sha256: bytes(one.content) for one in _oldest(session.connection())}
        if not lying:
            break
        shelf.take(lying)
        with transaction(engine) as session:
            session.connection().execute(delete(DocumentBytes).where(SHA.in_(list(lying))))
        carried += len(lying)
    return carried


def count_laid(engine: Engine) -> int:
    """How many documents wait to be carried to the shelf."""
    with engine.connect() as connection:
        return int(connection.execute(COUNT).scalar_one())


def _oldest(connection: Connection) -> list[DocumentBytes]:
    return list(connection.execute(OLDEST))  # type: ignore[arg-type]


def fits_its_code(key: bytes, row: IssuedDocument) -> bool:
    """Whether number, organ, moment and facts are those that the document's code was made of.

    `key`: that of the codes (`Keys.verify`).
    """
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
    return not row.code or row.code == derive_code(identity, key)


def note_pages(session: Session, sha256: str, pages: int) -> None:
    """Notes the pages of a file; a later count replaces an earlier one, and a failure."""
    session.merge(PageCount(sha256=sha256, pages=pages))
    failed = delete(PagesNotCounted).where(col(PagesNotCounted.sha256) == sha256)
    session.connection().execute(failed)


def pages_of(session: Session, files: Iterable[str]) -> dict[str, int]:
    """The pages of those of the files that were counted, by SHA-256."""
    query = select_rows(PageCount).where(col(PageCount.sha256).in_(sorted(set(files))))
    return {one.sha256: one.pages for one in session.exec(query)}
