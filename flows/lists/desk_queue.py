"""The queue of a desk, item by item: since when, until when, what to read, what to do.

An item is a clue or a process beside one, ordered by the limit that its expected step ends. The
page is read along the limits, and what has none after them: what waits further on costs nothing.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    and_,
    case,
    exists,
    false,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from domain.lifecycle.awaited_chairs import limits_ended_by, waiting_for
from domain.situation.situation import Actor
from domain.tables.process import Clock, Clue, Process
from flows.lists.desk_item import QueueItem, QueueRows
from flows.lists.list_queries import EARLIER, LIMIT, limit_alias, precedes
from flows.lists.waiting_work import Ids, Ways, counted, once_each, ways_to_wait
from flows.people.viewer import Viewer
from flows.people.visible_clues import once_a_chair, there_is, visible
from flows.rows.statements import Order, Statement, ask, numbers, told
from flows.site.office import Office

PAGE, COUNTED = 15, 300
BEFORE_DECISION = ("noticed", "heard")
Key = tuple[str, int, int]
"""Kind, id and clue of a thing."""
SAME_THING = ("clue_id", "process_kind", "process_id")
NEAR = limit_alias()


@dataclass(frozen=True)
class QueuePage:
    """A page of what waits, what is due first on top; `count`: no further than `COUNTED`."""

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
    queue = _queues(viewer.office, viewer.actor)(held, asked.kind)
    [count] = numbers(session.connection(), (queue.count, {}))
    # Where nothing waits, no limit is that of something that does: they are not looked through.
    found = _page(session, queue, asked.number) if count else []
    rows = QueueRows(session, viewer, held, found[:PAGE])
    return QueuePage(tuple(map(rows.waiter, found[:PAGE])), count, len(found) > PAGE)


def _page(session: Session, queue: "_Queue", number: int) -> list[Key]:
    """The things of a page and one more."""
    start = (number - 1) * PAGE
    end = start + PAGE + 1
    limited = _keys(session, (queue.limited, {"most": end}))
    found = limited[start:]
    if len(limited) < end and queue.limitless is not None:
        skip, size = max(0, start - len(limited)), end - start - len(found)
        values = {"most": skip + size, "skip": skip, "size": size}
        found += _keys(session, (queue.limitless, values))
    return found


def _keys(session: Session, order: Order) -> list[Key]:
    [rows] = ask(session.connection(), order)
    return [(str(kind), int(key), int(clue)) for kind, key, clue in rows]


def in_queue(office: Office, actor: Actor, held: frozenset[str], kind: str = "") -> list[Ids]:
    """Queries for the ids of the clues, and of the processes beside them, that wait there."""
    clues, beside = _ways(office, actor, held, kind)
    seen = visible(office, actor)
    return [
        *(select(col(Clue.id)).where(one, seen) for one in once_each(clues)),
        *(select(col(Process.id)).where(one) for one in once_each(beside)),
    ]


@dataclass(frozen=True)
class _Queue:
    """A queue's queries: what has a running limit, in its order; what has none; and how much."""

    limited: Statement
    limitless: Statement | None
    count: Statement


@once_a_chair
def _queues(office: Office, actor: Actor) -> Callable[[frozenset[str], str], _Queue]:
    """The queries by chairs and kind, each put together once."""

    @cache
    def queue(held: frozenset[str], kind: str) -> _Queue:
        limited = _with_limit(office, actor, held, kind).limit(told("most", Integer()))
        limitless = _limitless(office, actor, held, kind)
        return _Queue(
            Statement(limited, spelled=True),
            Statement(_without_limit(limitless), spelled=True) if limitless else None,
            counted(in_queue(office, actor, held, kind), COUNTED),
        )

    return queue


def _ways(
    office: Office, actor: Actor, held: frozenset[str], kind: str, process: type[Process] = Process
) -> tuple[Ways, Ways]:
    """The conditions on clues and on processes under which they wait: one for each state."""
    waits = [one for one in waiting_for(office.rules.of_clues, held) if kind in {"", one.kind}]
    clues: Ways = []
    beside: Ways = []
    for one in waits:
        if one.kind == "clue":
            clues += ways_to_wait(Clue, [one], actor, office)
        else:
            beside += ways_to_wait(process, [one], actor, office)
    if "principal" in held and kind in {"", "case"}:
        beside.append(_to_be_discussed(process, actor.department))
    return clues, beside


def _with_limit(office: Office, actor: Actor, held: frozenset[str], kind: str) -> Select[Any]:
    """Each thing once, by the limit that a step for these chairs ends, else by its earliest."""
    clues, beside = _ways(office, actor, held, kind)
    process = aliased(Process)
    way = or_(false(), *_ways(office, actor, held, kind, process)[1])
    none = select(col(Clue.id)).where(false())
    own = union_all(none, *(select(col(Clue.id)).where(one) for one in clues)).cte("own")
    own_ids = select(own.c[0])
    others: list[Ids] = [none, *(select(col(Process.clue_id)).where(one) for one in beside)]
    # In a CASE it is looked up limit by limit, in their order, and not joined with all of them;
    # out of the index alone, for what waits may have no limits at all.
    is_near = case((col(NEAR.clue_id).in_(union_all(own_ids, *others)), true()), else_=false())
    near = (
        select(col(NEAR.id), col(NEAR.due_at))
        .where(col(NEAR.ended_at).is_(None), is_near)
        .order_by(col(NEAR.due_at), col(NEAR.id))
        .offset(0)
        .subquery()
    )
    is_seen = select(col(Clue.id)).where(col(Clue.id) == col(LIMIT.clue_id), visible(office, actor))
    waits = case(
        (
            col(LIMIT.process_kind) == "clue",
            and_(col(LIMIT.clue_id).in_(own_ids), is_seen.scalar_subquery().is_not(None)),
        ),
        else_=there_is(process, col(process.id) == col(LIMIT.process_id), way),
    )
    same = (col(getattr(EARLIER, one)) == col(getattr(LIMIT, one)) for one in SAME_THING)
    rules = limits_ended_by(office.rules.lifecycles, held)
    is_preceded = exists().where(*same, col(EARLIER.ended_at).is_(None), precedes(rules))
    return (
        select(col(LIMIT.process_kind), col(LIMIT.process_id), col(LIMIT.clue_id))
        .join(near, near.c.id == col(LIMIT.id))
        .where(waits, ~is_preceded)
        .order_by(near.c.due_at, near.c.id)
    )


def _without_limit(parts: Sequence[Select[Any]]) -> Select[Any]:
    """The rest of what waits, in the order of its clues; `parts`: those of each state.

    `size` of it, after `skip`: of each part so many are looked at as `most` says.
    """
    most, skip, size = (told(one, Integer()) for one in ("most", "skip", "size"))
    few = [one.order_by("clue_id", "id").limit(most).subquery() for one in parts]
    found = union_all(*(select(one) for one in few)).subquery()
    order = (found.c.clue_id, found.c.id)
    return select(found).order_by(*order).offset(skip).limit(size)


def _limitless(office: Office, actor: Actor, held: frozenset[str], kind: str) -> list[Select[Any]]:
    """Queries for what waits in each state and has no running limit: kind, id and clue."""
    clues, beside = _ways(office, actor, held, kind)
    number = col(Clue.id)
    own: Select[Any] = select(
        literal("clue").label("kind"), number.label("id"), number.label("clue_id")
    )
    others: Select[Any] = select(
        col(Process.kind).label("kind"),
        col(Process.id).label("id"),
        col(Process.clue_id).label("clue_id"),
    )
    of_clue = _runs("clue", number, number)
    of_process = _runs(col(Process.kind), col(Process.id), col(Process.clue_id))
    parts = [own.where(one, ~of_clue, visible(office, actor)) for one in once_each(clues)]
    return [*parts, *(others.where(one, ~of_process) for one in once_each(beside))]


def _runs(
    kind: SQLColumnExpression[str] | str,
    key: SQLColumnExpression[Any],
    clue: SQLColumnExpression[Any],
) -> ColumnElement[bool]:
    """Whether a limit of a thing is running, asked thing by thing."""
    return (
        select(col(Clock.id))
        .where(
            col(Clock.clue_id) == clue,
            col(Clock.process_kind) == kind,
            col(Clock.process_id) == key,
            col(Clock.ended_at).is_(None),
        )
        .limit(1)
        .scalar_subquery()
        .is_not(None)
    )


def _to_be_discussed(process: type[Process], department: str) -> ColumnElement[bool]:
    """The cases whose decision waits for the heads to discuss it."""
    discussed = col(process.facts)["discussed"].as_boolean()
    return and_(
        col(process.kind) == "case",
        col(process.state).in_(BEFORE_DECISION),
        col(process.department_id) == department,
        col(process.facts)["notice_right"].as_string() == "hearing",
        or_(discussed.is_(None), discussed.is_(False)),
    )
