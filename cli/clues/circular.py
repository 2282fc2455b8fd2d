"""`yisong circular`: the circulars, and one of them from top to bottom."""

from typing import Annotated

import typer
from rich.table import Table

from cli.terminal.clue_sheet import (
    in_china,
    light_in_words,
    print_actions,
    print_clocks,
    print_history,
    print_papers,
    terminal,
)
from cli.terminal.undertaking_output import lines_of, print_head, sheet_meant, viewer_of
from flows.lists.undertaking_list import UndertakingLine

KIND = "circular"
circular = typer.Typer(help="情况通报：列出、查看；办理用 yisong do。", no_args_is_help=True)
AsUser = Annotated[str | None, typer.Option("--as", metavar="USER", help="以谁的身份看")]
At = Annotated[str | None, typer.Option(metavar="TIME", help="以该时间看时限（默认现在）")]


@circular.command("list")
def list_(ctx: typer.Context, as_user: AsUser = None, at: At = None) -> None:
    """列出情况通报：最新的在最前，最多30件。"""
    viewer = viewer_of(ctx, as_user, at)
    lines = lines_of(viewer, KIND)
    terminal().print(_table(lines) if lines else "没有情况通报。")


def _table(lines: tuple[UndertakingLine, ...]) -> Table:
    table = Table("编号", "标题", "状态", "发出部门", "收件部门", "最近时限", "届满")
    table.columns[0].no_wrap = True
    for line in lines:
        late = f"，{line.late}个逾期" if line.late else ""
        table.add_row(
            line.row.no,
            line.row.title,
            line.state,
            line.holder,
            f"{line.done}/{line.asked}个已办{late}" if line.asked else "尚未发出",
            f"{light_in_words(line.clock)} {line.clock.label}" if line.clock else "—",
            in_china(line.clock.due_at) if line.clock else "—",
        )
    return table


@circular.command()
def show(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="情况通报编号，如 TB2026000001")],
    as_user: AsUser = None,
    at: At = None,
) -> None:
    """一件情况通报的全貌：内容、收件部门、时限、可办操作、文书、经过。"""
    viewer = viewer_of(ctx, as_user, at)
    row, sheet = sheet_meant(viewer, number)
    console = terminal()
    print_head(console, row, sheet, ("发出部门", "拟稿人"))
    print_clocks(console, sheet)
    for one in sheet.processes:
        console.print(f"{one.label}#{one.view.id}：{one.state}　{one.holder}")
    if as_user:
        print_actions(console, sheet.allowed, viewer.actor, viewer.office)
    print_papers(console, sheet)
    for file in sheet.attachments:
        console.print(f"附件{file.id}：{file.title}{file.suffix}", markup=False)
    print_history(console, sheet)
