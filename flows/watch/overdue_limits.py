"""Overdue limits with what was done about them: rungs sent, who was told, and the order behind."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import load_only
from sqlmodel import Session, col, select

from domain.limits.limit import days_late
from domain.shapes.calendars import Rung
from domain.tables.process import Clock, Clue, Process
from domain.tables.record import IssuedDocument
from domain.tables.work import InboxMessage, ReminderFiring
from flows.people.chair_holders import OUTSIDE
from flows.people.viewer import Viewer
from flows.rows.known_ids import among
from flows.watch.board_details import (
    PAGE,
    Narrow,
    WatchedLine,
    WatchedPage,
    running_counted,
    running_limits,
)
from flows.watch.supervision_form import BEFORE_ORDER, addressee


@dataclass(frozen=True)
class Told:
    """A message of a rung: whom it went to, and whether he read and acknowledged it.

    `is_own`: it went to a chair of the person who looks.
    """

    department: str
    chair: str
    read_at: datetime | None
    acknowledged_at: datetime | None
    is_own: bool


@dataclass(frozen=True)
class RungLine:
    """A rung of the ladder that fired for the due moment at hand."""

    label: str
    fired_at: datetime
    reason: str
    told: tuple[Told, ...]

    @property
    def is_acknowledged(self) -> bool:
        """Whether somebody acknowledged it."""
        return any(one.acknowledged_at for one in self.told)


@dataclass(frozen=True)
class Supervised:
    """A supervision that was addressed to the department that owes."""

    process: int
    state: str
    number: str
    is_draft: bool


@dataclass(frozen=True)
class OverdueLine:
    """A limit past its breach: since when, the last rungs, and the supervision over it.

    `earlier`: orders over the same owner's work that have ended, the newest first.
    """

    watched: WatchedLine
    days: int
    rungs: tuple[RungLine, ...]
    next_rung: str
    next_at: datetime | None
    supervised: Supervised | None
    is_outside: bool
    earlier: tuple[Supervised, ...] = ()

    @property
    def is_of_clue(self) -> bool:
        """Whether it is a clue's limit: supervision orders nothing over an undertaking."""
        return isinstance(self.watched.root, Clue)

    @property
    def can_be_ordered(self) -> bool:
        """Whether an order may go out: none is out yet, and the owner is under this supervision."""
        waits = self.supervised is None or self.supervised.is_draft
        return self.is_of_clue and not self.is_outside and waits


@dataclass(frozen=True)
class OverduePage:
    """A page of overdue limits, those late for longest on top."""

    lines: tuple[OverdueLine, ...]
    older: str = ""


def overdue(session: Session, viewer: Viewer, narrow: Narrow, size: int = PAGE) -> OverduePage:
    """The limits past `breach_at`, with reminders and supervision beside each."""
    found = running_limits(session, viewer, replace(narrow, light="red"), size)
    return _with_what_was_done(session, viewer, found)


def overdue_counted(
    session: Session, viewer: Viewer, narrow: Narrow, most: int
) -> tuple[OverduePage, int]:
    """`overdue` with how many there are on all pages, counted no further than `most`."""
    found, total = running_counted(session, viewer, replace(narrow, light="red"), most)
    return _with_what_was_done(session, viewer, found), total


def _with_what_was_done(session: Session, viewer: Viewer, found: WatchedPage) -> OverduePage:
    beside = _Beside(session, viewer, [one.row for one in found.lines])
    lines = tuple(_line(viewer, one, beside) for one in found.lines)
    return OverduePage(lines, found.older)


class _Beside:
    """What lies beside some clocks, read by one statement each."""

    def __init__(self, session: Session, viewer: Viewer, clocks: Sequence[Clock]) -> None:
        self._office, self._actor = viewer.office, viewer.actor
        ids = {one.clue_id for one in clocks}
        self.firings = _firings(session, clocks)
        self._messages = _messages(session, ids)
        self._processes = _supervisions(session, ids)
        over = {one.id or 0 for found in self._processes.values() for one in found}
        self._numbers = _supervision_numbers(session, over) if over else {}

    def told(self, clock: Clock, rung: Rung) -> tuple[Told, ...]:
        """The messages of a rung for the clock's due moment."""
        start = f"reminder.{rung.id}-{clock.id}-{clock.due_at.isoformat()}-"
        rules = self._office.rules
        return tuple(
            Told(
                rules.departments[one.department_id].name,
                rules.roles[one.role].label if one.role else "值班",
                one.read_at,
                one.acknowledged_at,
                one.department_id == self._actor.department
                and (one.role is None or one.role in self._actor.roles),
            )
            for one in self._messages.get(clock.clue_id, ())
            if one.key.startswith(start)
        )

    def supervised(self, clock: Clock) -> Supervised | None:
        """The newest open supervision over the owner's work, an order before a draft."""
        rows = [one for one in self._over(clock) if one.ended_at is None]
        first = min(rows, key=lambda row: row.state in BEFORE_ORDER, default=None)
        return self._told(first) if first else None

    def earlier(self, clock: Clock) -> tuple[Supervised, ...]:
        """The orders over the owner's work that have ended, the newest first."""
        found = (self._told(one) for one in self._over(clock) if one.ended_at is not None)
        return tuple(one for one in found if one.number)

    def _over(self, clock: Clock) -> list[Process]:
        return [one for one in self._processes.get(clock.clue_id, ()) if _is_over(one, clock)]

    def _told(self, one: Process) -> Supervised:
        states = self._office.rules.lifecycles["supervision"].states
        key, label = one.id or 0, states[one.state].label
        return Supervised(key, label, self._numbers.get(key, ""), one.state in BEFORE_ORDER)


def _is_over(process: Process, clock: Clock) -> bool:
    """Whether a supervision is over the work of who owes a limit."""
    return addressee(process) == clock.owner_id


def _line(viewer: Viewer, found: WatchedLine, beside: _Beside) -> OverdueLine:
    rules, clock = viewer.office.rules, found.row
    ladder = rules.ladders[rules.deadlines[clock.rule].ladder]
    by_id = {one.id: one for one in ladder.rungs}
    rungs = tuple(
        RungLine(
            by_id[one.rung].label if one.rung in by_id else one.rung,
            one.fired_at,
            one.reason,
            beside.told(clock, by_id[one.rung]) if one.rung in by_id else (),
        )
        for one in beside.firings.get(clock.id or 0, ())
    )
    coming = ladder.rungs[clock.next_rung].label if clock.next_rung < len(ladder.rungs) else ""
    return OverdueLine(
        watched=found,
        days=days_late(clock.breach_at, viewer.now),
        rungs=rungs,
        next_rung=coming if clock.next_rung_at else "",
        next_at=clock.next_rung_at,
        supervised=beside.supervised(clock),
        is_outside=rules.departments[clock.owner_id].kind in OUTSIDE,
        earlier=beside.earlier(clock),
    )


def _firings(session: Session, clocks: Sequence[Clock]) -> Mapping[int, list[ReminderFiring]]:
    """What fired for the due moments that stand now, oldest first."""
    due = {one.id or 0: one.due_at for one in clocks}
    query = select(ReminderFiring).where(among(col(ReminderFiring.clock_id), due))
    found: dict[int, list[ReminderFiring]] = {}
    for one in session.exec(query.order_by(col(ReminderFiring.fired_at), col(ReminderFiring.id))):
        if one.due_at == due[one.clock_id]:
            found.setdefault(one.clock_id, []).append(one)
    return found


def _messages(session: Session, clues: Set[int]) -> Mapping[int, list[InboxMessage]]:
    told = load_only(
        *(InboxMessage.clue_id, InboxMessage.key, InboxMessage.role, InboxMessage.department_id),  # type: ignore[arg-type]
        *(InboxMessage.read_at, InboxMessage.acknowledged_at),  # type: ignore[arg-type]
    )
    reminders = col(InboxMessage.kind).startswith("reminder.")
    query = select(InboxMessage).where(among(col(InboxMessage.clue_id), clues), reminders)
    query = query.options(told)
    found: dict[int, list[InboxMessage]] = {}
    for one in session.exec(query.order_by(col(InboxMessage.id))):
        found.setdefault(one.clue_id or 0, []).append(one)
    return found


def _supervisions(session: Session, clues: Set[int]) -> Mapping[int, list[Process]]:
    """The supervisions of each clue, open and ended, the newest first."""
    query = select(Process).where(
        among(col(Process.clue_id), clues), col(Process.kind) == "supervision"
    )
    found: dict[int, list[Process]] = {}
    for one in session.exec(query.order_by(col(Process.id).desc())):
        found.setdefault(one.clue_id, []).append(one)
    return found


def _supervision_numbers(session: Session, processes: Set[int]) -> Mapping[int, str]:
    """The number of the order that each supervision issued."""
    query = select(IssuedDocument.process_id, IssuedDocument.number).where(
        col(IssuedDocument.process_kind) == "supervision",
        among(col(IssuedDocument.process_id), processes),
        col(IssuedDocument.kind) == "supervision_order",
        col(IssuedDocument.voided_at).is_(None),
    )
    rows = session.exec(query.order_by(col(IssuedDocument.id)))
    return {process: number or "" for process, number in rows}
