"""`yisong visit`: inspections listed and shown, what waits for a head, and a subject's year."""

from typing import Annotated

import typer
from rich.table import Table
from sqlmodel import col, select

from cli.terminal.clue_sheet import terminal
from cli.terminal.context import fail
from cli.terminal.undertaking_output import (
    lines_of,
    print_head,
    print_rest,
    sheet_meant,
    viewer_of,
)
from domain.limits.limit import day_of
from domain.tables.roster import Subject
from flows.lists.undertaking_list import UndertakingLine
from flows.site.store import reading
from flows.visits.frequency import frequency

KIND = "visit"
visit = typer.Typer(
    help="行政检查：列出、查看、查对象本年度检查次数；办理用 yisong do。", no_args_is_help=True
)
Number = Annotated[str, typer.Argument(metavar="NUMBER", help="检查编号，如 JC2026000001")]
AsUser = Annotated[str | None, typer.Option("--as", metavar="USER", help="以谁的身份看")]


@visit.command("list")
def list_(ctx: typer.Context, as_user: AsUser = None) -> None:
    """列出行政检查：最新的在最前，最多30件。"""
    viewer = viewer_of(ctx, as_user)
    lines = lines_of(viewer, KIND)
    terminal().print(_table(lines) if lines else "没有行政检查。")


@visit.command()
def show(ctx: typer.Context, number: Number, as_user: AsUser = None) -> None:
    """一次检查的全貌：对象、人员、次数、各部门结果、可办操作、文书、经过。"""
    viewer = viewer_of(ctx, as_user)
    row, sheet = sheet_meant(viewer, number)
    console = terminal()
    print_head(console, row, sheet, ("提出部门", "提出人"))
    facts = row.facts
    console.print(f"对象：{facts.get('subject_name') or '—'}　{facts.get('subject_key') or ''}")
    for one in facts.get("team") or ():
        console.print(f"人员：{one['部门']} {one['姓名']}（{one['证号']}）", markup=False)
    told = f"本机关{facts.get('so_far') or 0}次，各部门共上门{facts.get('all_so_far') or 0}次"
    console.print(f"批准时本年度已检查：{told}")
    for process in sheet.processes:
        console.print(f"{process.label}#{process.view.id}：{process.state}　{process.holder}")
    print_rest(console, sheet, viewer, acts=bool(as_user))


@visit.command()
def times(
    ctx: typer.Context,
    subject: Annotated[str, typer.Argument(metavar="SUBJECT", help="统一社会信用代码或者名录编号")],
    as_user: AsUser = None,
) -> None:
    """一个对象本年度被检查了几次：哪天、哪个部门、哪次检查。"""
    viewer = viewer_of(ctx, as_user)
    rules = viewer.office.rules
    with reading(viewer.office.engine) as session:
        name = session.exec(select(Subject.name).where(col(Subject.key) == subject)).one_or_none()
        if name is None:
            raise fail(f"监管名录中没有「{subject}」")
        found = frequency(session, subject, viewer.actor.department, day_of(viewer.now))
    table = Table("日期", "部门", "种类", "计入频次", "检查编号")
    for one in found.entries:
        organ, kind = rules.departments[one.department].name, rules.inspection.kinds[one.kind]
        table.add_row(f"{one.day}", organ, kind.label, "是" if one.counts else "否", one.visit)
    console = terminal()
    console.print(f"{name}：本年度各部门共上门{found.doors}次")
    if found.entries:
        console.print(table)


def _table(lines: tuple[UndertakingLine, ...]) -> Table:
    table = Table("编号", "名称", "状态", "部门", "检查时间")
    table.columns[0].no_wrap = True
    for line in lines:
        when = str(line.row.facts.get("visit_on") or "尚未确定")[:16].replace("T", " ")
        table.add_row(line.row.no, line.row.title, line.state, line.holder, when)
    return table
