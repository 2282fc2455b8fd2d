"""What stands beside a clue: those it may repeat, and the parts of its joint verification."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import or_
from sqlmodel import col, select

from domain.situation.situation import ProcessView
from domain.tables.matching import Suspicion
from domain.tables.process import Clock, Clue
from flows.lists.clue_listing import ClockLine, clock_line
from flows.lists.clue_sheet import ClueSheet
from flows.people.visible_clues import visible
from web.request.desk import Desk


@dataclass(frozen=True)
class Twin:
    """A clue that may be the same matter.

    `kind` is `related` where the object is the same and the problem another, and `linked` where a
    person said that the two belong together.

    `may_lead`: it is neither merged already nor redirected, so that another may be merged into it.
    """

    no: str
    score: float
    reason: str
    clue: Clue
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
    query = select(Suspicion).where(
        or_(col(Suspicion.clue_id) == clue.id, col(Suspicion.other_id) == clue.id),
        or_(col(Suspicion.decision).is_(None), col(Suspicion.decision) == "related"),
    )
    rows = list(desk.session.exec(query.order_by(col(Suspicion.score).desc()).limit(10)))
    others = [one.other_id if one.clue_id == clue.id else one.clue_id for one in rows]
    mine = select(Clue).where(col(Clue.id).in_(others), visible(desk.office, desk.actor))
    seen = {one.id: one for one in desk.session.exec(mine)}
    states = desk.office.rules.lifecycles["clue"].states
    for row, other in zip(rows, others, strict=True):
        found = seen.get(other)
        if found is None:
            continue
        may_lead = found.state not in {"merged", "redirected"}
        label = states[found.state].label
        kind = "linked" if row.decision else row.kind
        yield Twin(found.no, row.score, row.reason, found, label, may_lead, kind)


def parts_of(desk: Desk, found: ClueSheet, clocks: Iterable[Clock]) -> Iterable[Part]:
    """The parts of the latest joint verification, each with its own limit."""
    lines = [one for one in found.processes if one.view.kind == "part"]
    latest = max((one.view.parent_id or 0 for one in lines), default=0)
    limits: Mapping[int, Clock] = {
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
