"""The lines of a list: for every clue its state, who acts next and until when."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, or_, select

from domain.lifecycle.visibility import OPEN_KINDS
from domain.tables.process import Clock, Clue, Process
from flows.lists.clue_listing import ClockLine, clock_line
from flows.lists.next_actor import next_actors
from flows.lists.waiting_work import beside_waiting
from flows.people.viewer import Viewer

Here = tuple[str, str, int]
"""Kind, state and number of an open process that lies with the viewer's unit or waits for him."""


@dataclass(frozen=True)
class WorkLine:
    """One line of a list; `here` is what lies with the viewer beside the clue."""

    clue: Clue
    state: str
    holder: str
    next_actor: str
    clock: ClockLine | None
    here: tuple[Here, ...]
    handler: str


def work_lines(
    session: Session, viewer: Viewer, ids: Sequence[int], ordering: Collection[int] = ()
) -> list[WorkLine]:
    """The lines of these clues, in this order.

    A line shows the clock that gave it its place, if it is among `ordering`; else the earliest
    that is the viewer's department's, and none that is another's.
    """
    clues = {one.id: one for one in session.exec(select(Clue).where(col(Clue.id).in_(ids)))}
    clocks = _clocks(session, viewer, ids, ordering)
    here = _beside(session, viewer, ids)
    actors = next_actors(session, viewer.office, list(clues.values()))
    return [
        _line(viewer, (clues[one], actors[one]), clocks.get(one), here.get(one, ())) for one in ids
    ]


def _clocks(
    session: Session, viewer: Viewer, ids: Sequence[int], ordering: Collection[int]
) -> dict[int, Clock]:
    query = select(Clock).where(col(Clock.clue_id).in_(ids), col(Clock.ended_at).is_(None))
    if viewer.owner is not None:
        query = query.where(col(Clock.owner_id) == viewer.owner)
    elif viewer.watched is not None:
        query = query.where(col(Clock.process_kind).in_(sorted(OPEN_KINDS)))
    found: dict[int, Clock] = {}
    for one in session.exec(query.order_by(col(Clock.due_at), col(Clock.id))):
        if one.clue_id not in found or one.id in ordering:
            found[one.clue_id] = one
    return found


def _line(
    viewer: Viewer, of: tuple[Clue, str], clock: Clock | None, here: tuple[Here, ...]
) -> WorkLine:
    clue, actor = of
    rules = viewer.office.rules
    state = rules.lifecycles["clue"].states[clue.state]
    return WorkLine(
        clue=clue,
        state=state.label,
        holder=rules.departments[clue.department_id].name,
        next_actor=actor,
        clock=clock_line(viewer.office, clock, viewer.now) if clock else None,
        here=here,
        handler=clue.handler_id,
    )


def _beside(session: Session, viewer: Viewer, ids: Sequence[int]) -> dict[int, tuple[Here, ...]]:
    """The open processes beside each clue that lie with the viewer's department or wait for him."""
    office, owner = viewer.office, viewer.owner
    reached = beside_waiting(office, viewer.actor)
    if owner is not None:
        own = or_(col(Process.department_id) == owner, col(Process.counterpart_id) == owner)
        reached = or_(own, reached)
    query = select(Process).where(
        col(Process.clue_id).in_(ids),
        col(Process.ended_at).is_(None),
        col(Process.kind) != "transfer",
        reached,
    )
    found: dict[int, tuple[Here, ...]] = {}
    for one in session.exec(query.order_by(col(Process.id))):
        found[one.clue_id] = (*found.get(one.clue_id, ()), (one.kind, one.state, one.id or 0))
    return found
