"""The audit chain: every event bound to the one before it, so that no row can be altered unseen.

The binding is an HMAC: whoever may write the table, but lacks the key outside the database, cannot
bind an altered row anew.
"""

import hmac
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, text
from sqlalchemy import select as sqlalchemy_select
from sqlmodel import Session, col, select

from domain.tables.record import ChainHead, Event
from flows.rows.statements import Statement, ask
from flows.site.logs import log_when_committed
from flows.site.portions import Rows, portion_of, put

Besides = Callable[[int], Sequence[tuple[Statement, Rows]]]
GENESIS = "0" * 64
NOTED = re.compile(r"(\d+)[^0-9a-f]+([0-9a-f]{64})\b")
"""An end as it is noted, whatever stands around it."""
NOTES = "chain-heads.txt"
"""The file in the home folder in which ends are noted from hour to hour."""
BATCH = 1000
HEAD = Statement(sqlalchemy_select(col(ChainHead.seq), col(ChainHead.hash)).with_for_update())
MOVE = Statement(text("UPDATE chain_head SET seq = :seq, hash = :hash WHERE id = 1"))
LOGGED = {"event": "seq", "clue": "clue_id", "kind": "process_kind", "action": "action"}
"""What the log of the process says of an event, and the column that it is."""
BOUND = (
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
"""What the hash of an event covers, besides its moment and its predecessor."""
EVENTS = Statement(
    insert(Event.__table__),  # type: ignore[attr-defined]
    *BOUND,
    *("at", "previous", "hash"),
)
_canonical = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), check_circular=False
).encode
BEGIN = text(
    "INSERT INTO chain_head (id, seq, hash) VALUES (1, 0, :hash) ON CONFLICT (id) DO NOTHING"
)


@dataclass(frozen=True)
class Head:
    """The end of the record: how many events, and the hash of the last."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"第{self.seq}条 {self.hash}"


def head_of(session: Session) -> Head:
    """The end of the record now."""
    found = session.exec(select(ChainHead)).one_or_none()
    return Head(found.seq, found.hash) if found else Head(0, GENESIS)


@dataclass(frozen=True)
class Happening:
    """Something that happened, before it has its place in the chain.

    `clue_id` is None for what concerns no clue; `detail` is plain JSON data without a reporter;
    `at` is aware and may lie before that of the event recorded last.
    """

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


def append(
    session: Session, happenings: list[Happening], key: bytes, besides: Besides | None = None
) -> int:
    """Appends in order under the lock of the chain's head; the last event's number.

    `besides`: the rows that are written with the events, told the last one's number.
    Call it as late in a transaction as can be: until the commit, all others that append wait.
    """
    # A step locks its clue, then number series in their order, then this head. As all take them in
    # that order, none waits for one that waits for it.
    portion = portion_of(session)
    known = portion.known if portion else {}
    seq, last = known.get(ChainHead) or _locked_head(session.connection())
    rows: list[dict[str, Any]] = []
    for one in happenings:
        seq += 1
        row = {**one.__dict__, "detail": dict(one.detail), "seq": seq, "previous": last}
        row["hash"] = last = _link(row, key)
        rows.append(row)
    if rows:
        also = [one for one in (besides(seq) if besides else ()) if one[1]]
        if portion is None:
            move = MOVE, {"seq": seq, "hash": last}
            ask(session.connection(), (EVENTS, rows), move, *also)
        else:
            for statement, others in ((EVENTS, rows), *also):
                put(session, statement, others)
            known[ChainHead] = (seq, last)
            portion.ends[ChainHead] = lambda: _move(session, known[ChainHead])
        told = [{name: row[key] for name, key in LOGGED.items()} for row in rows]
        log_when_committed(session, told)
    return seq


def _move(session: Session, head: tuple[int, str]) -> None:
    ask(session.connection(), (MOVE, {"seq": head[0], "hash": head[1]}))


def _locked_head(connection: Connection) -> tuple[int, str]:
    """The chain's head; whoever begins the chain second waits for the one who began it."""
    [found] = ask(connection, (HEAD, {}))
    if not found:
        connection.execute(BEGIN, {"hash": GENESIS})
        [found] = ask(connection, (HEAD, {}))
    return found[0].seq, found[0].hash


def link(event: Event, key: bytes) -> str:
    """The hash, in hex, that binds an event to its predecessor and to its own content."""
    return _link({name: getattr(event, name) for name in (*BOUND, "at", "previous")}, key)


def _link(row: Mapping[str, Any], key: bytes) -> str:
    content = {name: row[name] for name in BOUND}
    # The same bytes for the row to be written and for the row read back from either database: these
    # differ in the order of JSON keys and in the offset of moments.
    content["at"] = row["at"].astimezone(UTC).isoformat(timespec="microseconds")
    bound = f"{row['previous']}\n{_canonical(content)}".encode()
    return hmac.digest(key, bound, "sha256").hex()


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
    """Walks the whole chain; a missing, altered or reordered event is named by its number.

    Cut off at its end together with its head, a chain is whole in itself: only a head that was
    noted elsewhere tells of it (`flows.audit.chain_check.compare`).
    """
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
        # Else the session would keep every event that it ever read.
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
