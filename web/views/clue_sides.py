"""What stands beside a clue: those it may repeat, and the parts of its joint verification."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BindParameter, bindparam, case, or_, select
from sqlmodel import col

from domain.situation.situation import Actor, ProcessView
from domain.tables.matching import Suspicion
from domain.tables.process import Clue
from flows.lists.clue_listing import ClockLine, clock_line
from flows.lists.clue_sheet import ClueSheet
from flows.people.visible_clues import once_a_chair, visible
from flows.rows.statements import Statement, ask
from flows.site.office import Office
from web.request.desk import Desk


@dataclass(frozen=True)
class Twin:
    """A clue that may be the same matter.

    `kind` is `related` where the object is the same and the problem another, and `linked` where a
    person said that the two belong together.

    `clue`: the row of the other clue, with what the two are compared by.

    `may_lead`: it is neither merged already nor redirected, so that another may be merged into it.
    """

    no: str
    score: float
    reason: str
    clue: Any
    state: str
    may_lead: bool
    kind: str


@dataclass(frozen=True)
class Part:
    """What one department contributed to a joint verification."""

    department: str
    is_own: bool
    silent: bool
    state: str
    clock: ClockLine | None
    view: ProcessView


def twins_of(desk: Desk, clue: Clue) -> Iterable[Twin]:
    """Suspected duplicates in both directions, of those that the person may see.

    What a person said to be no duplicate is left out.
    """
    asked = _twins(desk.office, desk.actor), {"clue": clue.id}
    states = desk.office.rules.lifecycles["clue"].states
    for found in ask(desk.session.connection(), asked)[0]:
        may_lead = found.state not in {"merged", "redirected"}
        label = states[found.state].label
        kind = "linked" if found.decision else found.kind
        yield Twin(found.no, found.score, found.reason, found, label, may_lead, kind)


@once_a_chair
def _twins(office: Office, actor: Actor) -> Statement:
    """The ten likest, and of these what the person may see of the clues, in their order."""
    own: BindParameter[int] = bindparam("clue")
    one = col(Suspicion.clue_id), col(Suspicion.other_id)
    near = (
        select(
            *(col(Suspicion.id), col(Suspicion.score), col(Suspicion.reason)),
            *(col(Suspicion.kind), col(Suspicion.decision)),
            case((one[0] == own, one[1]), else_=one[0]).label("other"),
        )
        .where(
            or_(*(side == own for side in one)),
            or_(col(Suspicion.decision).is_(None), col(Suspicion.decision) == "related"),
        )
        .order_by(col(Suspicion.score).desc(), col(Suspicion.id))
        .limit(10)
        .subquery()
    )
    return Statement(
        select(
            *(near.c.score, near.c.reason, near.c.kind, near.c.decision),
            *(col(Clue.no), col(Clue.state), col(Clue.title), col(Clue.subject_name)),
            *(col(Clue.place), col(Clue.received_at), col(Clue.content)),
        )
        .join(Clue, col(Clue.id) == near.c.other)
        .where(visible(office, actor))
        .order_by(near.c.score.desc(), near.c.id)
    )


def parts_of(desk: Desk, found: ClueSheet, clocks: Iterable[Any]) -> Iterable[Part]:
    """The parts of the latest joint verification, each with its own limit."""
    lines = [one for one in found.processes if one.view.kind == "part"]
    latest = max((one.view.parent_id or 0 for one in lines), default=0)
    limits: Mapping[int, Any] = {
        one.process_id: one for one in clocks if one.process_kind == "part"
    }
    for line in lines:
        if (line.view.parent_id or 0) != latest:
            continue
        clock = limits.get(line.view.id)
        yield Part(
            department=line.holder,
            is_own=line.view.department == desk.actor.department,
            silent=line.view.state in {"asked", "passed_over"},
            state=line.state,
            clock=clock_line(desk.office, clock, desk.now) if clock else None,
            view=line.view,
        )
