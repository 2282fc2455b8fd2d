"""For whom a document was issued, where somebody stood in for an absent colleague."""

from sqlmodel import Session, col, select

from domain.tables.people import User
from domain.tables.record import Event, IssuedDocument


def issued_for(session: Session, document: IssuedDocument) -> str:
    """The name of the absent colleague; empty where who issued it acted for himself."""
    query = select(Event).where(
        col(Event.clue_id) == document.clue_id,
        col(Event.process_kind) == document.process_kind,
        col(Event.process_id) == document.process_id,
        col(Event.actor_id) == document.issued_by,
        col(Event.at) == document.issued_at,
    )
    absent = {str(one.detail["for"]) for one in session.exec(query) if "for" in one.detail}
    names = select(User.name).where(col(User.id).in_(absent))
    return "、".join(session.exec(names)) if absent else ""
