"""What later papers did to a document: corrected, changed or revoked it, with their number."""

from collections.abc import Iterable

from sqlalchemy import update
from sqlmodel import Session, col, select

from domain.rulebook.rulebook import Rulebook
from domain.tables.record import IssuedDocument

REVOKED = "撤销"


def altered_in_words(
    session: Session, rules: Rulebook, documents: Iterable[IssuedDocument]
) -> dict[int, str]:
    """By the id of each document that was altered: 已由示市监补〔2026〕1号补正."""
    by = {one.id or 0: one.altered_by_id for one in documents if one.altered_by_id}
    if not by:
        return {}
    query = select(IssuedDocument.id, IssuedDocument.kind, IssuedDocument.number).where(
        col(IssuedDocument.id).in_(sorted(set(filter(None, by.values())))),
        col(IssuedDocument.voided_at).is_(None),
    )
    told = {
        key: f"已由{number}{rules.documents[kind].alters}"
        for key, kind, number in session.exec(query)
    }
    return {document: told[key] for document, key in by.items() if key in told}


def alter_instead(session: Session, void: IssuedDocument, fresh: IssuedDocument) -> None:
    """What a void paper corrected, changed or revoked, the one issued in its stead does now."""
    about = update(IssuedDocument).where(col(IssuedDocument.altered_by_id) == void.id)
    session.connection().execute(about.values(altered_by_id=fresh.id))


def is_revoked(words: str) -> bool:
    """Whether those words say that the document holds no more."""
    return words.endswith(REVOKED)
