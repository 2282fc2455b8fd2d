"""Clues as lists show them: where each lies, who acts next, until when, and how it looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select

from domain.limits.lights import LAPSED, RED, Light, light
from domain.tables.process import Clock, Clue
from flows.door.clocks import due_of
from flows.lists.next_actor import next_actors
from flows.site.office import Office


@dataclass(frozen=True)
class ClockLine:
    """A clock as people read it; `is_right`: who lets it pass loses a right and breaks no duty."""

    rule: str
    label: str
    process: str
    owner: str
    started_at: datetime
    due_at: datetime
    breach_at: datetime
    provisional: bool
    paused: bool
    light: Light | None
    article: str
    ended_at: datetime | None
    late: bool
    is_right: bool = False

    @property
    def ending(self) -> str:
        """How a clock ended: in time, late, or with a right that was let go."""
        if self.is_right and self.ended_at and self.ended_at > self.breach_at:
            return LAPSED.word
        return "逾期" if self.late else "按期"


@dataclass(frozen=True)
class ClueLine:
    """One line of a list."""

    clue: Clue
    state: str
    holder: str
    next_actor: str
    next_clock: ClockLine | None


@dataclass(frozen=True)
class Filter:
    """What a list is narrowed to; empty fields narrow nothing."""

    state: str = ""
    department: str = ""
    text: str = ""
    overdue: bool = False
    limit: int = 50


def narrowing(narrow: Filter, now: datetime) -> list[ColumnElement[bool]]:
    """The filter as conditions on `Clue`; the limit is the caller's to keep."""
    found: list[ColumnElement[bool]] = []
    if narrow.state:
        found.append(col(Clue.state) == narrow.state)
    if narrow.department:
        found.append(col(Clue.department_id) == narrow.department)
    if narrow.text:
        needle = f"%{narrow.text}%"
        found.append(
            col(Clue.title).like(needle)
            | col(Clue.no).like(needle)
            | col(Clue.subject_name).like(needle)
            | col(Clue.outside_no).like(needle)
        )
    if narrow.overdue:
        late = select(col(Clock.clue_id)).where(
            col(Clock.ended_at).is_(None), col(Clock.breach_at) < now
        )
        found.append(col(Clue.id).in_(late))
    return found


def list_clues(session: Session, office: Office, narrow: Filter, now: datetime) -> list[ClueLine]:
    """The clues that fit, what is due first on top; closed ones come last."""
    query = select(Clue).where(*narrowing(narrow, now))
    earliest = (
        select(col(Clock.due_at))
        .where(col(Clock.clue_id) == col(Clue.id), col(Clock.ended_at).is_(None))
        .order_by(col(Clock.due_at))
        .limit(1)
        .scalar_subquery()
    )
    query = query.order_by(earliest.is_(None), earliest, col(Clue.id)).limit(narrow.limit)
    return clue_lines(session, office, list(session.exec(query)), now)


def count_clues(session: Session, narrow: Filter, now: datetime) -> int:
    """How many clues fit, however many a list shows."""
    return session.exec(select(func.count()).select_from(Clue).where(*narrowing(narrow, now))).one()


def clue_lines(
    session: Session, office: Office, clues: Sequence[Clue], now: datetime
) -> list[ClueLine]:
    """The clues as lines, in their order; all their clocks are read at once."""
    clocks = _open_clocks(session, [clue.id for clue in clues])
    actors = next_actors(session, office, clues)
    return [
        _line((office, now), clue, clocks.get(clue.id or 0, []), actors[clue.id or 0])
        for clue in clues
    ]


def _open_clocks(session: Session, ids: list[int | None]) -> dict[int, list[Clock]]:
    found: dict[int, list[Clock]] = {}
    rows = session.exec(
        select(Clock)
        .where(col(Clock.clue_id).in_(ids), col(Clock.ended_at).is_(None))
        .order_by(col(Clock.due_at))
    )
    for row in rows:
        found.setdefault(row.clue_id, []).append(row)
    return found


def _line(at: tuple[Office, datetime], clue: Clue, clocks: list[Clock], actor: str) -> ClueLine:
    office, now = at
    state = office.rules.lifecycles["clue"].states[clue.state]
    return ClueLine(
        clue=clue,
        state=state.label,
        holder=office.rules.departments[clue.department_id].name,
        next_actor=actor,
        next_clock=clock_line(office, clocks[0], now) if clocks else None,
    )


def clock_line(office: Office, clock: Clock, now: datetime) -> ClockLine:
    """A clock with its light and article at `now`; an ended one has no light.

    `late` is derived from its moments, never stored: its end, or now, against `breach_at`. Nobody
    is late with a right (an appeal, a hearing asked for): it lapses.
    """
    rule = office.rules.deadlines[clock.rule]
    due = due_of(clock, office.rules, now)
    ended = clock.ended_at
    shown = None if ended else light(due, now, office.rules.calendar, clock.started_at)
    if rule.optional_right and shown == RED:
        shown = LAPSED
    return ClockLine(
        rule=clock.rule,
        label=rule.label,
        process=office.rules.lifecycles[clock.process_kind].label,
        owner=office.rules.departments[clock.owner_id].name,
        started_at=clock.started_at,
        due_at=due.at,
        breach_at=due.breach_at,
        provisional=due.provisional,
        paused=due.paused,
        light=shown,
        article=office.rules.cite(clock.basis),
        ended_at=ended,
        late=(ended or now) > due.breach_at and not due.paused and not rule.optional_right,
        is_right=rule.optional_right,
    )
