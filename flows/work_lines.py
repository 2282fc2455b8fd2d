"""The lines of a list: for every clue its state, who acts next and until when."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col, or_, select

from domain.tables.process import Clock, Clue, Process
from flows.awaiting import next_actors
from flows.listing import ClockLine, clock_line
from flows.viewer import Viewer

Here = tuple[str, str, int]
"""Kind, state and number of an open process that lies with the viewer's department."""


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


def work_lines(session: Session, viewer: Viewer, ids: Sequence[int]) -> list[WorkLine]:
    """The lines of these clues, in this order."""
    clues = {one.id: one for one in session.exec(select(Clue).where(col(Clue.id).in_(ids)))}
    clocks: dict[int, list[Clock]] = {}
    query = select(Clock).where(col(Clock.clue_id).in_(ids), col(Clock.ended_at).is_(None))
    for one in session.exec(query.order_by(col(Clock.due_at), col(Clock.id))):
        clocks.setdefault(one.clue_id, []).append(one)
    here = _beside(session, viewer, ids)
    actors = next_actors(session, viewer.office, list(clues.values()))
    return [
        _line(viewer, (clues[one], actors[one]), clocks.get(one, []), here.get(one, ()))
        for one in ids
    ]


def _line(
    viewer: Viewer, of: tuple[Clue, str], clocks: Sequence[Clock], here: tuple[Here, ...]
) -> WorkLine:
    clue, actor = of
    rules = viewer.office.rules
    state = rules.lifecycles["clue"].states[clue.state]
    own = [one for one in clocks if one.owner_id == viewer.owner] or clocks
    return WorkLine(
        clue=clue,
        state=state.label,
        holder=rules.departments[clue.department_id].name,
        next_actor=actor,
        clock=clock_line(viewer.office, own[0], viewer.now) if own else None,
        here=here,
        handler=str(clue.facts.get("handler_user") or ""),
    )


def _beside(session: Session, viewer: Viewer, ids: Sequence[int]) -> dict[int, tuple[Here, ...]]:
    """The open processes beside each clue that lie with the viewer's department."""
    if viewer.owner is None or not ids:
        return {}
    query = select(Process).where(
        col(Process.clue_id).in_(ids),
        col(Process.ended_at).is_(None),
        col(Process.kind) != "transfer",
        or_(
            col(Process.department_id) == viewer.owner, col(Process.counterpart_id) == viewer.owner
        ),
    )
    found: dict[int, tuple[Here, ...]] = {}
    for one in session.exec(query.order_by(col(Process.id))):
        found[one.clue_id] = (*found.get(one.clue_id, ()), (one.kind, one.state, one.id or 0))
    return found
