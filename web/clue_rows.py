"""Rows of a list as a page shows them: each line with the steps its viewer would take next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.records import Lifecycle
from domain.situation import Actor
from flows.worklist import WorkLine
from web.defaults import suggested_form
from web.deps import Desk
from web.next_steps import next_action

BULK = {"dispatch": ("intake_clerk", "按建议批量转办"), "accept": ("handler", "批量签收")}


@dataclass(frozen=True)
class NextStep:
    """A step offered on a list: its form is one click away."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Row:
    """A line, what lies with the viewer beside the clue, and his next steps."""

    line: WorkLine
    beside: tuple[tuple[str, str], ...]
    steps: tuple[NextStep, ...]


def rows_of(desk: Desk, lines: Iterable[WorkLine]) -> list[Row]:
    """The lines with labels and next steps."""
    return [_row(desk, one) for one in lines]


def bulk_for(actor: Actor) -> list[tuple[str, str]]:
    """What the actor may do with many clues at once."""
    return [(action, label) for action, (role, label) in BULK.items() if role in actor.roles]


def _row(desk: Desk, line: WorkLine) -> Row:
    lifecycles = desk.office.rules.lifecycles
    clue = line.clue
    here = [("clue", clue.state)] if clue.department_id == desk.actor.department else []
    steps = [
        step
        for kind, state in [*here, *((kind, state) for kind, state, _ in line.here)]
        if (step := _step(desk, line, kind, state)) is not None
    ]
    beside = tuple(
        (lifecycles[kind].label, lifecycles[kind].states[state].label)
        for kind, state, _ in line.here
    )
    return Row(line, beside, tuple(dict.fromkeys(steps)))


def _step(desk: Desk, line: WorkLine, kind: str, state: str) -> NextStep | None:
    name = next_action(kind, state)
    lifecycles: Mapping[str, Lifecycle] = desk.office.rules.lifecycles
    action = lifecycles[kind].actions.get(name or "")
    if name is None or action is None or not desk.actor.roles & set(action.by):
        return None
    number = next((f"/{one}" for k, s, one in line.here if (k, s) == (kind, state)), "")
    url = f"/clues/{line.clue.no}/do/{kind}/{name}{number}"
    note = _suggestion(desk, line) if (kind, name) == ("clue", "dispatch") else ""
    return NextStep(action.label, url, note)


def _suggestion(desk: Desk, line: WorkLine) -> str:
    """Where the clue would go if the suggestion were taken."""
    told = line.clue.facts.get("suggestion")
    form = suggested_form(told) if isinstance(told, dict) else {}
    if not form:
        return "没有把握，请选择主办部门"
    return f"建议：{desk.office.rules.departments[str(form['lead'])].name}"
