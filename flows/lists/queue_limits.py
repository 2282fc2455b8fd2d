"""The running limits of what waits in a queue, what is due first ahead.

Where most that waits has a limit, all limits are walked along until a page is full. Else they are
looked up: those of clues by the clues, those of processes among all limits of such processes,
which are few.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Select,
    SelectBase,
    case,
    exists,
    false,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.lifecycle.awaited_chairs import limits_ended_by
from domain.situation.situation import Actor
from domain.tables.process import Clue, Process
from flows.lists.list_queries import EARLIER, LIMIT, limit_alias, precedes
from flows.lists.waiting_work import Ids, Ways
from flows.people.visible_clues import there_is, visible
from flows.site.office import Office

SAME_THING = ("clue_id", "process_kind", "process_id")
CLUE = "clue"
NEAR, OTHER = limit_alias(), limit_alias()
BESIDE = aliased(Process)
"""Another name for processes: that of which a limit is asked."""


@dataclass(frozen=True)
class Waits:
    """The ways to wait in a queue: of clues, of processes of some kinds, and of `BESIDE`."""

    clues: Ways
    processes: Ways
    of_limit: Ways
    kinds: tuple[str, ...]


def with_limit(
    office: Office, actor: Actor, held: frozenset[str], near: SelectBase, waits: Waits
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


def walked(waits: Waits) -> Select[Any]:
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


def looked_up(waits: Waits) -> CompoundSelect[Any]:
    """The same limits, gathered by what waits."""
    found: Select[Any] = select(col(NEAR.id).label("id"), col(NEAR.due_at).label("due_at"))
    found = found.where(col(NEAR.ended_at).is_(None))
    of_kind = col(NEAR.process_kind).in_(waits.kinds)
    both = union_all(
        found.where(col(NEAR.process_kind) == CLUE, col(NEAR.clue_id).in_(_clues(waits))),
        found.where(of_kind, col(NEAR.clue_id).in_(_that_have_some(waits))),
    )
    return both.order_by("due_at", "id").offset(0)


def _clues(waits: Waits) -> CompoundSelect[Any]:
    return _together([select(col(Clue.id)).where(one) for one in waits.clues])


def _others(waits: Waits) -> CompoundSelect[Any]:
    return _together([select(col(Process.clue_id)).where(one) for one in waits.processes])


def _together(parts: list[Ids]) -> CompoundSelect[Any]:
    return union_all(select(col(Clue.id)).where(false()), *parts)


def _that_have_some(waits: Waits) -> Select[Any]:
    """The clues beside which something waits, and any process of these kinds has a limit.

    In a CASE all these limits are read once, and not looked up for each of fifty thousand clues.
    """
    found = _others(waits).subquery()
    limits = select(col(OTHER.clue_id)).where(
        col(OTHER.ended_at).is_(None), col(OTHER.process_kind).in_(waits.kinds)
    )
    has_one = case((found.c[0].in_(limits), true()), else_=false())
    return select(found.c[0]).where(has_one)
