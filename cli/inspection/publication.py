"""`yisong publication`: lists and plans listed and shown, and their rows by XLSX or CSV."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cli.terminal.clue_sheet import terminal
from cli.terminal.context import fail, write_out
from cli.terminal.refusal import print_refusal
from cli.terminal.undertaking_output import (
    lines_of,
    print_head,
    print_rest,
    sheet_meant,
    undertaking_meant,
    viewer_of,
)
from documents.output.table_files import as_csv, as_xlsx
from domain.lifecycle.plan import Refused
from domain.tables.undertaking import Undertaking
from flows.acting.whole_steps import act
from flows.door.steps import Command
from flows.people.user_keeping import NotKept
from flows.people.viewer import Viewer
from flows.publications.row_import import (
    RowTrial,
    aside_sheet,
    in_words,
    kinds_with_rows,
    table_of,
    try_rows,
)
from flows.site.store import reading

KIND, CALLED = "publication", "called"
publication = typer.Typer(
    help="清单、计划等会商公布的材料：列出、查看、从表格导入各行；办理用 yisong do。",
    no_args_is_help=True,
)
AsUser = Annotated[str | None, typer.Option("--as", metavar="USER", help="以谁的身份看")]
FATES = {"added": "新增", "changed": "更改", "same": "与拟稿相同", "aside": "需要更正"}


@publication.command("list")
def list_(ctx: typer.Context, as_user: AsUser = None) -> None:
    """列出清单、计划等：最新的在最前，最多30件。"""
    viewer = viewer_of(ctx, as_user)
    table = Table("编号", "名称", "种类", "状态", "部门")
    table.columns[0].no_wrap = True
    kinds = viewer.office.rules.publications
    lines = lines_of(viewer, KIND)
    for one in lines:
        kind = kinds[str(one.row.facts["kind"])].label
        table.add_row(one.row.no, one.row.title, kind, one.state, one.holder)
    terminal().print(table if lines else "没有清单、计划。")


@publication.command()
def show(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="编号，如 GB2026000001")],
    as_user: AsUser = None,
) -> None:
    """一份清单、计划的全貌：内容、意见、时限、可办操作、文书、经过。"""
    viewer = viewer_of(ctx, as_user)
    row, sheet = sheet_meant(viewer, number)
    console = terminal()
    print_head(console, row, sheet, ("拟稿部门", "拟稿人"))
    for one in sheet.processes:
        console.print(f"{one.label}#{one.view.id}：{one.state}　{one.holder}")
    print_rest(console, sheet, viewer, acts=bool(as_user))


@publication.command("import")
def import_(
    ctx: typer.Context,
    path: Annotated[Path, typer.Argument(metavar="FILE", help="XLSX 或 CSV 文件")],
    as_user: Annotated[str, typer.Option("--as", metavar="USER", help="以谁的身份拟稿")],
    kind: Annotated[str, typer.Option(help="种类，如 annual_plan；修改已有拟稿的不填")] = "",
    title: Annotated[str, typer.Option(help="名称")] = "",
    year: Annotated[int, typer.Option(help="年度，年度计划填写")] = 0,
    partners: Annotated[
        str, typer.Option("--with", metavar="DEPARTMENTS", help="配合部门的编号，用逗号分开")
    ] = "",
    to: Annotated[str, typer.Option(metavar="NUMBER", help="并入哪份拟稿，如 GB2026000001")] = "",
    aside: Annotated[
        Path | None, typer.Option(metavar="OUT", help="需要更正的行另存到哪个文件（XLSX 或 CSV）")
    ] = None,
    dry_run: Annotated[bool, typer.Option(help="只逐行显示会怎样，不拟稿")] = False,
) -> None:
    """从表格导入事项、计划各行：需要更正的写明哪一列、怎样改，其余拟稿或者并入拟稿。"""
    viewer = viewer_of(ctx, as_user)
    if not path.is_file():
        raise fail(f"没有「{path}」这个文件，请核对路径")
    row = _draft(viewer, to) if to else None
    wanted = str(row.facts["kind"]) if row else kind
    if not table_of(viewer.office, wanted):
        known = "、".join(f"{key} {label}" for key, label in kinds_with_rows(viewer.office).items())
        raise fail(f"请用 --kind 写明种类：{known}")
    held = row.facts if row else {"year": year or None}
    try:
        found = try_rows(viewer.office, wanted, path, held, viewer.now)
    except NotKept as problem:
        raise fail("；".join(problem.complaints.values())) from problem
    _print(found, viewer, aside)
    if dry_run or not (found.counts["added"] or found.counts["changed"]):
        typer.echo("没有拟稿" if dry_run else "没有可以填入的行，没有拟稿")
        return
    told: Mapping[str, object] = {
        "kind": wanted,
        "title": title,
        "year": year or None,
        "co_departments": [one for one in partners.split(",") if one] or None,
    }
    _drafted(viewer, row, found, told)


def _draft(viewer: Viewer, number: str) -> Undertaking:
    with reading(viewer.office.engine) as session:
        row = undertaking_meant(session, viewer, number)
    if row.kind != KIND:
        raise fail(f"{number} 不是清单、计划等会商公布的材料")
    return row


def _print(found: RowTrial, viewer: Viewer, aside: Path | None) -> None:
    table = Table("行", "结果", "名称", "哪一列、怎样改")
    for one in found.fates:
        told = [in_words(one.line)] if one.line.faults else []
        told += [f"提示：{text}" for text in one.line.remarks]
        if told:
            table.add_row(str(one.line.row), FATES[one.kind], one.line.name, "；".join(told))
    if table.row_count:
        terminal().print(table)
    for remark in found.remarks:
        typer.echo(f"提示：{remark}")
    typer.echo("，".join(f"{label}{found.counts[key]}行" for key, label in FATES.items()))
    if aside and found.aside:
        sheet = aside_sheet(found)
        write_out(aside, as_csv(sheet) if aside.suffix == ".csv" else as_xlsx(sheet, viewer.now))
        typer.echo(f"需要更正的{len(found.aside)}行 → {aside}；改好以后用 --to 再导入")


def _drafted(
    viewer: Viewer, row: Undertaking | None, found: RowTrial, told: Mapping[str, object]
) -> None:
    if row is None:
        form = {**told, found.field: found.value}
        command = Command("draft", KIND, form={key: one for key, one in form.items() if one})
    else:
        action = "take_up" if row.state == CALLED else "revise"
        fields = viewer.office.rules.lifecycles[KIND].actions[action].form
        held = {name: row.facts[name] for name in fields if row.facts.get(name)}
        command = Command(action, KIND, row.id, form={**held, found.field: found.value})
    try:
        done = act(viewer.office, command, viewer.actor, viewer.now)
    except Refused as refused:
        print_refusal(refused)
        raise typer.Exit(1) from refused
    typer.echo(f"{done.clue_no}：已{'并入拟稿' if row else '拟稿'}")
