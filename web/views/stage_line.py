"""The main line of a clue in one row: where it is, which way it went, what is still to come."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.rulebook.rulebook import Rulebook
from flows.lists.event_lines import EventLine

STAGES = (
    ("登记", ("registered",)),
    ("转办", ("dispatched", "disputed")),
    ("签收", ("accepted",)),
    ("核查", ("verifying", "concluded")),
    ("处理", ("in_case", "in_referral", "in_complaint", "on_spot")),
    ("办结", ("closed",)),
    ("归档", ("archived",)),
)
"""The stages in order, with the states of the main line that each holds."""
WAY = 4
"""The stage in which one clue goes another way than the next."""


@dataclass(frozen=True)
class Stage:
    """A stage: `passed`, `here`, `skipped` or `coming`; when it was first reached, and how it went.

    `way` names what was chosen where ways part, and by which step the clue came to its end.
    """

    label: str
    standing: str
    at: datetime | None = None
    way: str = ""


def stage_line(rules: Rulebook, state: str, history: Iterable[EventLine]) -> tuple[Stage, ...]:
    """The stages of a clue in a state of the main line, from what happened to it."""
    states = rules.lifecycles["clue"].states
    by_label = {one.label: name for name, one in states.items()}
    first: dict[str, EventLine] = {}
    for line in history:
        if line.kind == "clue":
            first.setdefault(by_label.get(line.to_state, ""), line)
    here = next((place for place, (_, held) in enumerate(STAGES) if state in held), len(STAGES))
    found = [_stage(place, here, first) for place in range(len(STAGES))]
    if here < len(STAGES):
        return tuple(found)
    ended = Stage(states[state].label, "here", first[state].at if state in first else None)
    return (*(one for one in found if one.at), ended)


def _stage(place: int, here: int, first: dict[str, EventLine]) -> Stage:
    label, held = STAGES[place]
    reached = [first[one] for one in held if one in first]
    at = min((one.at for one in reached), default=None)
    standing = "here" if place == here else "coming" if place > here else "passed"
    if place < here and at is None:
        standing = "skipped"
    if standing == "coming":
        return Stage(label, standing)
    return Stage(label, standing, at, _way(place, reached))


def _way(place: int, reached: list[EventLine]) -> str:
    if place == WAY:
        return "、".join(dict.fromkeys(one.to_state for one in reached))
    return reached[-1].action if place > WAY and reached else ""
