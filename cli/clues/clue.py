"""`yisong list`, `show` and `do`: a clue seen and handled by hand; `do` takes undertakings, too."""

import json
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from cli.terminal.clue_sheet import Beside, list_table, print_sheet, terminal
from cli.terminal.context import acting_user, department_of, fail, moment, moment_of_act, office
from cli.terminal.form_values import FormError, form_lines, read_pairs
from cli.terminal.refusal import REFUSED, print_refusal
from cli.terminal.screening_text import screening_lines
from domain.lifecycle.plan import Refused
from domain.shapes.lifecycles import Lifecycle
from domain.situation.form_reading import read_form
from domain.situation.situation import Actor
from domain.tables.process import Clue
from flows.acting.whole_steps import act
from flows.door.locked_dossier import Root, kind_of
from flows.door.possible_actions import possible_actions
from flows.door.situations import load_people, load_situation
from flows.door.steps import Command, Outcome
from flows.door.undertaking_rows import find_undertaking
from flows.lists.clue_listing import Filter, count_clues, list_clues
from flows.lists.clue_sheet import alike_of, clue_sheet, find_clue
from flows.lists.screened_cases import screened_cases
from flows.people.actors import system_actor
from flows.people.viewer import Viewer
from flows.site.office import Office
from flows.site.store import reading

UNDERTAKEN = frozenset(
    {"circular.draft", "draw.prepare", "publication.draft", "visit.propose", "visit.enter_urgent"}
)
"""What `new` begins besides a clue."""
SCREENING = "screened_for_crime"
"""The effect that holds a case against the criminal thresholds."""


def list_(
    ctx: typer.Context,
    state: Annotated[str, typer.Option(help="状态编号，如 dispatched")] = "",
    department: Annotated[str, typer.Option(help="部门编号，yisong departments 列出")] = "",
    text: Annotated[str, typer.Option(help="编号、标题或当事人中的字词")] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="只列有逾期时限的")] = False,
    limit: Annotated[int, typer.Option(min=1, max=1000, help="最多列出多少条")] = 50,
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="以该时间看时限（默认现在）")
    ] = None,
) -> None:
    """列出线索：最先到期的在最前。"""
    found = office(ctx)
    if state and state not in found.rules.lifecycles["clue"].states:
        known = "、".join(
            f"{key} {one.label}" for key, one in found.rules.lifecycles["clue"].states.items()
        )
        raise fail(f"没有状态「{state}」；可用：{known}")
    if department:
        department_of(found, department)
    with reading(found.engine) as session:
        narrow = Filter(state, department, text, overdue, limit)
        now = moment(found, at)
        lines = list_clues(session, found, narrow, now)
        left = count_clues(session, narrow, now) - len(lines)
    terminal().print(list_table(lines) if lines else "没有符合条件的线索。")
    if left:
        terminal().print(
            f"以上{len(lines)}件，另有{left}件未列出：用 --limit 多列（最多1000件），"
            "或者用 --state、--department、--text、--overdue 缩小范围。"
        )


def show(
    ctx: typer.Context,
    clue: Annotated[str, typer.Argument(metavar="CLUE", help="线索编号或外部编号")],
    as_user: Annotated[
        str | None, typer.Option("--as", metavar="USER", help="以谁的身份看可办操作")
    ] = None,
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="以该时间看时限（默认现在）")
    ] = None,
) -> None:
    """一条线索的全貌：状态、时限、可办操作、文书、经过。"""
    found = office(ctx)
    actor = acting_user(found, as_user) if as_user else system_actor(found.settings.desk)
    viewer = Viewer(found, actor, moment(found, at))
    with reading(found.engine) as session:
        row = _found(found, clue)
        sheet = clue_sheet(session, found, row, actor, viewer.now)
        alike = alike_of(session, found, row, actor)
        findings = tuple(screening_lines(screened_cases(session, viewer, row)))
    print_sheet(terminal(), sheet, found, Beside(actor if as_user else None, findings, alike))


def _found(office_: Office, number: str) -> Clue:
    with reading(office_.engine) as session:
        try:
            return find_clue(session, number)
        except LookupError as error:
            raise fail(str(error)) from error


def _root(office_: Office, number: str) -> Root:
    """The clue, or else the undertaking, of that number."""
    with reading(office_.engine) as session:
        for find in (find_undertaking, find_clue):
            with suppress(LookupError):
                return find(session, number)
    raise fail(f"没有编号为「{number}」的线索、情况通报、抽取、检查或者公布材料")


def do(
    ctx: typer.Context,
    clue: Annotated[
        str,
        typer.Argument(
            metavar="CLUE",
            help="线索、情况通报、抽取、检查、公布材料的编号；登记新线索写 new，"
            "拟制情况通报写 new circular.draft，编制抽取写 new draw.prepare，"
            "清单、计划等拟稿写 new publication.draft，提出检查写 new visit.propose",
        ),
    ],
    action: Annotated[
        str, typer.Argument(metavar="ACTION", help="操作，如 accept、referral.approve 或「签收」")
    ],
    as_user: Annotated[str, typer.Option("--as", metavar="USER", help="办理人")],
    field: Annotated[
        list[str] | None, typer.Option("--set", metavar="项=值", help="表单内容；可多次给出")
    ] = None,
    form: Annotated[
        Path | None, typer.Option(metavar="FILE", help="表单内容（JSON 文件）", exists=True)
    ] = None,
    process_id: Annotated[
        int | None, typer.Option("--id", help="同类事项有多个时，指明其编号")
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(metavar="TIME", help="办理时间（只在演示环境中可以指定，默认现在）"),
    ] = None,
) -> None:
    """办理一项操作；不能办理时列出全部理由和依据，退出码为1。"""
    found = office(ctx)
    actor = acting_user(found, as_user)
    values = _form(field or [], form)
    root = None if clue == "new" else _root(found, clue)
    process, name = _resolve(found, action, root, actor)
    command = Command(name, process, root.id if root else None, process_id, values)
    now = moment_of_act(found, at)
    try:
        outcome = act(found, command, actor, now)
    except Refused as refused:
        print_refusal(refused)
        _tell_form(found, process, name, values)
        raise typer.Exit(REFUSED) from refused
    except LookupError as error:
        raise fail(str(error)) from error
    _tell_outcome(found, process, name, outcome)
    if SCREENING in found.rules.lifecycles[process].actions[name].effects:
        _tell_screening(Viewer(found, actor, now), outcome)


def _form(pairs: list[str], file: Path | None) -> dict[str, object]:
    values: dict[str, object] = {}
    if file is not None:
        try:
            loaded = json.loads(file.read_text(encoding="utf-8"))
        except ValueError as error:
            raise fail(f"{file} 不是 JSON：{error}") from error
        if not isinstance(loaded, dict):
            raise fail(f"{file} 应为一个 JSON 对象")
        values |= loaded
    try:
        return values | read_pairs(pairs)
    except FormError as error:
        raise fail(str(error)) from error


def _resolve(office_: Office, word: str, root: Root | None, actor: Actor) -> tuple[str, str]:
    """The process and action that a word means, by name, `process.action` or Chinese label."""
    process, _, name = word.rpartition(".")
    if root is None and word not in UNDERTAKEN:
        return "clue", "register"
    of = kind_of(root) if root else process
    matches = [
        (kind, key)
        for kind, lifecycle in office_.rules.lifecycles.items()
        for key in _named(lifecycle, name)
        if process in ("", kind) and lifecycle.root == of
    ]
    if root and len(matches) > 1:
        matches = _standing_matches(office_, matches, root, actor) or matches
    if len(matches) != 1:
        hint = "、".join(f"{kind}.{key}" for kind, key in matches)
        raise fail(f"「{word}」对应多个操作：{hint}" if matches else f"没有「{word}」这一操作")
    return matches[0]


def _named(lifecycle: Lifecycle, word: str) -> list[str]:
    return [
        key
        for key, one in lifecycle.actions.items()
        if word in (key, one.label) and set(one.by) != {"consequence"}
    ]


def _standing_matches(
    office_: Office, matches: list[tuple[str, str]], root: Root, actor: Actor
) -> list[tuple[str, str]]:
    with reading(office_.engine) as session:
        situation = load_situation(session, office_, root, actor, moment(office_))
        people = load_people(session, office_.rules, situation.processes, {})
        allowed = possible_actions(replace(situation, people=people), office_.rules)
    now = {(one.process.kind, one.action) for one in allowed if not one.reasons}
    fitting = {(one.process.kind, one.action) for one in allowed}
    return [one for one in matches if one in now] or [one for one in matches if one in fitting]


def _tell_form(office_: Office, process: str, name: str, values: dict[str, object]) -> None:
    """What the form takes, where it was filled in wrongly."""
    fields = office_.rules.lifecycles[process].actions[name].form
    if fields and read_form(fields, values, office_.rules)[1]:
        typer.echo("表单各项（--set 项=值，项可写编号或者名称）：", err=True)
        for line in form_lines(fields):
            typer.echo(f"  {line}", err=True)


def _tell_screening(viewer: Viewer, outcome: Outcome) -> None:
    with reading(viewer.office.engine) as session:
        cases = screened_cases(session, viewer, session.get_one(Clue, outcome.clue_id))
    for line in screening_lines(one for one in cases if one.case.id == outcome.process_id):
        typer.echo(line)


def _tell_outcome(office_: Office, process: str, action: str, outcome: Outcome) -> None:
    lifecycle = office_.rules.lifecycles[process]
    label, state = lifecycle.actions[action].label, lifecycle.states[outcome.state].label
    typer.echo(
        f"已{label}：{outcome.clue_no}，{lifecycle.label}现为「{state}」（记录第{outcome.event}条）。"
    )
    for one in outcome.documents:
        typer.echo(f"  文书：《{one.title}》{one.number or ''} {one.sha256[:12]}")
