"""What a person's first page tells of the clues that wait for him, in one reading.

What waits is gathered once, and its limits are looked through once: which lines come first, and
how many are late, due today or new. `flows.lists.worklist` finds the same, one after another.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Integer,
    Select,
    String,
    True_,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlmodel import Session, col

from domain.lifecycle.awaited_chairs import Waiting, limits_ended_by, waiting_for
from domain.situation.situation import Actor
from domain.tables.columns import UTCDateTime
from domain.tables.process import Clue, Process
from flows.lists.list_filters import (
    AT,
    MINE,
    NOBODY_YET,
    OTHERS,
    Wanted,
    in_light,
    moments_of,
)
from flows.lists.list_queries import EARLIER, LIMIT, is_owned, precedes
from flows.lists.waiting_work import Ids, counted, reached_by, waiting_clues, ways_to_wait
from flows.lists.worklist import COUNTED, PAGE, Page, count_of, page_from, read_page
from flows.people.viewer import Viewer, anybody
from flows.people.visible_clues import once_a_chair, there_is, visible
from flows.rows.known_ids import Key
from flows.rows.statements import Statement, ask, numbers, told
from flows.site.office import Office

Seen = ColumnElement[bool] | None
"""The condition on a clue under which it is shown; None where it was asked before."""
FIRST, FIGURES = "first", ("red", "today", "new")
HERE = frozenset({"holder"})
"""The place of what lies with the person's own department."""


@dataclass(frozen=True)
class FirstPage:
    """A page of what waits, and of all that waits how much stands at a light: to `COUNTED`.

    `others`: how many open clues of his own department wait for others.
    """

    page: Page
    figures: Mapping[str, int]
    others: int = 0


def first_page(session: Session, viewer: Viewer, wanted: Wanted, *, others: bool) -> FirstPage:
    """The page wanted of what waits, with its figures; `others`: with that number, too."""
    office, actor = viewer.office, viewer.actor
    lent = [one.id for one in actor.acts_for if "handler" in one.roles]
    names = [actor.id, *lent] if wanted.whose == MINE else []
    told = {f"handler{place}": one for place, one in enumerate(names)}
    orders = [(_waiting(office, actor)(len(names)), {**vars(moments_of(viewer.now)), **told})]
    if others:
        orders.append((surely_for_others(office, actor), {}))
    rows, *more = ask(session.connection(), *orders)
    if wanted.light or wanted.after:
        page = read_page(session, viewer, wanted)
    else:
        limited = sorted((one.due_at, one.id, one.number) for one in rows if one.what == FIRST)
        page = page_from(session, viewer, wanted, [(one[2], *one[:2]) for one in limited])
    figures = {one.what: one.number for one in rows if one.what != FIRST}
    return FirstPage(page, figures, _others(session, viewer, more[0][0][0]) if more else 0)


def how_many_in(session: Session, viewer: Viewer, state: str) -> int:
    """How many open clues stand in a state: to `COUNTED`."""
    [surely] = numbers(session.connection(), (surely_in(viewer.office, viewer.actor)(state), {}))
    return surely if surely >= COUNTED else count_of(session, viewer, Wanted(state=state))


def _others(session: Session, viewer: Viewer, at_least: int) -> int:
    """Counted in full only where not as many as are told were found the short way."""
    if at_least >= COUNTED:
        return at_least
    wanted = Wanted(waits=OTHERS, department=viewer.actor.department)
    return count_of(session, viewer, wanted)


# --- statements ----------------------------------------------------------------------------------


@once_a_chair
def _waiting(office: Office, actor: Actor) -> Callable[[int], Statement]:
    """The first places of what waits and its figures, of what so many people handle; 0: of all.

    Rows of `what`: a place is a `number` of a clue, with the moment and id of its limit.
    """

    @cache
    def statement(people: int) -> Statement:
        names = [told(f"handler{place}", String()) for place in range(people)]
        parts = _handled(office, actor, names) if names else waiting_clues(office, actor)
        ids = union_all(*parts or [select(col(Clue.id)).where(false())]).cte("waiting")
        # Who handles it is asked as it is gathered; who may see it, of what is counted.
        seen = None if names else _asked(visible(office, actor))
        limits = _limits(office, actor, ids)
        found = [_first(office, actor, limits, seen)]
        found += [_figure(office, actor, limits, (light, seen)) for light in FIGURES]
        return Statement(union_all(*found), spelled=True)

    return statement


def _handled(office: Office, actor: Actor, names: Sequence[ColumnElement[str]]) -> list[Ids]:
    """`waiting_clues` that these people handle, or nobody yet, or that lie elsewhere."""
    states = office.rules.lifecycles["clue"].states
    waits = waiting_for(office.rules.of_clues, actor.roles)
    own = [one for one in waits if one.kind == "clue"]
    here = [one for one in own if one.places == HERE and not states[one.state].ended]
    handled = col(Clue.handler_id).in_([literal(NOBODY_YET), *names])
    among = or_(col(Clue.department_id) != actor.department, handled)
    shown = and_(among, visible(office, actor))

    def ways(table: type[Clue] | type[Process], waits: Iterable[Waiting]) -> Any:
        return ways_to_wait(table, waits, actor, office)

    elsewhere = ways(Clue, [one for one in own if one not in here])
    beside = ways(Process, [one for one in waits if one.kind != "clue"])
    ids, clue = select(col(Clue.id)), col(Process.clue_id)
    joined = select(clue).join(Clue, col(Clue.id) == clue)
    return [
        # Open and in one's own department: seen, and told out of one index.
        *(ids.where(one, col(Clue.ended_at).is_(None), handled) for one in ways(Clue, here)),
        *(ids.where(one, shown) for one in elsewhere),
        *(joined.where(one, shown) for one in beside),
    ]


def _limits(office: Office, actor: Actor, ids: CTE) -> CTE:
    """The running limits of these clues, as far as they order the person's lists."""
    who = anybody(office, actor)
    columns = ("id", "clue_id", "due_at", "breach_at", "paused", "started_at")
    waits: ColumnElement[bool] = col(LIMIT.clue_id).in_(select(ids.c[0]))
    if who.owner is not None:
        # In a CASE they are met along the department's limits, out of their index alone.
        waits = case((waits, true()), else_=false())
    return (
        select(*(col(getattr(LIMIT, one)) for one in columns))
        .where(col(LIMIT.ended_at).is_(None), is_owned(LIMIT, who), waits)
        .cte("limits")
    )


def _first(office: Office, actor: Actor, limits: CTE, seen: Seen) -> Select[Any]:
    order = select(limits).order_by(limits.c.due_at, limits.c.id).offset(0).subquery()
    rules = limits_ended_by(office.rules.lifecycles, actor.roles)
    is_preceded = exists().where(
        col(EARLIER.clue_id) == col(LIMIT.clue_id),
        col(EARLIER.ended_at).is_(None),
        is_owned(EARLIER, anybody(office, actor)),
        precedes(rules),
    )
    found = (
        select(col(LIMIT.clue_id).label("number"), col(LIMIT.due_at), col(LIMIT.id))
        .join(order, order.c.id == col(LIMIT.id))
        .where(~is_preceded, _is_seen(col(LIMIT.clue_id), seen))
        .order_by(order.c.due_at, order.c.id)
        .limit(PAGE + 1)
        .subquery()
    )
    return select(literal(FIRST).label("what"), found.c.number, found.c.due_at, found.c.id)


def _figure(office: Office, actor: Actor, limits: CTE, of: tuple[str, Seen]) -> Select[Any]:
    light, seen = of
    # Looked up limit by limit, until there are enough.
    earlier = select(col(EARLIER.id)).where(
        col(EARLIER.clue_id) == limits.c.clue_id,
        col(EARLIER.ended_at).is_(None),
        is_owned(EARLIER, anybody(office, actor)),
        tuple_(col(EARLIER.due_at), col(EARLIER.id)) < tuple_(limits.c.due_at, limits.c.id),
    )
    is_first = earlier.limit(1).scalar_subquery().is_(None)
    found = (
        select(limits.c.id)
        .where(*in_light(limits.c, light, AT), is_first, _is_seen(limits.c.clue_id, seen))
        .limit(COUNTED)
        .subquery()
    )
    nothing = cast(null(), UTCDateTime()), cast(null(), Integer())
    return select(literal(light), func.count(), *nothing).select_from(found)


def _asked(seen: ColumnElement[bool]) -> Seen:
    return None if isinstance(seen, True_) else seen


def _is_seen(clue: Key, seen: Seen) -> ColumnElement[bool]:
    if seen is None:
        return true()
    return select(col(Clue.id)).where(col(Clue.id) == clue, seen).scalar_subquery().is_not(None)


@once_a_chair
def surely_for_others(office: Office, actor: Actor) -> Statement:
    """Counts open clues of the department that surely wait for others: in none of his states."""
    lifecycle = office.rules.lifecycles["clue"]
    waits = waiting_for(office.rules.of_clues, actor.roles)
    own = {one.state for one in waits if one.kind == "clue"}
    states = [key for key, one in lifecycle.states.items() if not one.ended and key not in own]
    beside = [one for one in waits if one.kind != "clue"]
    waiting = there_is(
        Process, col(Process.clue_id) == col(Clue.id), reached_by(Process, beside, actor, office)
    )
    query = select(col(Clue.id)).where(
        col(Clue.state).in_(states),
        col(Clue.department_id) == actor.department,
        col(Clue.ended_at).is_(None),
        visible(office, actor),
        ~waiting,
    )
    return counted([query], COUNTED)


@once_a_chair
def surely_in(office: Office, actor: Actor) -> Callable[[str], Statement]:
    """Counts open clues in a state that surely are in a person's list: of his department, if any.

    Who has no department of his own to look at has all that he sees.
    """
    owner = anybody(office, actor).owner

    @cache
    def statement(state: str) -> Statement:
        query = select(col(Clue.id)).where(
            col(Clue.state) == state, col(Clue.ended_at).is_(None), visible(office, actor)
        )
        if owner is not None:
            query = query.where(col(Clue.department_id) == owner)
        return counted([query], COUNTED)

    return statement
