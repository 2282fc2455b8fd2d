"""Rows of a list as a page shows them: each line with the steps its viewer would take next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from domain.lifecycle.awaited_chairs import chairs_of
from domain.rulebook.usual_steps import UNLESS_OPEN, usual_steps
from domain.situation.situation import Actor
from flows.lists.work_lines import Here, WorkLine
from flows.workbench.duplicate_queue import masters_of
from flows.workbench.unreferred_cases import UnreferredCase
from web.forms.suggestions import suggested_form
from web.request.desk import Desk

COVERED = {"verification", "transfer"}
"""Processes that only follow the clue: their standing is the clue's own."""
BULK = {"dispatch": ("intake_clerk", "按建议批量转办"), "accept": ("handler", "批量签收")}


@dataclass(frozen=True)
class NextStep:
    """A step offered on a list: its form is one click away."""

    label: str
    url: str
    note: str = ""


@dataclass(frozen=True)
class Row:
    """A line, what lies with the viewer beside the clue, and his next steps.

    `stands_for`: the absent colleague whose clue it is.
    """

    line: WorkLine
    beside: tuple[tuple[str, str], ...]
    steps: tuple[NextStep, ...]
    waits: str
    stands_for: str = ""


def rows_of(desk: Desk, lines: Iterable[WorkLine]) -> list[Row]:
    """The lines with labels and next steps."""
    found = list(lines)
    masters = _masters(desk, found)
    return [_row(desk, one, masters.get(one.clue.id or 0)) for one in found]


def _masters(desk: Desk, lines: Iterable[WorkLine]) -> dict[int, str]:
    """For the clues that are not sent yet, the number of the open one that each repeats most."""
    if "intake_clerk" not in desk.actor.roles:
        return {}
    ids = [one.clue.id or 0 for one in lines if one.clue.state == "registered"]
    return masters_of(desk.session, desk.viewer, ids)


def referring_first(rows: Iterable[Row], unreferred: Iterable[UnreferredCase]) -> list[Row]:
    """The rows; where a threshold is met, who must refer is led to that and to nothing else."""
    own = {one.clue.no for one in unreferred if one.is_own}
    return [replace(one, steps=(_refers(one),)) if one.line.clue.no in own else one for one in rows]


def _refers(row: Row) -> NextStep:
    return NextStep("提出涉罪移送", f"/clues/{row.line.clue.no}/do/clue/refer")


def bulk_for(actor: Actor, rows: Iterable[Row]) -> list[tuple[str, str]]:
    """What the actor may do with many of the clues shown: only what waits for him in one."""
    waiting = {step.url.rpartition("/do/clue/")[2] for row in rows for step in row.steps}
    return [
        (action, label)
        for action, (role, label) in BULK.items()
        if role in actor.roles and action in waiting
    ]


def _row(desk: Desk, line: WorkLine, master: str | None) -> Row:
    clue = line.clue
    own = clue.department_id == desk.actor.department
    main: list[Here] = [("clue", clue.state, 0)] if own and not _is_beside(line) else []
    beside = [one for one in line.here if one[0] not in COVERED]
    steps = [step for here in [*main, *beside] for step in _steps(desk, line, here)]
    if master:
        url = f"/clues/{clue.no}/do/clue/merge?f.master={master}"
        steps.append(NextStep("并入", url, f"疑似重复：{master}"))
    return Row(
        line=line,
        beside=tuple(_labels(desk, one) for one in beside),
        steps=tuple(dict.fromkeys(steps)),
        waits=_waits(desk, beside) or line.next_actor,
        stands_for=_absent(desk, line) if own else "",
    )


def _absent(desk: Desk, line: WorkLine) -> str:
    names = {one.id: one.name for one in desk.actor.acts_for}
    return names.get(line.handler, "")


def _is_beside(line: WorkLine) -> bool:
    """Whether what goes on lies in a process beside the clue and not in the clue itself."""
    kinds = UNLESS_OPEN.get(("clue", line.clue.state), ())
    return any(kind in kinds for kind, _, _ in line.here)


def _labels(desk: Desk, here: Here) -> tuple[str, str]:
    lifecycle = desk.office.rules.lifecycles[here[0]]
    return lifecycle.label, lifecycle.states[here[1]].label


def _steps(desk: Desk, line: WorkLine, here: Here) -> list[NextStep]:
    kind, state, number = here
    lifecycle = desk.office.rules.lifecycles[kind]
    where = f"/{number}" if number else ""
    return [
        NextStep(
            label=lifecycle.actions[name].label,
            url=f"/clues/{line.clue.no}/do/{kind}/{name}{where}",
            note=_suggestion(desk, line) if (kind, name) == ("clue", "dispatch") else "",
        )
        for name in usual_steps(kind, state)
        if desk.actor.roles & set(lifecycle.actions[name].by)
    ]


def _waits(desk: Desk, beside: Sequence[Here]) -> str:
    """Whom the processes beside the clue wait for."""
    rules = desk.office.rules
    chairs = [
        rules.roles[chair].label
        for kind, state, _ in beside
        for name in usual_steps(kind, state)
        for chair in sorted(chairs_of(rules.lifecycles[kind], state, name))
    ]
    return "、".join(dict.fromkeys(chairs))


def _suggestion(desk: Desk, line: WorkLine) -> str:
    """Where the clue would go if the suggestion were taken."""
    told = (line.clue.facts or {}).get("suggestion")
    form = suggested_form(told) if isinstance(told, dict) else {}
    if not form:
        return "没有把握，请选择主办部门"
    return f"建议：{desk.office.rules.departments[str(form['lead'])].name}"
