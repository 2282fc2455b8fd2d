"""The lines of a list: for every clue its state, who acts next and until when."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import JSON, case, null, or_, select, type_coerce
from sqlmodel import Session, SQLModel, col

from domain.lifecycle.visibility import OPEN_KINDS
from domain.rulebook.usual_steps import USUAL
from domain.situation.situation import Actor
from domain.tables.process import Clue, Process
from flows.lists.clue_listing import ClockLine, clock_line
from flows.lists.next_actor import next_actor
from flows.lists.waiting_work import beside_waiting
from flows.people.viewer import Viewer
from flows.people.visible_clues import once_a_chair, sight
from flows.rows.known_ids import among_told, as_text
from flows.rows.statements import Statement, ask
from flows.site.office import Office

Here = tuple[str, str, int]
"""Kind, state and number of an open process that lies with the viewer's unit or waits for him."""
Standing = tuple[str, str]
SENT_ON = [state for state, steps in USUAL["clue"].items() if "dispatch" in steps]
"""The states in which a clue waits to be sent on: a list says where it would go."""


class ListedClue(Protocol):
    """What a list reads of a clue. `facts`: of those that wait to be sent on alone."""

    id: int
    no: str
    title: str
    subject_name: str
    place: str
    state: str
    department_id: str
    handler_id: str
    hops: int
    received_at: datetime
    facts: Mapping[str, Any] | None


@dataclass(frozen=True)
class WorkLine:
    """One line of a list; `here` is what lies with the viewer beside the clue."""

    clue: ListedClue
    state: str
    holder: str
    next_actor: str
    clock: ClockLine | None
    here: tuple[Here, ...]
    handler: str


_CLOCK = SQLModel.metadata.tables["clock"]
LISTED = Statement(
    select(
        *(
            *(col(Clue.id), col(Clue.no), col(Clue.title), col(Clue.subject_name)),
            *(col(Clue.place), col(Clue.state), col(Clue.department_id), col(Clue.handler_id)),
            *(col(Clue.hops), col(Clue.received_at)),
            type_coerce(
                case((col(Clue.state).in_(SENT_ON), col(Clue.facts)), else_=null()), JSON
            ).label("facts"),
        )
    ).where(among_told(col(Clue.id), "ids")),
    steady=True,
)


def work_lines(
    session: Session, viewer: Viewer, ids: Sequence[int], ordering: Collection[int] = ()
) -> list[WorkLine]:
    """The lines of these clues, in this order.

    A line shows the clock that gave it its place, if it is among `ordering`; else the earliest
    that is the viewer's department's, and none that is another's.
    """
    if not ids:
        return []
    told = {"ids": as_text(ids)}
    of_chair = _limits(viewer.office, viewer.actor), _beside(viewer.office, viewer.actor)
    clues, limits, processes = ask(
        session.connection(), *((one, told) for one in (LISTED, *of_chair))
    )
    found = {one.id: one for one in clues}
    clocks: dict[int, Any] = {}
    for one in limits:
        if one.clue_id not in clocks or one.id in ordering:
            clocks[one.clue_id] = one
    here: dict[int, tuple[Here, ...]] = {}
    standing: dict[int, tuple[Standing, ...]] = {}
    for one in processes:
        standing[one.clue_id] = (*standing.get(one.clue_id, ()), (one.kind, one.state))
        if one.is_here:
            here[one.clue_id] = (*here.get(one.clue_id, ()), (one.kind, one.state, one.id))
    lines = _Lines(viewer, {})
    return [
        lines.line(found[one], clocks.get(one), standing.get(one, ()), here.get(one, ()))
        for one in ids
    ]


@once_a_chair
def _limits(office: Office, actor: Actor) -> Statement:
    """The running limits of clues that a viewer is shown, the earliest first."""
    query = select(_CLOCK).where(among_told(_CLOCK.c.clue_id, "ids"), _CLOCK.c.ended_at.is_(None))
    seen = sight(office, actor)
    if not seen.sees_all:
        query = query.where(_CLOCK.c.owner_id == actor.department)
    elif not seen.sees_files or seen.within is not None:
        query = query.where(_CLOCK.c.process_kind.in_(sorted(OPEN_KINDS)))
    return Statement(query.order_by(_CLOCK.c.due_at, _CLOCK.c.id), spelled=True, steady=True)


@once_a_chair
def _beside(office: Office, actor: Actor) -> Statement:
    """What is open beside clues, and whether it lies with the viewer's unit or waits for him."""
    reached = beside_waiting(office, actor)
    if not sight(office, actor).sees_all:
        own = [
            col(one) == actor.department for one in (Process.department_id, Process.counterpart_id)
        ]
        reached = or_(*own, reached)
    is_here = case((or_(col(Process.kind) == "transfer", reached.is_not(True)), 0), else_=1)
    query = select(
        *(col(Process.id), col(Process.clue_id), col(Process.kind), col(Process.state)),
        is_here.label("is_here"),
    ).where(among_told(col(Process.clue_id), "ids"), col(Process.ended_at).is_(None))
    return Statement(query.order_by(col(Process.id)), spelled=True, steady=True)


@dataclass(frozen=True)
class _Lines:
    """Lines for a viewer; `actors`: who acts next, by how a clue stands, each found once."""

    viewer: Viewer
    actors: dict[tuple[str, tuple[Standing, ...]], str]

    def line(
        self,
        clue: ListedClue,
        clock: Any,
        beside: tuple[Standing, ...],
        here: tuple[Here, ...],
    ) -> WorkLine:
        """One line of a list."""
        office, now = self.viewer.office, self.viewer.now
        stands = clue.state, beside
        if stands not in self.actors:
            self.actors[stands] = next_actor(office, ("clue", clue.state), beside)
        return WorkLine(
            clue=clue,
            state=office.rules.lifecycles["clue"].states[clue.state].label,
            holder=office.rules.departments[clue.department_id].name,
            next_actor=self.actors[stands],
            clock=clock_line(office, clock, now) if clock else None,
            here=here,
            handler=clue.handler_id,
        )
