"""How much waits for a person, for the menu of every page: counted to a hundred and no further.

Each state's index is read until a hundred are found: a department with thousands of open clues pays
what one with a hundred does.
"""

from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Any

from sqlalchemy import CompoundSelect, Select, false, func, select, union_all
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.lifecycle.awaited_chairs import Waiting, waiting_for
from domain.situation.situation import Actor
from domain.tables.process import Clue, Process
from flows.lists.desk_queue import beside_in_queue
from flows.lists.undertaking_list import undertakings_waiting
from flows.lists.waiting_work import Ways, reached_by, ways_to_wait
from flows.people.viewer import Viewer
from flows.people.visible_clues import once_a_chair, there_is, visible
from flows.rows.statements import Order, Statement
from flows.site.office import Office

MOST = 100
HEADS = frozenset({"principal", "department_head"})
REVIEWERS = frozenset({"legal_reviewer"})
Ids = Select[Any]
CountedTo = Callable[[int], Statement]


def clues_waiting(viewer: Viewer) -> Order:
    """How many clues wait for the viewer, each once, whatever waits in it."""
    return _clues(viewer.office, viewer.actor), {}


def decisions_waiting(viewer: Viewer, most: int = MOST) -> Order:
    """How many decisions wait for a head, of clues and of what has none."""
    return _decisions(viewer.office, viewer.actor)(most), {}


def reviews_waiting(viewer: Viewer, most: int = MOST) -> Order:
    """How many reviews wait for legal staff."""
    return _reviews(viewer.office, viewer.actor)(most), {}


def counted(parts: Sequence[Ids], most: int = MOST) -> Statement:
    """The number of what all parts find together; one after another, until `most` are found."""
    nothing = select(col(Clue.id)).where(false())
    few = [select(one.limit(most).subquery()) for one in parts or [nothing]]
    found: CompoundSelect[Any] = union_all(*few)
    return Statement(select(func.count()).select_from(found.limit(most).subquery()))


@once_a_chair
def _clues(office: Office, actor: Actor) -> Statement:
    waits = waiting_for(office.rules.of_clues, actor.roles)
    own = _ways(office, actor, waits)
    beside = [one for one in waits if one.kind != "clue"]
    parts = _once_each(own, office, actor)
    if beside:
        earlier = aliased(Process)
        is_first = ~there_is(
            earlier,
            col(earlier.clue_id) == col(Process.clue_id),
            col(earlier.id) < col(Process.id),
            reached_by(earlier, beside, actor, office),
        )
        parts.append(
            select(col(Process.clue_id))
            .join(Clue, col(Clue.id) == col(Process.clue_id))
            .where(
                reached_by(Process, beside, actor, office),
                visible(office, actor),
                *(one.is_not(True) for one in own),
                is_first,
            )
        )
    return counted(parts)


@once_a_chair
def _decisions(office: Office, actor: Actor) -> CountedTo:
    held = HEADS & actor.roles
    parts = [*_in_queue(office, actor, held), undertakings_waiting(office, actor, held)]
    return cache(partial(counted, parts))


@once_a_chair
def _reviews(office: Office, actor: Actor) -> CountedTo:
    return cache(partial(counted, _in_queue(office, actor, REVIEWERS & actor.roles)))


def _in_queue(office: Office, actor: Actor, held: frozenset[str]) -> list[Ids]:
    waits = waiting_for(office.rules.of_clues, held)
    beside = select(col(Process.id)).where(beside_in_queue(office, actor, held))
    return [*_once_each(_ways(office, actor, waits), office, actor), beside]


def _ways(office: Office, actor: Actor, waits: Sequence[Waiting]) -> Ways:
    return ways_to_wait(Clue, [one for one in waits if one.kind == "clue"], actor, office)


def _once_each(ways: Ways, office: Office, actor: Actor) -> list[Ids]:
    """The clues of each way that no way before it leads to."""
    return [
        select(col(Clue.id)).where(
            way, *(one.is_not(True) for one in ways[:number]), visible(office, actor)
        )
        for number, way in enumerate(ways)
    ]
