"""`yisong draw`: the draws, the record of one, and the record replayed as anybody may replay it."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cli.terminal.clue_sheet import terminal
from cli.terminal.context import fail
from cli.terminal.undertaking_output import (
    lines_of,
    print_head,
    print_rest,
    sheet_meant,
    undertaking_meant,
    viewer_of,
)
from domain.draws.verify_draw import told
from domain.shapes.data_folders import room_folder
from flows.draws.draw_records import (
    as_file,
    is_revealed,
    may_check,
    open_record,
    record_name,
    whole_record,
)
from flows.lists.undertaking_list import UndertakingLine
from flows.site.store import reading

KIND = "draw"
draw = typer.Typer(
    help="双随机抽取：列出、查看、取出和核验记录；办理用 yisong do。", no_args_is_help=True
)
HASHES = {"frame_sha": "名单封存值", "commitment": "密数承诺值", "seed": "种子"}
ALONE = "verify_draw.py"
Record = Annotated[Path, typer.Argument(metavar="FILE", help="抽取记录，如 draw-CQ2026000001.json")]
Number = Annotated[str, typer.Argument(metavar="NUMBER", help="抽取编号，如 CQ2026000001")]
AsUser = Annotated[str | None, typer.Option("--as", metavar="USER", help="以谁的身份看")]


@draw.command("list")
def list_(ctx: typer.Context, as_user: AsUser = None) -> None:
    """列出双随机抽取：最新的在最前，最多30件。"""
    viewer = viewer_of(ctx, as_user)
    lines = lines_of(viewer, KIND)
    terminal().print(_table(lines) if lines else "没有双随机抽取。")


@draw.command()
def show(ctx: typer.Context, number: Number, as_user: AsUser = None) -> None:
    """一次抽取的全貌：封存值、参加和见证、抽中对象、可办操作、文书、经过。"""
    viewer = viewer_of(ctx, as_user)
    row, sheet = sheet_meant(viewer, number)
    console = terminal()
    print_head(console, row, sheet, ("组织单位", "编制人"))
    for name, label in HASHES.items():
        console.print(f"{label}：{row.facts.get(name) or '—'}", markup=False, soft_wrap=True)
    for one in sheet.processes:
        console.print(f"{one.label}#{one.view.id}：{one.state}　{one.holder}")
    for thing in row.facts.get("drawn") or ():
        told_of = "　".join(thing[name] for name in ("对象", "名称", "事项", "人员", "情况"))
        console.print(told_of, markup=False, soft_wrap=True)
    print_rest(console, sheet, viewer, acts=bool(as_user))


@draw.command()
def record(
    ctx: typer.Context,
    number: Number,
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="存放到哪个文件夹")] = Path(),
    as_user: AsUser = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="含封存的全部名单和等级，只供法制、督办、审计核验")
    ] = False,
) -> None:
    """取出一次抽取的记录文件，用 yisong draw verify 核验。"""
    viewer = viewer_of(ctx, as_user)
    with reading(viewer.office.engine) as session:
        row = undertaking_meant(session, viewer, number)
        if row.kind != KIND or not is_revealed(row):
            raise fail(f"「{number}」还没有抽取记录")
        if whole and as_user and not may_check(row, viewer.actor):
            raise fail("完整的抽取记录只有本机关法制人员、督办员、审计员可以取出")
        make = whole_record if whole else open_record
        content = as_file(make(session, viewer.office, row))
    path = folder / record_name(row, whole=whole)
    path.write_bytes(content)
    typer.echo(f"已存为 {path}")


@draw.command()
def verify(path: Record) -> None:
    """用记录里的封存名录、密数和见证数重新抽取，与记录逐项核对；不符的逐条列出。"""
    holds, lines = told(str(path))
    for one in lines:
        typer.echo(one, err=not holds)
    if not holds:
        raise typer.Exit(1)


@draw.command("verifier")
def verifier(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="存放到哪个文件夹")] = Path(),
) -> None:
    """取出独立核验程序 verify_draw.py：一个文件，只要有 Python 就能核验，不用安装本系统。"""
    source = room_folder("domain", "draws") / ALONE
    (folder / ALONE).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    typer.echo(f"已存为 {folder / ALONE}")


def _table(lines: tuple[UndertakingLine, ...]) -> Table:
    table = Table("编号", "名称", "状态", "组织单位", "抽中", "更换")
    table.columns[0].no_wrap = True
    for line in lines:
        facts = line.row.facts
        drawn, changes = facts.get("drawn") or (), facts.get("changes") or ()
        counted = f"{len(drawn)}个" if drawn else "尚未抽取"
        table.add_row(
            line.row.no, line.row.title, line.state, line.holder, counted, f"{len(changes)}次"
        )
    return table
