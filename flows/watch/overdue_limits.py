"""Overdue limits with what was done about them: rungs sent, who was told, and the order behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from domain.limits.limit import days_late
from domain.shapes.calendars import Rung
from domain.tables.process import Process
from domain.tables.record import IssuedDocument
from domain.tables.work import InboxMessage, ReminderFiring
from flows.people.chair_holders import OUTSIDE
from flows.people.viewer import Viewer
from flows.rows.known_ids import among_told, as_text
from flows.rows.statements import Statement, ask
from flows.watch.board_details import (
    PAGE,
    Limit,
    Narrow,
    WatchedLine,
    WatchedPage,
    running_counted,
    running_limits,
)
from flows.watch.supervision_form import BEFORE_ORDER


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
        return self.watched.is_of_clue

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
    """What lies beside some limits, read in one journey."""

    def __init__(self, session: Session, viewer: Viewer, limits: Sequence[Limit]) -> None:
        self._office, self._actor = viewer.office, viewer.actor
        due = {one.id: one.due_at for one in limits}
        told = {"limits": as_text(due), "clues": as_text({one.clue_id for one in limits})}
        fired, messages, processes = ask(
            session.connection(), *((one, told) for one in (FIRINGS, MESSAGES, SUPERVISIONS))
        )
        self.firings = _by("clock_id", [one for one in fired if one.due_at == due[one.clock_id]])
        self._messages = _by("clue_id", messages)
        self._processes = _by("clue_id", processes)

    def told(self, clock: Limit, rung: Rung) -> tuple[Told, ...]:
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

    def supervised(self, clock: Limit) -> Supervised | None:
        """The newest open supervision over the owner's work, an order before a draft."""
        rows = [one for one in self._over(clock) if one.ended_at is None]
        first = min(rows, key=lambda row: row.state in BEFORE_ORDER, default=None)
        return self._told(first) if first else None

    def earlier(self, clock: Limit) -> tuple[Supervised, ...]:
        """The orders over the owner's work that have ended, the newest first."""
        found = (self._told(one) for one in self._over(clock) if one.ended_at is not None)
        return tuple(one for one in found if one.number)

    def _over(self, clock: Limit) -> list[Any]:
        return [
            one for one in self._processes.get(clock.clue_id, ()) if one.addressee == clock.owner_id
        ]

    def _told(self, one: Any) -> Supervised:
        state = self._office.rules.lifecycles["supervision"].states[one.state].label
        return Supervised(one.id, state, one.number or "", one.state in BEFORE_ORDER)


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
        for one in beside.firings.get(clock.id, ())
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


# --- reading -------------------------------------------------------------------------------------

FIRINGS = Statement(
    select(
        *(col(ReminderFiring.clock_id), col(ReminderFiring.due_at), col(ReminderFiring.rung)),
        *(col(ReminderFiring.fired_at), col(ReminderFiring.reason)),
    )
    .where(among_told(col(ReminderFiring.clock_id), "limits"))
    .order_by(col(ReminderFiring.fired_at), col(ReminderFiring.id)),
    steady=True,
)
"""What fired for limits, oldest first; also for due moments that stand no longer."""
MESSAGES = Statement(
    select(
        *(col(InboxMessage.clue_id), col(InboxMessage.key), col(InboxMessage.role)),
        *(col(InboxMessage.department_id), col(InboxMessage.read_at)),
        col(InboxMessage.acknowledged_at),
    )
    .where(
        among_told(col(InboxMessage.clue_id), "clues"),
        col(InboxMessage.kind).startswith("reminder."),
    )
    .order_by(col(InboxMessage.id)),
    spelled=True,
    steady=True,
)
_ORDERED = (
    select(col(IssuedDocument.number))
    .where(
        col(IssuedDocument.process_kind) == "supervision",
        col(IssuedDocument.process_id) == col(Process.id),
        col(IssuedDocument.kind) == "supervision_order",
        col(IssuedDocument.voided_at).is_(None),
    )
    .order_by(col(IssuedDocument.id).desc())
    .limit(1)
    .scalar_subquery()
)
_ADDRESSEE = func.coalesce(
    func.nullif(col(Process.facts)["to_department"].as_string(), ""), col(Process.department_id)
)
"""What `addressee` tells, in SQL."""
SUPERVISIONS = Statement(
    select(
        *(col(Process.id), col(Process.clue_id), col(Process.state), col(Process.ended_at)),
        _ADDRESSEE.label("addressee"),
        _ORDERED.label("number"),
    )
    .where(among_told(col(Process.clue_id), "clues"), col(Process.kind) == "supervision")
    .order_by(col(Process.id).desc()),
    spelled=True,
    steady=True,
)
"""The supervisions of clues, open and ended, the newest first, each with the order's number."""


def _by(column: str, rows: Sequence[Any]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for one in rows:
        found.setdefault(getattr(one, column), []).append(one)
    return found
