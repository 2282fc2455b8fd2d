"""`yisong breach`: 失信信息 listed, shown, and taken away for the quarterly push."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cli.terminal.clue_sheet import print_clocks, terminal
from cli.terminal.context import write_out
from cli.terminal.undertaking_output import (
    lines_of,
    print_head,
    print_rest,
    sheet_meant,
    viewer_of,
)
from documents.output.table_files import as_csv, as_xlsx
from flows.rosters.breach_list import KIND, breaches_sheet, standing_breaches
from flows.site.store import reading

breach = typer.Typer(
    help="失信信息：列出、查看、导出有效的；记入、惩戒、修复用 yisong do。", no_args_is_help=True
)
AsUser = Annotated[str | None, typer.Option("--as", metavar="USER", help="以谁的身份看")]


@breach.command("list")
def list_(ctx: typer.Context, as_user: AsUser = None) -> None:
    """列出失信信息：最新的在最前，最多30件。"""
    table = Table("编号", "失信信息", "状态", "认定单位", "惩戒")
    table.columns[0].no_wrap = True
    lines = lines_of(viewer_of(ctx, as_user), KIND)
    for line in lines:
        told = f"{line.done}/{line.asked}" if line.asked else "—"
        table.add_row(line.row.no, line.row.title, line.state, line.holder, told)
    terminal().print(table if lines else "没有失信信息。")


@breach.command()
def show(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="编号，如 SX2026000001")],
    as_user: AsUser = None,
) -> None:
    """一件失信信息的全貌：认定、公示期、联合惩戒、修复、时限、可办操作、文书、经过。"""
    viewer = viewer_of(ctx, as_user)
    row, sheet = sheet_meant(viewer, number)
    console = terminal()
    print_head(console, row, sheet, ("认定单位", "记入人"))
    print_clocks(console, sheet)
    for one in sheet.processes:
        console.print(f"{one.label}#{one.view.id}：{one.state}　{one.holder}")
    print_rest(console, sheet, viewer, acts=bool(as_user))


@breach.command()
def push(
    ctx: typer.Context,
    out: Annotated[Path, typer.Option("-o", "--out", metavar="OUT", help="XLSX 或 CSV 文件")],
    as_user: AsUser = None,
) -> None:
    """导出有效的失信信息和惩戒情况，供每季度推送；修复、撤回、期满的不在其中。"""
    viewer = viewer_of(ctx, as_user)
    with reading(viewer.office.engine) as session:
        found = standing_breaches(session, viewer)
    sheet = breaches_sheet(found)
    write_out(out, as_csv(sheet) if out.suffix == ".csv" else as_xlsx(sheet, viewer.now))
    typer.echo(f"有效的失信信息{len(found)}件 → {out}")
