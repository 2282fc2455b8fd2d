"""Forms as they were sent: each is carried out once, however often a browser sends it.

A form bears a number that nobody guesses. Whoever sends it a second time, by a double click or
after a lost answer, is told what came of it the first time.
"""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete
from sqlmodel import Session, col

from domain.tables.session import SentForm
from flows.site.office import Office
from flows.site.store import transaction

KEPT_FOR = timedelta(days=3)
SHORTEST, LONGEST = 16, 64


def what_came_of(session: Session, nonce: str, user_id: str) -> dict[str, Any] | None:
    """What a form led to when the person sent it first; None where it was not carried out."""
    row = session.get(SentForm, (user_id, nonce)) if is_usable(nonce) else None
    return dict(row.outcome) if row is not None else None


def take(session: Session, nonce: str, user_id: str, now: datetime) -> SentForm | None:
    """Takes the form's number before the work begins; who comes second at once waits here.

    Raises IntegrityError for him once the first was committed. Nothing for a form without one.
    """
    if not is_usable(nonce):
        return None
    row = SentForm(user_id=user_id, nonce=nonce, sent_at=now, outcome={})
    session.add(row)
    session.flush()
    return row


def is_usable(nonce: str) -> bool:
    """Whether it is a number of the kind that forms bear."""
    return SHORTEST <= len(nonce) <= LONGEST


def forget_forms(office: Office, now: datetime) -> int:
    """Forms sent days ago are no longer remembered; how many went."""
    query = delete(SentForm).where(col(SentForm.sent_at) <= now - KEPT_FOR)
    with transaction(office.engine) as session:
        return int(session.connection().execute(query).rowcount)
