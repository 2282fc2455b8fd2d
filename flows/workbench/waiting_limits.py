"""The limits of what waits for a person: which come first, and how many stand at a light.

Of a few clues the limits are looked up. Where many wait all limits are walked along, what is due
first ahead, until enough are found; what began or ends today is read along its own index.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
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
from sqlmodel import col

from domain.lifecycle.awaited_chairs import Waiting, limits_ended_by, waiting_for
from domain.situation.situation import Actor
from domain.tables.columns import UTCDateTime
from domain.tables.process import Clue, Process
from flows.lists.list_filters import AT, NOBODY_YET, in_light
from flows.lists.list_queries import EARLIER, LIMIT, is_owned, limit_alias, precedes
from flows.lists.waiting_work import Ids, waiting_clues, ways_to_wait
from flows.lists.worklist import COUNTED, PAGE
from flows.people.viewer import Viewer, anybody
from flows.people.visible_clues import once_a_chair, visible
from flows.rows.known_ids import Key, among_told
from flows.rows.statements import Statement, told
from flows.site.office import Office

Seen = ColumnElement[bool] | None
"""The condition on a clue under which it is shown; None where it was asked before."""
FIRST, FIGURES = "first", ("red", "today", "new")
HERE = frozenset({"holder"})
"""The place of what lies with the person's own department."""
FEW = 1000
"""The limits of so many clues are looked up one by one."""
WALKED = limit_alias()
"""The limits that are walked along, of which no more is read than their index tells."""
PLACED = ("id", "clue_id", "due_at")
LIT = (*PLACED, "breach_at", "paused", "started_at")


@dataclass(frozen=True)
class WaitingLimits:
    """Statements about what so many people handle, or nobody; of nobody by name: about all.

    `gathered`: how many clues wait, to one more than `FEW`, and their ids. `of_few` and `rest` are
    told these, `of_many` is not: rows of `what`, a light with its `number`, or a first place with
    the `number` of a clue, the moment and the id of its limit; and what has no limit.
    """

    gathered: Statement
    of_few: Statement
    rest: Statement
    of_many: Statement


@once_a_chair
def waiting_limits(office: Office, actor: Actor) -> Callable[[int], WaitingLimits]:
    """The statements of a chair, by the number of people who are named."""

    @cache
    def statements(people: int) -> WaitingLimits:
        names = [told(f"handler{place}", String()) for place in range(people)]
        parts = _handled(office, actor, names) if names else waiting_clues(office, actor)
        # Who handles it is asked as it is gathered; who may see it, of what is counted.
        seen = None if names else _needed(visible(office, actor))
        ids = union_all(*parts or [select(col(Clue.id)).where(false())])
        asked = _Asked(office, actor, seen)
        clauses = (_gathered(ids), _of_few(asked), _rest(asked), _of_many(asked, ids))
        return WaitingLimits(*(Statement(one, spelled=True, steady=True) for one in clauses))

    return statements


@dataclass(frozen=True)
class _Asked:
    """For whom it is asked, and what of a clue is asked before it is counted."""

    office: Office
    actor: Actor
    seen: Seen

    @property
    def viewer(self) -> Viewer:
        """The person's chair as lists know it."""
        return anybody(self.office, self.actor)

    @property
    def walked(self) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        """The conditions on a limit of his list that runs."""
        return col(WALKED.ended_at).is_(None), is_owned(WALKED, self.viewer)

    def is_seen(self, clue: Key) -> ColumnElement[bool]:
        """Whether the person sees the clue of this id."""
        if self.seen is None:
            return true()
        found = select(col(Clue.id)).where(col(Clue.id) == clue, self.seen)
        return found.scalar_subquery().is_not(None)


def _needed(seen: ColumnElement[bool]) -> Seen:
    return None if isinstance(seen, True_) else seen


# --- which clues wait -----------------------------------------------------------------------------


def _gathered(ids: CompoundSelect[Any]) -> Select[Any]:
    few = ids.limit(FEW + 1).subquery()
    return select(
        func.count().label("number"),
        func.aggregate_strings(cast(few.c[0], String), ",").label("ids"),
    )


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


# --- of a few -------------------------------------------------------------------------------------


def _of_few(asked: _Asked) -> CompoundSelect[Any]:
    limits = (
        select(*(col(getattr(LIMIT, one)) for one in LIT))
        .where(
            among_told(col(LIMIT.clue_id), "ids"),
            col(LIMIT.ended_at).is_(None),
            is_owned(LIMIT, asked.viewer),
        )
        .cte("limits")
    )
    lit = (_figure(asked, limits, one, in_light(limits.c, one, AT)) for one in FIGURES)
    return union_all(_first(asked, limits), *lit)


def _rest(asked: _Asked) -> Select[Any]:
    """The first of these clues that have no running limit."""
    runs = exists().where(
        col(LIMIT.clue_id) == col(Clue.id),
        col(LIMIT.ended_at).is_(None),
        is_owned(LIMIT, asked.viewer),
    )
    seen = true() if asked.seen is None else asked.seen
    query = select(col(Clue.id)).where(among_told(col(Clue.id), "ids"), ~runs, seen)
    return query.order_by(col(Clue.id)).limit(PAGE + 1)


# --- of many --------------------------------------------------------------------------------------


def _of_many(asked: _Asked, ids: CompoundSelect[Any]) -> CompoundSelect[Any]:
    waiting = ids.cte("waiting")
    early, today = _early(asked, waiting), _of_today(asked, waiting)
    lit = [_figure(asked, early, "red", in_light(early.c, "red", AT))]
    lit += [_figure(asked, today, one, [today.c.light == one]) for one in ("today", "new")]
    return union_all(_first(asked, early), *lit)


def _early(asked: _Asked, waiting: CTE) -> CTE:
    """The limits of what waits, what is due first ahead: read as far as somebody asks for them."""
    found = select(*(col(getattr(WALKED, one)) for one in LIT)).where(
        *asked.walked, _is_among(col(WALKED.clue_id), waiting)
    )
    return found.order_by(col(WALKED.due_at), col(WALKED.id)).cte("early")


def _of_today(asked: _Asked, waiting: CTE) -> CTE:
    """The limits of what waits that end today or began within a day, with this as their `light`."""
    due = col(WALKED.due_at)
    # Late and yet not over is only what legal staff read otherwise than it is shown.
    other_reading = [due < AT.now, col(WALKED.breach_at) != due]
    conditions: Sequence[tuple[str, list[ColumnElement[bool]]]] = (
        *(("today", [due >= AT.now]), ("today", other_reading)),
        ("new", []),
    )
    parts = [
        select(literal(light).label("light"), *(col(getattr(WALKED, one)) for one in PLACED)).where(
            *asked.walked, *more, *in_light(WALKED, light, AT)
        )
        for light, more in conditions
    ]
    # Set apart, so that what waits is made ready for looking up once, and not for each part.
    every = select(union_all(*parts).subquery()).offset(0).subquery()
    return select(every).where(_is_among(every.c.clue_id, waiting)).cte("of_today")


def _is_among(clue: Key, waiting: CTE) -> ColumnElement[bool]:
    """Looked up limit by limit, in their order, out of their index alone."""
    return case((clue.in_(select(waiting.c[0])), true()), else_=false())


# --- first places and figures ---------------------------------------------------------------------


def _first(asked: _Asked, limits: CTE) -> Select[Any]:
    order = select(limits).order_by(limits.c.due_at, limits.c.id).offset(0).subquery()
    rules = limits_ended_by(asked.office.rules.lifecycles, asked.actor.roles)
    is_preceded = exists().where(
        col(EARLIER.clue_id) == col(LIMIT.clue_id),
        col(EARLIER.ended_at).is_(None),
        is_owned(EARLIER, asked.viewer),
        precedes(rules),
    )
    found = (
        select(col(LIMIT.clue_id).label("number"), col(LIMIT.due_at), col(LIMIT.id))
        .join(order, order.c.id == col(LIMIT.id))
        # Who may see it is asked last, of what is shown.
        .where(case((is_preceded, false()), else_=asked.is_seen(col(LIMIT.clue_id))))
        .order_by(order.c.due_at, order.c.id)
        .limit(PAGE + 1)
        .subquery()
    )
    return select(literal(FIRST).label("what"), found.c.number, found.c.due_at, found.c.id)


def _figure(
    asked: _Asked, limits: CTE, light: str, conditions: Sequence[ColumnElement[bool]]
) -> Select[Any]:
    """How many clues stand at a light by their earliest limit: to `COUNTED`."""
    # Looked up limit by limit, until there are enough.
    earlier = select(col(EARLIER.id)).where(
        col(EARLIER.clue_id) == limits.c.clue_id,
        col(EARLIER.ended_at).is_(None),
        is_owned(EARLIER, asked.viewer),
        tuple_(col(EARLIER.due_at), col(EARLIER.id)) < tuple_(limits.c.due_at, limits.c.id),
    )
    is_earliest = earlier.limit(1).scalar_subquery().is_(None)
    found = (
        select(limits.c.id)
        .where(*conditions, is_earliest, asked.is_seen(limits.c.clue_id))
        .limit(COUNTED)
        .subquery()
    )
    nothing = cast(null(), UTCDateTime()), cast(null(), Integer())
    return select(literal(light), func.count(), *nothing).select_from(found)
