"""The outbox: follow-ups claimed for a while, finished, put off or parked. No Prefect here.

A claim is a lease: a worker that is killed loses it, and the next one takes the rows. What is done
for a row outside the database is keyed by the row's id, so that doing it twice does it once: a
worker may die between a delivery and the note of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict
from sqlalchemy import ColumnElement, func, or_, update
from sqlmodel import Session, col, select

from domain.limits.limit import at_shanghai
from domain.tables.work import FollowUp
from flows.site.office import Office
from flows.site.store import reading, transaction

LEASE = timedelta(seconds=45)
"""Renewed while the work goes on (`renew`): the rows of a killed worker are soon free again."""
SUSPECT = 2
"""A row whose workers ended so often under it is claimed alone: it may be what ended them."""
MOST_ATTEMPTS = 5
WAITS = tuple(timedelta(minutes=one) for one in (1, 5, 30, 120))
"""How long a row rests after its first, second, … failure."""
INTERRUPTED = "多次处理中断，未能完成（处理程序可能被强行结束）"


class Job(BaseModel):
    """A claimed follow-up, as flows hand it round."""

    model_config = ConfigDict(frozen=True)

    id: int
    stage: str
    task: str
    clue_id: int
    clue_no: str
    process_kind: str
    process_id: int
    payload: dict[str, Any]
    created_at: AwareDatetime
    attempts: int

    @property
    def action(self) -> str:
        """The action that left this work behind."""
        return str(self.payload.get("action", ""))

    @property
    def sender(self) -> str:
        """Who had sent the clue on before that action."""
        return str(self.payload.get("sender", ""))

    @property
    def counterpart(self) -> str:
        """The other side of the process after that action, if it has one."""
        return str(self.payload.get("counterpart", ""))

    @property
    def amount(self) -> int:
        """How many clues it is about: those that came in together are one."""
        return int(self.payload.get("registered", 1))

    @property
    def key(self) -> str:
        """A name for this work that stays the same however often it is tried."""
        return f"{self.clue_no}-{self.id}"


@dataclass(frozen=True)
class Later:
    """The answer of work that is not due yet, or goes on at another moment; no failure."""

    at: datetime


@dataclass(frozen=True)
class Queue:
    """How much waits: due now, due later, with a worker, and parked for an administrator.

    `holders` are the processes it is with; what one that died left undone is free at `free_at`.
    """

    due: int
    later: int
    leased: int
    parked: int
    oldest: datetime | None
    holders: tuple[str, ...] = ()
    free_at: datetime | None = None

    @property
    def in_hand(self) -> str:
        """What is with workers, by whom it is held and until when, in words."""
        if self.free_at is None:
            return f"处理中{self.leased}项"
        until = f"{at_shanghai(self.free_at):%H:%M}"
        return f"处理中{self.leased}项（由{'、'.join(self.holders)}领取，最迟{until}可重新领取）"


def _waiting() -> list[ColumnElement[bool]]:
    return [col(FollowUp.done_at).is_(None), col(FollowUp.parked_at).is_(None)]


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(col(FollowUp.leased_until).is_(None), col(FollowUp.leased_until) <= now)


def anything_due(office: Office, now: datetime) -> bool:
    """Whether a claim would find something: asked before a flow run is begun for nothing."""
    query = select(FollowUp.id).where(*_waiting(), col(FollowUp.not_before) <= now, _free(now))
    with reading(office.engine) as session:
        return session.exec(query.limit(1)).first() is not None


def claim(office: Office, now: datetime, worker: str, limit: int = 200) -> tuple[Job, ...]:
    """Leases up to `limit` due rows to a worker, oldest first; no other worker gets them.

    A row whose workers were killed twice is claimed alone, and parked at last.
    `worker` is the name shown to administrators. Give back what is not begun with `release`.
    """
    query = (
        select(FollowUp)
        .where(*_waiting(), col(FollowUp.not_before) <= now, _free(now))
        .order_by(col(FollowUp.not_before), col(FollowUp.id))
        .limit(limit)
        # Two workers at once on PostgreSQL take different rows, and none waits for the other; on
        # SQLite the transaction itself is alone.
        .with_for_update(skip_locked=True)
    )
    jobs: list[Job] = []
    with transaction(office.engine) as session:
        for row in session.exec(query):
            session.add(row)
            if row.attempts >= MOST_ATTEMPTS:
                _park(row, now, INTERRUPTED)
                continue
            alone = row.attempts >= SUSPECT and row.leased_until is not None
            if alone and jobs:
                break
            # Counted before the work: a worker that is killed cannot count afterwards.
            row.leased_until, row.leased_by = now + LEASE, worker
            row.attempts += 1
            jobs.append(Job.model_validate(row, from_attributes=True))
            if alone:
                break
    return tuple(jobs)


def renew(office: Office, jobs: Iterable[Job], worker: str, now: datetime) -> None:
    """Lengthens the leases that the worker still has: its work goes on."""
    mine = [col(FollowUp.id).in_([job.id for job in jobs]), col(FollowUp.leased_by) == worker]
    query = update(FollowUp).where(*mine, *_waiting()).values(leased_until=now + LEASE)
    with transaction(office.engine) as session:
        session.connection().execute(query)


def finish(office: Office, jobs: Iterable[Job], now: datetime) -> None:
    """Notes that the work is done; the rows do not come back."""
    _change(office, jobs, done_at=now, leased_until=None, leased_by=None, last_error=None)


def put_off(office: Office, job: Job, until: datetime) -> None:
    """Lets the row rest until a later moment; waiting is no failure."""
    _change(office, [job], not_before=until, leased_until=None, leased_by=None, attempts=0)


def release(office: Office, jobs: Iterable[Job]) -> None:
    """Gives back rows that were claimed and not begun, as if they had not been claimed."""
    with transaction(office.engine) as session:
        for row in _rows(session, jobs):
            row.leased_until, row.leased_by = None, None
            row.attempts = max(row.attempts - 1, 0)
            session.add(row)


def fail(office: Office, job: Job, error: str, now: datetime) -> bool:
    """Records a failure; the row rests (`WAITS`) and is tried again, or is parked after the last
    attempt for an administrator. Whether it was parked.
    """
    with transaction(office.engine) as session:
        for row in _rows(session, [job]):
            row.leased_until, row.leased_by = None, None
            if row.attempts >= MOST_ATTEMPTS:
                _park(row, now, error)
            else:
                row.last_error = error
                row.not_before = now + WAITS[min(max(row.attempts, 1), len(WAITS)) - 1]
            session.add(row)
            return row.parked_at is not None
    return False


def put_back(session: Session, now: datetime, ids: Sequence[int] | None) -> int:
    """Parked rows go back to work: those named, or (None) all of them; how many."""
    query = update(FollowUp).where(col(FollowUp.parked_at).is_not(None))
    if ids is not None:
        query = query.where(col(FollowUp.id).in_(ids))
    query = query.values(parked_at=None, attempts=0, not_before=now)
    return int(session.connection().execute(query).rowcount)


def queue(office: Office, now: datetime) -> Queue:
    """Counts what waits at the moment."""
    due = (col(FollowUp.not_before) <= now) & _free(now)
    leased = col(FollowUp.leased_until) > now
    with reading(office.engine) as session:
        query = select(
            func.count().filter(due),
            func.count().filter(leased),
            func.count(),
            func.min(col(FollowUp.not_before)).filter(due),
        ).where(*_waiting())
        found, held, waiting, oldest = session.exec(query).one()
        parked = session.exec(
            select(func.count()).where(col(FollowUp.parked_at).is_not(None))
        ).one()
        holders = session.exec(
            select(FollowUp.leased_by, func.max(col(FollowUp.leased_until)))
            .where(*_waiting(), leased)
            .group_by(col(FollowUp.leased_by))
        ).all()
    names = tuple(sorted(name or "" for name, _ in holders))
    free_at = max((until for _, until in holders if until), default=None)
    return Queue(found, waiting - found - held, held, parked, oldest, names, free_at)


def parked(office: Office) -> list[FollowUp]:
    """The rows that wait for an administrator, each with its last error."""
    query = select(FollowUp).where(col(FollowUp.parked_at).is_not(None))
    with reading(office.engine) as session:
        return list(session.exec(query.order_by(col(FollowUp.id))))


def _park(row: FollowUp, now: datetime, error: str) -> None:
    row.parked_at, row.last_error = now, error


def _rows(session: Session, jobs: Iterable[Job]) -> list[FollowUp]:
    ids = [job.id for job in jobs]
    query = select(FollowUp).where(col(FollowUp.id).in_(ids), *_waiting())
    return list(session.exec(query.with_for_update()))


def _change(office: Office, jobs: Iterable[Job], **values: object) -> None:
    ids = [job.id for job in jobs]
    if not ids:
        return
    query = update(FollowUp).where(col(FollowUp.id).in_(ids)).values(**values)
    with transaction(office.engine) as session:
        session.connection().execute(query)
