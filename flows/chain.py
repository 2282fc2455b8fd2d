"""The audit chain: every event bound to the one before it, so that no row can be altered unseen."""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import text
from sqlmodel import Session, col, select

from domain.tables.record import ChainHead, Event

GENESIS = "0" * 64
BATCH = 1000
HEAD = select(ChainHead).with_for_update()
BEGIN = text(
    "INSERT INTO chain_head (id, seq, hash) VALUES (1, 0, :hash) ON CONFLICT (id) DO NOTHING"
)


@dataclass(frozen=True)
class Happening:
    """Something that happened, before it has its place in the chain."""

    clue_id: int | None
    process_kind: str
    process_id: int
    action: str
    from_state: str
    to_state: str
    actor_id: str
    department_id: str
    at: datetime
    detail: Mapping[str, object]


def append(session: Session, happenings: list[Happening], key: bytes) -> int:
    """Appends in order under the lock of the chain's head; the last event's number."""
    head = _locked_head(session)
    for one in happenings:
        row = Event(
            seq=head.seq + 1,
            previous=head.hash,
            hash="",
            **{**one.__dict__, "detail": dict(one.detail)},
        )
        row.hash = link(row, key)
        session.add(row)
        head.seq, head.hash = row.seq, row.hash
    session.flush()
    return head.seq


def _locked_head(session: Session) -> ChainHead:
    """The chain's head; whoever begins the chain second waits for the one who began it."""
    head = session.exec(HEAD).one_or_none()
    if head is None:
        session.connection().execute(BEGIN, {"hash": GENESIS})
        head = session.exec(HEAD).one()
    return head


def link(event: Event, key: bytes) -> str:
    """The hash that binds an event to its predecessor and to its own content."""
    content: dict[str, Any] = {
        name: getattr(event, name)
        for name in (
            "seq",
            "clue_id",
            "process_kind",
            "process_id",
            "action",
            "from_state",
            "to_state",
            "actor_id",
            "department_id",
            "detail",
        )
    }
    content["at"] = event.at.astimezone(UTC).isoformat(timespec="microseconds")
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hmac.new(key, f"{event.previous}\n{canonical}".encode(), sha256).hexdigest()


@dataclass(frozen=True)
class Verdict:
    """What verifying found: how many events, and the first that does not fit."""

    events: int
    broken_at: int | None = None
    reason: str = ""

    @property
    def holds(self) -> bool:
        """Whether nobody changed the record."""
        return self.broken_at is None


def verify(session: Session, key: bytes) -> Verdict:
    """Walks the whole chain; a missing, altered or reordered event is named by its number."""
    previous, expected = GENESIS, 1
    while True:
        rows = session.exec(
            select(Event).where(col(Event.seq) >= expected).order_by(col(Event.seq)).limit(BATCH)
        )
        found = list(rows)
        for row in found:
            if row.seq != expected:
                return Verdict(expected - 1, expected, f"缺少第{expected}条记录")
            if row.previous != previous or row.hash != link(row, key):
                return Verdict(expected - 1, expected, f"第{expected}条记录被改动")
            previous, expected = row.hash, expected + 1
        session.expunge_all()
        if not found:
            break
    return _at_the_head(session, expected - 1, previous)


def _at_the_head(session: Session, events: int, last: str) -> Verdict:
    """Whether the chain's head agrees with the last event; a record without its head does not."""
    head = session.exec(select(ChainHead)).one_or_none()
    if head is None:
        return Verdict(events) if events == 0 else Verdict(events, events + 1, "缺少链尾记录")
    if (head.seq, head.hash) != (events, last):
        return Verdict(events, events + 1, f"链尾记录不符：应有{head.seq}条，实有{events}条")
    return Verdict(events)
