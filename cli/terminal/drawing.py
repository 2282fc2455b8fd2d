"""The lifecycles as Markdown: a picture and a table for each, made from the tables themselves."""

from collections.abc import Iterable

from domain.guards.words import CONDITIONS, GUARDS
from domain.limits.organ_limits import REGIONAL
from domain.rulebook.rulebook import Rulebook
from domain.shapes.lifecycles import Lifecycle, Transition

HEAD = """# 流程

本页由 `yisong rules draw` 从 `config/lifecycles/` 生成，请勿手改；有测试核对它是最新的。
依据后的〔待法制核对〕表示未见条文原文，「本级约定」表示由本单位设定。
"""


def draw_lifecycles(rules: Rulebook) -> str:
    """The whole page."""
    order = ("clue", "transfer", "verification", "part", "case", "referral")
    rest = tuple(key for key in rules.lifecycles if key not in order)
    return "\n".join([HEAD, *(_process(rules, rules.lifecycles[key]) for key in (*order, *rest))])


def _process(rules: Rulebook, lifecycle: Lifecycle) -> str:
    lines = [f"## {lifecycle.label} `{lifecycle.process}`", "", *_picture(lifecycle), ""]
    lines += ["| 状态 | 等谁办 | |", "|---|---|---|"]
    for name, state in lifecycle.states.items():
        chairs = "、".join(rules.roles[role].label for role in state.awaits) or "—"
        lines.append(f"| {state.label} `{name}` | {chairs} | {'终结' if state.ended else ''} |")
    lines += [
        "",
        "| 操作 | 从 → 到 | 谁 | 条件 | 时限 | 文书 | 依据 |",
        "|---|---|---|---|---|---|---|",
    ]
    lines += [_row(rules, lifecycle, name, one) for name, one in lifecycle.actions.items()]
    return "\n".join([*lines, ""])


def _picture(lifecycle: Lifecycle) -> Iterable[str]:
    yield "```mermaid"
    yield "stateDiagram-v2"
    for name, state in lifecycle.states.items():
        yield f'    state "{state.label}" as {name}'
    for action in lifecycle.actions.values():
        if action.to == "same":
            continue
        for origin in action.from_:
            start = "[*]" if origin == "none" else origin
            yield f"    {start} --> {action.to}: {action.label}"
    for name, state in lifecycle.states.items():
        if state.ended:
            yield f"    {name} --> [*]"
    yield "```"


def _row(rules: Rulebook, lifecycle: Lifecycle, name: str, one: Transition) -> str:
    def label(state: str) -> str:
        if state in ("none", "same"):
            return {"none": "（新建）", "same": "不变"}[state]
        return lifecycle.states[state].label

    cells = [
        f"{one.label} `{name}`",
        f"{'、'.join(label(state) for state in one.from_)} → {label(one.to)}",
        chairs_of(rules, one),
        "；".join(GUARDS[r.guard] for r in (*one.requires, *one.form_requires)) or "—",
        "；".join(clocks_of(rules, one)) or "—",
        "、".join(papers_of(rules, one)) or "—",
        "、".join(rules.cite(basis) for basis in one.basis),
    ]
    return "| " + " | ".join(cells) + " |"


def chairs_of(rules: Rulebook, one: Transition) -> str:
    """Who may take an action."""
    return "、".join(
        "其他操作带出" if role == "consequence" else rules.roles[role].label for role in one.by
    )


def clocks_of(rules: Rulebook, one: Transition) -> Iterable[str]:
    """Which limits an action starts, stops, pauses, resumes and extends."""

    def label(clock: str) -> str:
        return REGIONAL.get(clock) or f"{rules.deadlines[clock].label} `{clock}`"

    for verb, clocks in (
        ("起", [start.clock for start in one.opens]),
        ("止", list(one.stops)),
        ("停", [pause.clock for pause in one.pauses]),
        ("续", list(one.resumes)),
        ("延", list(one.extends)),
    ):
        if clocks:
            yield f"{verb}：{'、'.join(label(clock) for clock in clocks)}"


def papers_of(rules: Rulebook, one: Transition) -> Iterable[str]:
    """Which documents an action issues, and in which case."""
    for issue in one.issues:
        when = f"（{CONDITIONS[issue.when]}）" if issue.when else ""
        yield f"{rules.documents[issue.document].title}{when}"
