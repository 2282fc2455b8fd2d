"""`yisong intake`: a file of work orders becomes clues, or is tried without changing anything."""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from cli.clues.column_choice import settle_columns
from cli.terminal.clue_sheet import terminal
from cli.terminal.context import acting_user, fail, moment, moment_of_act, office
from domain.rulebook.rulebook import Rulebook
from flows.imports.clerk import Clerk
from flows.imports.import_result import ImportResult
from flows.imports.incoming_file import Unusable
from flows.imports.order_import import Progress as Told
from flows.imports.order_import import import_file, open_for
from flows.imports.trial_import import Trial, try_file
from flows.people.actors import system_actor

LONG_FILE = 200
"""A file with more rows than this shows a bar."""
TRIAL_COLUMNS = ("行", "外部编号", "结果", "标题", "事项", "建议主办", "疑似重复", "说明")
MOST_REMARKS = 100
"""So many remarks are printed; all of them are in the JSON."""


def intake(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="XLSX、CSV 或每行一个对象的 JSON")],
    *,
    channel: Annotated[
        str | None, typer.Option(help="线索来源，如 12345；不写即按列对照表")
    ] = None,
    mapping: Annotated[
        str | None, typer.Option(metavar="NAME", help="列对照表；不写即按表头识别")
    ] = None,
    map_as: Annotated[
        str | None,
        typer.Option(
            "--map", metavar="NAME", help="对照列：提出各项对应的列，保存为这个名称的列对照表"
        ),
    ] = None,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="FIELD=COLUMN", help="与 --map 同用：指定某项对应的列，可写多次"),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只试不做：逐行说明会怎样，什么都不改变")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="输出 JSON；与 --dry-run 同用时每行一个对象")
    ] = False,
    as_user: Annotated[
        str | None, typer.Option("--as", metavar="USER", help="由谁导入；不写即系统")
    ] = None,
) -> None:
    """导入工单：合格的行登记为线索，不合格的行连同原因另存，重复导入不会重复登记。"""
    site = office(ctx)
    actor = acting_user(site, as_user) if as_user else system_actor(site.settings.desk)
    clerk = Clerk(site, actor, moment(site) if dry_run else moment_of_act(site))
    try:
        if map_as is not None:
            settle_columns(clerk, file, map_as, column or [])
        elif dry_run:
            _try(clerk, (file, channel, mapping), as_json)
        else:
            with _bar() as progress:
                result = import_file(clerk, file, channel, mapping, progress)
            typer.echo(_as_json(result) if as_json else "\n".join(_as_text(result, file)))
    except Unusable as problem:
        raise fail(str(problem)) from problem


def trial_record(one: Trial, rules: Rulebook) -> dict[str, object]:
    """A trial for other programs; matter and departments by their names."""
    names = rules.departments
    routing = one.routing
    matter = rules.matters[routing.matter].name if routing and routing.matter else None
    duty = rules.duties[routing.duty].name if routing and routing.duty else None
    candidates = routing.candidates if routing else ()
    return {
        "row": one.row,
        "ref": one.ref,
        "ok": not one.errors,
        "errors": list(one.errors),
        "warnings": list(one.warnings),
        "duplicates": [
            {"ref": each.key, "score": each.score, "reason": each.reason} for each in one.suspicions
        ],
        "related": [
            {"ref": each.key, "score": each.score, "reason": each.reason} for each in one.related
        ],
        "matter": matter,
        "duty": duty,
        "handling": routing.handling if routing else None,
        "confidence": routing.confidence if routing else None,
        "department": names[routing.lead].name if routing else None,
        "candidates": [
            {"department": names[each.department].name, "score": each.score} for each in candidates
        ],
        "reason": one.reason,
    }


def _try(clerk: Clerk, asked: tuple[Path, str | None, str | None], as_json: bool) -> None:
    rules = clerk.office.rules
    counts = {"会登记": 0, "已登记过": 0, "不能登记": 0, "疑似重复": 0, "有提示": 0}
    file = open_for(clerk, *asked)
    table = Table(*TRIAL_COLUMNS, show_lines=True)
    with _bar(alone=not sys.stdout.isatty()) as progress:
        for number, one in enumerate(try_file(clerk, file), start=1):
            if as_json:
                typer.echo(json.dumps(trial_record(one, rules), ensure_ascii=False))
            else:
                table.add_row(*(escape(cell) for cell in _trial_row(one, rules)))
            counts[_fate(one)] += 1
            counts["疑似重复"] += bool(one.suspicions)
            counts["有提示"] += bool(one.warnings)
            progress(number, max(file.table.total, number))
    if not as_json:
        terminal().print(table)
    for remark in file.table.remarks:
        typer.echo(f"提示：{remark}", err=as_json)
    if not as_json:
        typer.echo("试导入（未作任何改动）：" + "，".join(f"{k}{v}行" for k, v in counts.items()))


def _fate(one: Trial) -> str:
    if one.errors:
        return "不能登记"
    return "已登记过" if one.already_there else "会登记"


def _trial_row(one: Trial, rules: Rulebook) -> tuple[str, ...]:
    """Row, number, fate, title, matter or duty, department, duplicates, and what is to be said."""
    routing = one.routing
    matter = rules.matters[routing.matter].name if routing and routing.matter else ""
    topic = rules.duties[routing.duty].name if routing and routing.duty else matter
    lead = rules.departments[routing.lead].name if routing else ""
    twins = "\n".join(f"{each.key}（{each.score:.0%}，{each.reason}）" for each in one.suspicions)
    twins += "".join(f"\n同一对象：{each.key}（{each.reason}）" for each in one.related)
    told = [*one.errors, *(f"提示：{each}" for each in one.warnings)]
    place = f"{one.sheet} {one.row}".strip()
    why = "\n".join(told) or one.reason
    return place, one.ref, _fate(one), one.title, topic, lead, twins, why


def _as_json(result: ImportResult) -> str:
    return json.dumps(
        {
            "registered": result.registered,
            "already_there": result.already_there,
            "rejected": result.rejected,
            "suspected": result.suspected,
            "rejections": str(result.rejections) if result.rejections else None,
            "clues": list(result.numbers),
            "warnings": [
                {"row": one.row or None, "ref": one.ref or None, "text": one.text}
                for one in result.remarks
            ],
        },
        ensure_ascii=False,
    )


def _as_text(result: ImportResult, file: Path) -> list[str]:
    lines = [
        f"{file.name}：登记{result.registered}条，"
        f"已登记过{result.already_there}条，未通过{result.rejected}行。"
    ]
    if result.numbers:
        lines.append(f"线索编号：{result.numbers[0]} 至 {result.numbers[-1]}")
    if result.suspected:
        lines.append(f"其中{result.suspected}条有疑似重复，请人工核对是否并入。")
    if result.rejections:
        lines.append(f"未通过的行及原因见 {result.rejections}；改正后可直接导入该文件。")
    if result.remarks:
        lines.append(f"{result.rows_remarked}行有提示，请核对：")
        lines += [f"  {one}" for one in result.remarks[:MOST_REMARKS]]
    if len(result.remarks) > MOST_REMARKS:
        lines.append(f"  共{len(result.remarks)}条提示，其余见各线索页，或用 --json 列出全部。")
    if result.skipped_sheets:
        lines.append(f"列名不同、未读取的工作表：{'、'.join(result.skipped_sheets)}")
    return lines


@contextmanager
def _bar(alone: bool = True) -> Iterator[Told]:
    """A bar for long files where a person watches and it stands alone; else silence."""
    console = Console(stderr=True)
    columns = (TextColumn("导入"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    shown = alone and console.is_terminal
    with Progress(*columns, console=console, transient=True, disable=not shown) as bar:
        task = bar.add_task("", total=None, visible=False)

        def told(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total, visible=total > LONG_FILE)

        yield told
