"""Inspections as their lists show them: today's, and those that wait for a head."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from sqlalchemy import ColumnElement, func, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from domain.limits.limit import day_of
from domain.situation.situation import CHINA
from domain.tables.process import Process
from domain.tables.undertaking import Undertaking
from domain.undertakings.visit import ON_SITE
from domain.visits.frequency import Frequency
from flows.people.viewer import Viewer
from flows.rows.statements import Order, Statement
from flows.visits.caps import CapInForce, CapState, caps_in_force, tightest, visited
from flows.visits.frequency import frequency
from flows.visits.recognisable import recognisable

KIND = "visit"
AWAITED = ("noticed", "urgent", "entered", "off_site", "gathered")
"""States in which officers are on their way, or have not told what they found."""
MOST = 200
MOST_KEPT = 500
"""Departments and days whose statement is kept: every page asks, in its menu."""


@dataclass(frozen=True)
class Doorstep:
    """One inspection as who goes there needs it; `at`: when, where that was told.

    `own`: the finding of the viewer's department and its state; None where it has none.
    """

    row: Undertaking
    at: datetime | None
    late: bool
    state: str
    matters: tuple[str, ...]
    own: Process | None


def doorsteps(session: Session, viewer: Viewer) -> list[Doorstep]:
    """The inspections that the viewer's department has to make today, or is late with."""
    today = day_of(viewer.now)
    department = viewer.actor.department
    due = _due(department, f"{today}").order_by(col(Undertaking.id)).limit(MOST)
    rows = session.exec(due).all()
    own = _findings(session, rows, department)
    found = [_doorstep(viewer, one, own.get(one.id or 0), today) for one in rows]
    return sorted(found, key=lambda one: (one.at is None, one.at))


def due_today(viewer: Viewer) -> Order:
    """How many inspections `doorsteps` would show."""
    return _due_count(viewer.actor.department, f"{day_of(viewer.now)}"), {}


@lru_cache(maxsize=MOST_KEPT)
def _due_count(department: str, today: str) -> Statement:
    return Statement(select(func.count()).select_from(_due(department, today).subquery()))


def _due(department: str, today: str) -> SelectOfScalar[Undertaking]:
    """What is to be made today, or was to be; where no day was told, today."""
    told = func.nullif(col(Undertaking.facts)["visit_on"].as_string(), "")
    return select(Undertaking).where(
        col(Undertaking.kind) == KIND,
        col(Undertaking.state).in_(AWAITED),
        _takes_part(department),
        func.substr(func.coalesce(told, today), 1, 10) <= today,
    )


def _doorstep(viewer: Viewer, row: Undertaking, own: Process | None, today: date) -> Doorstep:
    rules, told = viewer.office.rules, row.facts.get("visit_on")
    at = datetime.fromisoformat(str(told)).astimezone(CHINA) if told else None
    state = rules.lifecycles[KIND].states[row.state].label
    matters = tuple(rules.matters[one].name for one in row.facts.get("matters") or ())
    late = at is not None and at.date() < today and row.state == "noticed"
    return Doorstep(row, at, late, state, matters, own)


def _takes_part(department: str) -> ColumnElement[bool]:
    has = select(Process.clue_id).where(
        col(Process.kind) == "finding",
        col(Process.department_id) == department,
        col(Process.state) != "called_off",
    )
    return or_(col(Undertaking.department_id) == department, col(Undertaking.id).in_(has))


def _findings(session: Session, rows: Sequence[Undertaking], department: str) -> dict[int, Process]:
    query = select(Process).where(
        col(Process.clue_id).in_([one.id for one in rows]),
        col(Process.kind) == "finding",
        col(Process.department_id) == department,
    )
    return {one.clue_id: one for one in session.exec(query)}


@dataclass(frozen=True)
class Asked:
    """What the head is asked: to approve an inspection, or to let his organ take part in one.

    `finding`: the process to agree to; 0 where the inspection itself is approved. `results`: other
    departments' results that may stand for it.
    """

    row: Undertaking
    finding: int
    organ: str
    frequency: Frequency
    cap: CapState | None
    results: tuple[str, ...] = ()

    @property
    def may_be_picked(self) -> bool:
        """Whether it may be approved with others: what needs a reason is looked at by itself."""
        reached = self.cap is not None and self.cap.is_reached
        return not self.row.facts.get("open_elsewhere") and not reached


def asked_of(session: Session, viewer: Viewer) -> list[Asked]:
    """The inspections that wait for the head of the viewer's organ, oldest first."""
    caps = caps_in_force(session, viewer.office, day_of(viewer.now))
    return [
        _asked_with(session, viewer, caps, row, number)
        for row, number in _asked(session, viewer.actor.department)
    ]


def _asked_with(
    session: Session, viewer: Viewer, caps: list[CapInForce], row: Undertaking, finding: int
) -> Asked:
    own, rules = viewer.actor.department, viewer.office.rules
    key = str(row.facts.get("subject_key"))
    times = frequency(session, key, own, day_of(viewer.now))
    return Asked(
        row=row,
        finding=finding,
        organ=rules.departments[row.department_id].name,
        frequency=times,
        cap=tightest(session, caps, visited(session, row, own, times)),
        results=() if finding else _results(session, viewer, row),
    )


def _results(session: Session, viewer: Viewer, row: Undertaking) -> tuple[str, ...]:
    if row.facts.get("kind") == "single" or row.facts.get("way") != ON_SITE:
        return ()
    subject = str(row.facts.get("subject_key"))
    found = recognisable(session, viewer.office, row, subject, day_of(viewer.now))
    return tuple(f"{one['部门']}{one['检查日期']}（{one['编号']}）" for one in found)


def asked_today(viewer: Viewer) -> Order:
    """How many inspections `asked_of` would show."""
    return _asked_count(viewer.actor.department), {}


@lru_cache(maxsize=MOST_KEPT)
def _asked_count(own: str) -> Statement:
    counted = (_planned(own), _asked_along(own))
    each = [select(func.count()).select_from(one.subquery()) for one in counted]
    return Statement(select(each[0].scalar_subquery() + each[1].scalar_subquery()))


def _asked(session: Session, own: str) -> list[tuple[Undertaking, int]]:
    rows = session.exec(_planned(own).order_by(col(Undertaking.id)).limit(MOST))
    asked = _asked_along(own).add_columns(col(Process.id)).limit(MOST)
    return [*((one, 0) for one in rows), *((row, number) for row, number in session.execute(asked))]


def _planned(own: str) -> SelectOfScalar[Undertaking]:
    return select(Undertaking).where(
        col(Undertaking.kind) == KIND,
        col(Undertaking.state) == "planned",
        col(Undertaking.department_id) == own,
    )


def _asked_along(own: str) -> SelectOfScalar[Undertaking]:
    return (
        select(Undertaking)
        .join(Process, col(Process.clue_id) == col(Undertaking.id))
        .where(
            col(Process.kind) == "finding",
            col(Process.state) == "asked",
            col(Process.department_id) == own,
        )
    )
