"""The queue of a desk, item by item: since when, until when, what to read, what to do.

An item is a clue or a process beside one, ordered by the limit that its expected step ends.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    ColumnElement,
    ScalarSelect,
    SQLColumnExpression,
    and_,
    func,
    literal,
    or_,
    union_all,
)
from sqlmodel import Session, col, select

from domain.lifecycle.awaited_chairs import Waiting, limits_ended_by, waiting_for
from domain.situation.situation import Actor
from domain.tables.process import Clock, Clue, Process
from flows.lists.desk_item import QueueItem, QueueRows
from flows.lists.waiting_work import waits_here
from flows.people.viewer import Viewer
from flows.people.visible_clues import visible
from flows.site.office import Office

PAGE = 15
BEFORE_DECISION = ("noticed", "heard")


@dataclass(frozen=True)
class QueuePage:
    """A page of what waits, what is due first on top."""

    lines: tuple[QueueItem, ...]
    count: int
    more: bool


@dataclass(frozen=True)
class QueueFilter:
    """For which chairs, and which part of what waits for them."""

    roles: frozenset[str]
    kind: str = ""
    number: int = 1


def desk_queue(session: Session, viewer: Viewer, asked: QueueFilter) -> QueuePage:
    """What waits for a person in these chairs of his."""
    held = asked.roles & viewer.actor.roles
    clues, processes = _conditions(viewer, held, asked.kind)
    rules = limits_ended_by(viewer.office.rules.lifecycles, held)
    found = union_all(
        select(
            literal("clue").label("kind"),
            col(Clue.id).label("id"),
            col(Clue.id).label("clue_id"),
            _due("clue", col(Clue.id), col(Clue.id), rules).label("due"),
        ).where(clues),
        select(
            col(Process.kind).label("kind"),
            col(Process.id).label("id"),
            col(Process.clue_id).label("clue_id"),
            _due(col(Process.kind), col(Process.id), col(Process.clue_id), rules).label("due"),
        ).where(processes),
    ).subquery()
    due = found.c.due
    rows = session.execute(
        select(found.c.kind, found.c.id, found.c.clue_id)
        .order_by(due.is_(None), due, found.c.clue_id, found.c.id)
        .offset((asked.number - 1) * PAGE)
        .limit(PAGE + 1)
    ).all()
    keys = [(str(kind), int(key), int(clue)) for kind, key, clue in rows[:PAGE]]
    desk = QueueRows(session, viewer, held, keys)
    count = sum(
        session.exec(select(func.count()).select_from(table).where(condition)).one()
        for table, condition in ((Clue, clues), (Process, processes))
    )
    return QueuePage(tuple(map(desk.waiter, keys)), count, len(rows) > PAGE)


def beside_in_queue(
    office: Office, actor: Actor, held: frozenset[str], kind: str = ""
) -> ColumnElement[bool]:
    """The condition on processes beside clues that they wait for a person in these chairs."""
    found = waits_here(office, actor, _wanted(office, held, kind))[1]
    if "principal" in held and kind in {"", "case"}:
        found = or_(found, _to_be_discussed(actor.department))
    return found


def _wanted(office: Office, held: frozenset[str], kind: str) -> list[Waiting]:
    return [one for one in waiting_for(office.rules.of_clues, held) if kind in {"", one.kind}]


def _conditions(
    viewer: Viewer, held: frozenset[str], kind: str
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    office, actor = viewer.office, viewer.actor
    clues = waits_here(office, actor, _wanted(office, held, kind))[0]
    return and_(clues, visible(office, actor)), beside_in_queue(office, actor, held, kind)


def _to_be_discussed(department: str) -> ColumnElement[bool]:
    """The cases whose decision waits for the heads to discuss it."""
    discussed = col(Process.facts)["discussed"].as_boolean()
    return and_(
        col(Process.kind) == "case",
        col(Process.state).in_(BEFORE_DECISION),
        col(Process.department_id) == department,
        col(Process.facts)["notice_right"].as_string() == "hearing",
        or_(discussed.is_(None), discussed.is_(False)),
    )


def _due(
    kind: SQLColumnExpression[object] | str,
    key: SQLColumnExpression[object],
    clue: SQLColumnExpression[object],
    rules: frozenset[str],
) -> ColumnElement[datetime]:
    """When the limit is due that the step ends; the earliest of the thing, where it ends none."""

    def earliest(*more: ColumnElement[bool]) -> ScalarSelect[datetime]:
        return (
            select(func.min(col(Clock.due_at)))
            .where(
                col(Clock.clue_id) == clue,
                col(Clock.process_kind) == kind,
                col(Clock.process_id) == key,
                col(Clock.ended_at).is_(None),
                *more,
            )
            .scalar_subquery()
        )

    return func.coalesce(earliest(col(Clock.rule).in_(rules)), earliest())
