"""Calls of other systems answered once: the same key with the same words gets the same answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col

from domain.tables.interface import ApiAnswer
from flows.site.office import Office
from flows.site.store import reading, transaction

KEPT_FOR = timedelta(days=7)
"""So long a call may be repeated and is answered as the first time."""


class KeyReused(Exception):
    """A key that came with other words before."""


@dataclass(frozen=True)
class Call:
    """A call: whose token, the key it came with (none: it is not remembered), and its words."""

    token_id: int
    key: str
    sha256: str


def answer_once(
    office: Office, call: Call, now: datetime, work: Callable[[Session], str]
) -> tuple[str, bool]:
    """The answer, and whether it is an old one; the work and its answer are committed together.

    A caller whose connection broke cannot know whether his call was carried out: he repeats it
    with its key and learns. What the work raises is not remembered: nothing was changed, and the
    call may come again. Raises KeyReused where the key came with other words before.
    """
    try:
        with transaction(office.engine) as session:
            kept = _kept(session, call, now)
            if kept is not None:
                return kept, True
            _begin(session, call, now)
            body = work(session)
            _remember(session, call, body)
            return body, False
    except IntegrityError:
        # Two at once on PostgreSQL: who came second waited for the first and finds its answer.
        with reading(office.engine) as session:
            kept = _kept(session, call, now)
        if kept is None:
            raise
        return kept, True


def _kept(session: Session, call: Call, now: datetime) -> str | None:
    row = session.get(ApiAnswer, (call.token_id, call.key)) if call.key else None
    if row is None or now - row.made_at >= KEPT_FOR:
        return None
    if row.call_sha256 != call.sha256:
        raise KeyReused
    return row.body


def _begin(session: Session, call: Call, now: datetime) -> None:
    """The key is taken before the work begins, so that a second caller waits for the first."""
    if not call.key:
        return
    old = delete(ApiAnswer).where(col(ApiAnswer.made_at) <= now - KEPT_FOR)
    session.connection().execute(old)
    session.add(
        ApiAnswer(token_id=call.token_id, key=call.key, call_sha256=call.sha256, made_at=now)
    )
    session.flush()


def _remember(session: Session, call: Call, body: str) -> None:
    row = session.get(ApiAnswer, (call.token_id, call.key)) if call.key else None
    if row is not None:
        row.status, row.body = 200, body
        session.add(row)
