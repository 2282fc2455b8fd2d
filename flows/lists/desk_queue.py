"""The queue of a desk, item by item: since when, until when, what to read, what to do.

An item is a clue or a process beside one, ordered by the limit that its expected step ends. The
page is read along the limits, and what has none after them: what waits further on costs nothing.
Where most of it has no limit, limits are looked up, and not walked along.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    SelectBase,
    SQLColumnExpression,
    and_,
    case,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from domain.lifecycle.awaited_chairs import Waiting, limits_ended_by, waiting_for
from domain.situation.situation import Actor
from domain.tables.process import Clock, Clue, Process
from flows.lists.desk_item import QueueItem, QueueRows
from flows.lists.list_queries import EARLIER, LIMIT, limit_alias, precedes
from flows.lists.waiting_work import Ids, Ways, once_each, ways_to_wait
from flows.people.viewer import Viewer
from flows.people.visible_clues import once_a_chair, there_is, visible
from flows.rows.statements import Statement, ask
from flows.site.office import Office

PAGE, COUNTED = 15, 300
BEFORE_DECISION = ("noticed", "heard")
Key = tuple[str, int, int]
"""Kind, id and clue of a thing."""
SAME_THING = ("clue_id", "process_kind", "process_id")
CLUE = "clue"
NEAR, OTHER = limit_alias(), limit_alias()
BESIDE = aliased(Process)
"""Another name for processes: that of which a limit is asked."""


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
    [[[count, limited]]] = ask(session.connection(), (queue.count, {}))
    # Where nothing waits, no limit is that of something that does: they are not looked through.
    walks = count >= COUNTED and limited > count // 2
    found = _page(session, queue, asked.number, walks=walks) if count else []
    rows = QueueRows(session, viewer, held, found[:PAGE])
    return QueuePage(tuple(map(rows.waiter, found[:PAGE])), count, len(found) > PAGE)


def _page(session: Session, queue: "_Queue", number: int, *, walks: bool) -> list[Key]:
    """The things of a page and one more."""
    start = (number - 1) * PAGE
    end = start + PAGE + 1
    limited = _keys(session, queue.limited(_reach(end), walks))[:end]
    found = limited[start:]
    if len(limited) < end:
        skip, size = max(0, start - len(limited)), end - start - len(found)
        found += _keys(session, queue.limitless(_reach(skip + size)))[skip : skip + size]
    return found


def _reach(wanted: int) -> int:
    """How many are read where so many are wanted: a few numbers, each with a statement of its own.

    PostgreSQL would make a plan for a tenth of all that waits where the number is told later.
    """
    return max(16, 1 << (wanted - 1).bit_length())


def _keys(session: Session, statement: Statement) -> list[Key]:
    [rows] = ask(session.connection(), (statement, {}))
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
    """A queue's statements, by how many they find; all their values stand in them.

    `limited`: what has a running limit, in its order, walked along all limits or not; `limitless`:
    what has none; `count`: how many wait, to `COUNTED`, and how many of these have a limit.
    """

    limited: Callable[[int, bool], Statement]
    limitless: Callable[[int], Statement]
    count: Statement


@once_a_chair
def _queues(office: Office, actor: Actor) -> Callable[[frozenset[str], str], _Queue]:
    """The queries by chairs and kind, each put together once."""

    @cache
    def queue(held: frozenset[str], kind: str) -> _Queue:
        waits, parts = _for_limits(office, actor, held, kind), _parts(office, actor, held, kind)

        @cache
        def limited(reach: int, walks: bool) -> Statement:
            near = _walked(waits) if walks else _looked_up(waits)
            return _spelled(_with_limit(office, actor, held, near, waits).limit(reach))

        @cache
        def limitless(reach: int) -> Statement:
            return _spelled(_without_limit(parts, reach))

        return _Queue(limited, limitless, _spelled(_counted(parts)))

    return queue


def _spelled(query: Select[Any]) -> Statement:
    return Statement(query, spelled=True)


def _ways(
    office: Office, actor: Actor, held: frozenset[str], kind: str, process: type[Process] = Process
) -> tuple[Ways, Ways]:
    """The conditions on clues and on processes under which they wait: one for each state."""
    clues: Ways = []
    beside: Ways = []
    for one in _waits(office, held, kind):
        if one.kind == CLUE:
            clues += ways_to_wait(Clue, [one], actor, office)
        else:
            beside += ways_to_wait(process, [one], actor, office)
    if _discusses(held, kind):
        beside.append(_to_be_discussed(process, actor.department))
    return clues, beside


def _waits(office: Office, held: frozenset[str], kind: str) -> list[Waiting]:
    return [one for one in waiting_for(office.rules.of_clues, held) if kind in {"", one.kind}]


def _discusses(held: frozenset[str], kind: str) -> bool:
    return "principal" in held and kind in {"", "case"}


# --- what has a running limit --------------------------------------------------------------------


@dataclass(frozen=True)
class _Waits:
    """The ways to wait in a queue: of clues, of processes of some kinds, and of `BESIDE`."""

    clues: Ways
    processes: Ways
    of_limit: Ways
    kinds: tuple[str, ...]


def _for_limits(office: Office, actor: Actor, held: frozenset[str], kind: str) -> _Waits:
    clues, beside = _ways(office, actor, held, kind)
    kinds = {one.kind for one in _waits(office, held, kind)} - {CLUE}
    kinds |= {"case"} if _discusses(held, kind) else set()
    of_limit = _ways(office, actor, held, kind, BESIDE)[1]
    return _Waits(clues, beside, of_limit, tuple(sorted(kinds)))


def _with_limit(
    office: Office, actor: Actor, held: frozenset[str], near: SelectBase, waits: _Waits
) -> Select[Any]:
    """Each thing once, by the limit that a step for these chairs ends, else by its earliest.

    `near`: ids and due moments of limits among which are all that are asked for.
    """
    order = near.subquery()
    is_seen = select(col(Clue.id)).where(col(Clue.id) == col(LIMIT.clue_id), visible(office, actor))
    its_own = col(BESIDE.id) == col(LIMIT.process_id)
    is_shown = case(
        # That a clue itself waits is asked where its limit is found.
        (col(LIMIT.process_kind) == CLUE, is_seen.scalar_subquery().is_not(None)),
        else_=there_is(BESIDE, its_own, or_(false(), *waits.of_limit)),
    )
    same = (col(getattr(EARLIER, one)) == col(getattr(LIMIT, one)) for one in SAME_THING)
    rules = limits_ended_by(office.rules.lifecycles, held)
    is_preceded = exists().where(*same, col(EARLIER.ended_at).is_(None), precedes(rules))
    return (
        select(col(LIMIT.process_kind), col(LIMIT.process_id), col(LIMIT.clue_id))
        .join(order, order.c.id == col(LIMIT.id))
        # Who may see it is asked last, of what has its place by this limit.
        .where(case((is_preceded, false()), else_=is_shown))
        .order_by(order.c.due_at, order.c.id)
    )


def _walked(waits: _Waits) -> Select[Any]:
    """The limits of clues that wait, and of clues beside which something does, in their order.

    Each is looked at by itself, out of the index alone: no further than somebody reads.
    """
    clues, others = _clues(waits), _others(waits)
    is_near = case(
        (col(NEAR.process_kind) == CLUE, col(NEAR.clue_id).in_(clues)),
        (col(NEAR.process_kind).in_(waits.kinds), col(NEAR.clue_id).in_(others)),
        else_=false(),
    )
    running = col(NEAR.ended_at).is_(None)
    query = select(col(NEAR.id), col(NEAR.due_at)).where(running, is_near)
    return query.order_by(col(NEAR.due_at), col(NEAR.id)).offset(0)


def _looked_up(waits: _Waits) -> CompoundSelect[Any]:
    """The same limits, gathered by what waits.

    Those of clues by the clues, those of processes among all limits of such processes, which are
    few.
    """
    found: Select[Any] = select(col(NEAR.id).label("id"), col(NEAR.due_at).label("due_at"))
    found = found.where(col(NEAR.ended_at).is_(None))
    of_kind = col(NEAR.process_kind).in_(waits.kinds)
    both = union_all(
        found.where(col(NEAR.process_kind) == CLUE, col(NEAR.clue_id).in_(_clues(waits))),
        found.where(of_kind, col(NEAR.clue_id).in_(_that_have_some(waits))),
    )
    return both.order_by("due_at", "id").offset(0)


def _clues(waits: _Waits) -> CompoundSelect[Any]:
    return _together([select(col(Clue.id)).where(one) for one in waits.clues])


def _others(waits: _Waits) -> CompoundSelect[Any]:
    return _together([select(col(Process.clue_id)).where(one) for one in waits.processes])


def _together(parts: list[Ids]) -> CompoundSelect[Any]:
    return union_all(select(col(Clue.id)).where(false()), *parts)


def _that_have_some(waits: _Waits) -> Select[Any]:
    """The clues beside which something waits, and any process of these kinds has a limit.

    In a CASE all these limits are read once, and not looked up for each of fifty thousand clues.
    """
    found = _others(waits).subquery()
    limits = select(col(OTHER.clue_id)).where(
        col(OTHER.ended_at).is_(None), col(OTHER.process_kind).in_(waits.kinds)
    )
    has_one = case((found.c[0].in_(limits), true()), else_=false())
    return select(found.c[0]).where(has_one)


# --- all that waits, with or without --------------------------------------------------------------


def _without_limit(parts: Sequence[Select[Any]], most: int) -> Select[Any]:
    """The first of what waits and has no running limit, in the order of its clues."""
    limitless = (one.where(one.selected_columns.running.is_(None)) for one in parts)
    few = [one.order_by("clue_id", "id").limit(most).subquery() for one in limitless]
    found = union_all(*(select(*one.c[:3]) for one in few)).subquery()
    return select(found).order_by(found.c.clue_id, found.c.id).limit(most)


def _counted(parts: Sequence[Select[Any]]) -> Select[Any]:
    few = [select(one.limit(COUNTED).subquery()) for one in parts]
    found = union_all(*few).limit(COUNTED).subquery()
    return select(func.count(), func.count(found.c.running))


def _parts(office: Office, actor: Actor, held: frozenset[str], kind: str) -> list[Select[Any]]:
    """Queries for what waits in each state: kind, id, clue, and a limit that runs."""
    clues, beside = _ways(office, actor, held, kind)
    number = col(Clue.id)
    own: Select[Any] = select(
        literal(CLUE).label("kind"),
        number.label("id"),
        number.label("clue_id"),
        _running(CLUE, number, number),
    )
    others: Select[Any] = select(
        col(Process.kind).label("kind"),
        col(Process.id).label("id"),
        col(Process.clue_id).label("clue_id"),
        _running(col(Process.kind), col(Process.id), col(Process.clue_id)),
    )
    parts = [own.where(one, visible(office, actor)) for one in once_each(clues)]
    parts += [others.where(one) for one in once_each(beside)]
    return parts or [own.where(false())]


def _running(
    kind: SQLColumnExpression[str] | str,
    key: SQLColumnExpression[Any],
    clue: SQLColumnExpression[Any],
) -> ColumnElement[Any]:
    """A running limit of a thing, if there is one, asked thing by thing."""
    limit = select(col(Clock.id)).where(
        col(Clock.clue_id) == clue,
        col(Clock.process_kind) == kind,
        col(Clock.process_id) == key,
        col(Clock.ended_at).is_(None),
    )
    return limit.limit(1).scalar_subquery().label("running")


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
