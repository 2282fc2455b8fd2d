"""The check of the record: in portions, with its progress in a row, every misfit with its place.

A check goes on from where the last good one ended, or from the first event. It also holds the
record against the ends of all earlier checks: whoever cut off the end and set the head back, which
no chain can tell by itself, is found by what was seen before.
"""

import hmac
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from sqlalchemy import Row
from sqlalchemy import select as plain_select
from sqlmodel import Session, SQLModel, col, select

from domain.situation.situation import Actor
from domain.tables.record import Event
from domain.tables.site import ChainCheck
from flows.audit.noted_heads import misfits
from flows.site.event_chain import BATCH, BOUND, GENESIS, NOTED, head_of, link
from flows.site.office import Office
from flows.site.store import reading, transaction

EVENTS = SQLModel.metadata.tables["event"]
COLUMNS = [EVENTS.c[name] for name in (*BOUND, "at", "previous", "hash")]
MOST_FAILURES = 100
REMEMBERED = 500
WAIT_SECONDS = 2.0
STALLED = timedelta(minutes=2)
PAGE = 30


@dataclass(frozen=True)
class Compared:
    """What became of an end that was noted outside."""

    holds: bool
    words: str


@dataclass
class Walk:
    """A check at work: how far it is, the last hash seen, and what did not fit."""

    check_id: int
    upto: int
    at: int
    last: str
    failures: list[dict[str, object]]

    def misfit(self, seq: int, reason: str) -> None:
        """One more event that does not fit, if there is room to tell it."""
        if len(self.failures) < MOST_FAILURES:
            self.failures.append({"seq": seq, "reason": reason})


def start_check(office: Office, actor: Actor, now: datetime, *, whole: bool) -> int:
    """Begins a check in a thread, or finds the one at work; its id. A short one is done on return.

    `whole`: from the first event, not from where the last good check ended.
    """
    with transaction(office.engine) as session:
        running = _running(session, now)
        if running is not None:
            return running
        last = None if whole else last_good(session, office.keys.chain)
        head = head_of(session)
        row = ChainCheck(
            started_at=now,
            started_by=actor.id,
            from_seq=last.checked_to + 1 if last else 1,
            to_seq=head.seq,
            checked_to=last.checked_to if last else 0,
            seen_at=now,
            head_hash=last.head_hash if last else GENESIS,
            failures=[],
        )
        session.add(row)
        session.flush()
        check_id = row.id or 0
    began = datetime.now(UTC)
    worker = threading.Thread(target=run_check, args=(office, check_id, now - began))
    worker.start()
    worker.join(WAIT_SECONDS)
    return check_id


def run_check(office: Office, check_id: int, shift: timedelta = timedelta(0)) -> None:
    """Walks to the end the check was begun for; `shift`: the office's moment against the wall's."""
    with reading(office.engine) as session:
        row = session.get_one(ChainCheck, check_id)
        walk = Walk(check_id, row.to_seq, row.checked_to, row.head_hash, [])
        walk.failures += _against_earlier(session, check_id)
    while walk.at < walk.upto:
        with reading(office.engine) as session:
            _portion(session, walk, office.keys.chain)
        _note(office, walk, datetime.now(UTC) + shift)
    with reading(office.engine) as session:
        for seq, reason in (*_ends(session, walk), *misfits(session, office.settings)):
            walk.misfit(seq, reason)
    _note(office, walk, datetime.now(UTC) + shift, ended=True)


def last_good(session: Session, key: bytes) -> ChainCheck | None:
    """The last check that came to its end and found nothing; one that nobody sealed is none."""
    rows = session.exec(
        select(ChainCheck)
        .where(col(ChainCheck.ended_at).is_not(None))
        .order_by(col(ChainCheck.id).desc())
        .limit(REMEMBERED)
    )
    return next((one for one in rows if not one.failures and one.seal == _seal(one, key)), None)


def _seal(row: ChainCheck, key: bytes) -> str:
    """What only the holder of the key can write beside a check that found nothing."""
    told = f"{row.id} {row.from_seq} {row.checked_to} {row.head_hash} {row.failures}"
    return hmac.new(key, told.encode(), sha256).hexdigest()


def list_checks(session: Session, before: int = 0) -> tuple[list[ChainCheck], int]:
    """A page of checks, the newest first, and before which the next one begins (0: none)."""
    query = select(ChainCheck).order_by(col(ChainCheck.id).desc()).limit(PAGE + 1)
    if before:
        query = query.where(col(ChainCheck.id) < before)
    rows = list(session.exec(query))
    return rows[:PAGE], rows[PAGE - 1].id or 0 if len(rows) > PAGE else 0


def has_stalled(check: ChainCheck, now: datetime) -> bool:
    """Whether a check ended without saying so, with the process that was at it."""
    return check.ended_at is None and now - check.seen_at > STALLED


def compare(session: Session, noted: str) -> Compared:
    """The record against an end (`第123条 hash`) noted outside it, found in whatever was pasted.

    Only this tells when the last events were deleted and the head set back.
    """
    found = NOTED.search(noted.lower())
    if found is None:
        return Compared(False, "没有读出条数和64位哈希，应写作「第123条 哈希」")
    seq, wanted = int(found[1]), found[2]
    now = head_of(session)
    if seq > 2**31 or (held := _hash_at(session, seq)) is None:
        return Compared(
            False, f"记下时有第{seq}条，现在没有：末尾的记录被删除，现在到第{now.seq}条"
        )
    if held != wanted:
        return Compared(False, f"第{seq}条与记下时不同：第{seq}条或者它之前的记录被改动")
    return Compared(True, f"第{seq}条与记下时一致，此后又有{now.seq - seq}条")


def _portion(session: Session, walk: Walk, key: bytes) -> None:
    """The next portion of events; a misfit is told and the walk goes on behind it."""
    upto = min(walk.upto, walk.at + BATCH)
    query = plain_select(*COLUMNS).where(EVENTS.c.seq > walk.at, EVENTS.c.seq <= upto)
    for row in session.connection().execute(query.order_by(EVENTS.c.seq)):
        _one(row, walk, key)
    if walk.at < upto:
        # What follows a gap has nothing to be bound to; its own hash is checked all the same.
        _missing(walk, upto)
        walk.last = ""
    walk.at = upto


def _one(row: Row[tuple[object, ...]], walk: Walk, key: bytes) -> None:
    if row.seq != walk.at + 1:
        _missing(walk, row.seq - 1)
    elif walk.last and row.previous != walk.last:
        walk.misfit(row.seq, f"第{row.seq}条与前一条接不上")
    if row.hash != link(row, key):  # type: ignore[arg-type]
        walk.misfit(row.seq, f"第{row.seq}条被改动")
    walk.at, walk.last = row.seq, row.hash


def _missing(walk: Walk, last: int) -> None:
    first = walk.at + 1
    told = f"第{first}条" if first == last else f"第{first}至{last}条"
    walk.misfit(first, f"缺少{told}")


def _ends(session: Session, walk: Walk) -> Iterator[tuple[int, str]]:
    """What does not fit between the head and the events as they are now."""
    head = head_of(session)
    last = session.exec(select(Event.seq).order_by(col(Event.seq).desc()).limit(1)).first() or 0
    if last != head.seq:
        yield head.seq, f"链尾记录不符：应有{head.seq}条，实有{last}条"
    elif head.seq and _hash_at(session, head.seq) != head.hash:
        yield head.seq, f"链尾记录不符：第{head.seq}条的哈希与链尾不同"


def _against_earlier(session: Session, check_id: int) -> list[dict[str, object]]:
    """Events that were there at an earlier check and are not, or not the same, now."""
    rows = session.exec(
        select(ChainCheck)
        .where(col(ChainCheck.ended_at).is_not(None), col(ChainCheck.id) < check_id)
        .order_by(col(ChainCheck.id).desc())
        .limit(REMEMBERED)
    )
    found: list[dict[str, object]] = []
    for one in rows:
        if one.failures or not one.checked_to:
            continue
        held = _hash_at(session, one.checked_to)
        if held != one.head_hash:
            what = "已不存在" if held is None else "已不相同"
            reason = f"第{one.checked_to}条在第{one.id}次核验时无误，现在{what}"
            found.append({"seq": one.checked_to, "reason": reason})
    return found[:MOST_FAILURES]


def _hash_at(session: Session, seq: int) -> str | None:
    if seq == 0:
        return GENESIS
    return session.exec(select(Event.hash).where(col(Event.seq) == seq)).one_or_none()


def _running(session: Session, now: datetime) -> int | None:
    query = select(ChainCheck).where(col(ChainCheck.ended_at).is_(None))
    rows = session.exec(query.order_by(col(ChainCheck.id).desc()).limit(1))
    return next((one.id for one in rows if not has_stalled(one, now)), None)


def _note(office: Office, walk: Walk, now: datetime, *, ended: bool = False) -> None:
    with transaction(office.engine) as session:
        row = session.get_one(ChainCheck, walk.check_id)
        row.checked_to, row.head_hash, row.seen_at = walk.at, walk.last, now
        row.failures = list(walk.failures)
        row.ended_at = now if ended else None
        row.seal = _seal(row, office.keys.chain) if ended else ""
        session.add(row)
