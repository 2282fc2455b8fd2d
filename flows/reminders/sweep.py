"""The sweep: every rung of the reminder ladders that is due, once, in order. No Prefect here.

Only clocks whose next rung is due are read, by index: the work grows with what is due, not with
what is open. Each clock stands alone; one that fails is counted and left for the next sweep.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlmodel import Session, col, or_, select

from domain.lifecycle.plan import Refused
from domain.tables.process import Clock
from flows.door.locked_dossier import Root, table_of
from flows.door.steps import Command, perform_in
from flows.people.actors import system_actor
from flows.people.chair_holders import ChairHolders
from flows.reminders.rungs import Skipped, climb
from flows.site.office import Office
from flows.site.store import reading, transaction

PAGE = 100
"""Clocks of one transaction: long enough to be quick, short enough that nobody waits for it."""
BUSY = "正在被办理，稍后再试"
FAULTS = (Refused, SQLAlchemyError, LookupError, ValueError, TypeError, ArithmeticError, OSError)
"""What a single clock may fail with; anything else is a fault of the program itself."""

Place = tuple[datetime, int]


@dataclass
class SweepResult:
    """What a sweep did: rungs fired, silence taken as signing, skipped and failed by reason."""

    fired: int = 0
    deemed: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)

    def __str__(self) -> str:
        parts = [f"提醒{self.fired}条", f"视为签收{self.deemed}件"]
        parts += [f"跳过{count}条（{reason}）" for reason, count in self.skipped.items()]
        parts += [f"失败{count}条（{reason}）" for reason, count in self.failed.items()]
        return "，".join(parts)


def sweep(office: Office, now: datetime) -> SweepResult:
    """Takes silence past its limit as signing, then fires all rungs due at `now`.

    After a downtime it catches up in order. A clock that fails is counted in the result with its
    reason and left for the next sweep; nothing is raised for it.
    """
    result = SweepResult()
    _deem_accepted(office, now, result)
    chairs = ChairHolders(office.rules.departments)
    after: Place | None = None
    while True:
        with reading(office.engine) as session:
            page = _due(session, now, after)
        if not page:
            return result
        with transaction(office.engine) as session:
            for _, clock_id in page:
                while _fire(session, office, clock_id, (now, chairs, result)):
                    continue
        after = page[-1]


def _due(session: Session, now: datetime, after: Place | None) -> list[Place]:
    """The next clocks with a rung due, in the order in which the rungs fell due."""
    moment = col(Clock.next_rung_at)
    query = select(Clock.next_rung_at, Clock.id).where(
        col(Clock.ended_at).is_(None), moment.is_not(None), moment <= now
    )
    if after is not None:
        query = query.where(moment >= after[0], or_(moment > after[0], col(Clock.id) > after[1]))
    rows = session.exec(query.order_by(moment, col(Clock.id)).limit(PAGE))
    return [(at, clock_id) for at, clock_id in rows if at is not None and clock_id is not None]


def _fire(
    session: Session, office: Office, clock_id: int, run: tuple[datetime, ChairHolders, SweepResult]
) -> bool:
    """Fires one rung of a clock; whether the next one is due already, as after a downtime."""
    now, chairs, result = run
    try:
        with session.begin_nested():
            clock = _held(session, office, clock_id)
            outcome = climb(session, office, clock, (now, chairs)) if clock else Skipped(BUSY)
            session.flush()
    except FAULTS as fault:
        result.failed[str(fault)] += 1
        return False
    if isinstance(outcome, Skipped):
        result.skipped[outcome.reason] += 1
    else:
        result.fired += 1
    return clock is not None and clock.next_rung_at is not None and clock.next_rung_at <= now


def _held(session: Session, office: Office, clock_id: int) -> Clock | None:
    """The clock, what it belongs to locked before it as every step does; None while it is held."""
    clock = session.get(Clock, clock_id)
    if clock is None:
        return None
    # A step locks its root first and writes its clocks after; the other way round the two could
    # wait for each other. Who acts on it now may end the clock: the next sweep will see.
    table: type[Root] = table_of(office.rules, clock.process_kind)
    query = select(table.id).where(col(table.id) == clock.clue_id)
    if session.exec(query.with_for_update(skip_locked=True, key_share=True)).first() is None:
        return None
    session.refresh(clock)
    return clock


def _deem_accepted(office: Office, now: datetime, result: SweepResult) -> None:
    """Silence past the limit for signing counts as signing (本级约定)."""
    for clue_id in list(_unsigned(office, now)):
        command = Command("deem_accepted", clue=clue_id)
        try:
            with transaction(office.engine) as session:
                perform_in(session, office, command, system_actor(office.settings.desk), now)
            result.deemed += 1
        except FAULTS as fault:
            result.failed[str(fault)] += 1


def _unsigned(office: Office, now: datetime) -> Iterator[int]:
    query = select(Clock.clue_id).where(
        col(Clock.due_at) < now,
        col(Clock.ended_at).is_(None),
        col(Clock.process_kind) == "clue",
        col(Clock.rule) == "sign_for",
    )
    with reading(office.engine) as session:
        yield from session.exec(query.order_by(col(Clock.due_at), col(Clock.id)))
