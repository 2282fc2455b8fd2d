"""How much waits for a person, for the menu of every page: counted to a hundred and no further.

Each state's index is read until a hundred are found: a department with thousands of open clues pays
what one with a hundred does.
"""

from collections.abc import Callable
from functools import cache, partial

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import col

from domain.lifecycle.awaited_chairs import waiting_for
from domain.situation.situation import Actor
from domain.tables.process import Clue, Process
from flows.lists.desk_queue import in_queue
from flows.lists.undertaking_list import undertakings_waiting
from flows.lists.waiting_work import Ids, counted, once_each, reached_by, ways_to_wait
from flows.people.viewer import Viewer
from flows.people.visible_clues import once_a_chair, there_is, visible
from flows.rows.statements import Order, Statement
from flows.site.office import Office

MOST = 100
HEADS = frozenset({"principal", "department_head"})
REVIEWERS = frozenset({"legal_reviewer"})
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


@once_a_chair
def _clues(office: Office, actor: Actor) -> Statement:
    waits = waiting_for(office.rules.of_clues, actor.roles)
    own = ways_to_wait(Clue, [one for one in waits if one.kind == "clue"], actor, office)
    beside = [one for one in waits if one.kind != "clue"]
    seen = visible(office, actor)
    parts: list[Ids] = [select(col(Clue.id)).where(one, seen) for one in once_each(own)]
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
                seen,
                *(one.is_not(True) for one in own),
                is_first,
            )
        )
    return counted(parts, MOST)


@once_a_chair
def _decisions(office: Office, actor: Actor) -> CountedTo:
    held = HEADS & actor.roles
    parts = [*in_queue(office, actor, held), undertakings_waiting(office, actor, held)]
    return cache(partial(counted, parts))


@once_a_chair
def _reviews(office: Office, actor: Actor) -> CountedTo:
    return cache(partial(counted, in_queue(office, actor, REVIEWERS & actor.roles)))
