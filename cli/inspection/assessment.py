"""`yisong assessment`: a year's figures by any view, and the rows behind a figure."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cli.terminal.clue_sheet import terminal
from cli.terminal.context import fail, write_out
from cli.terminal.undertaking_output import viewer_of
from documents.output.table_files import Sheet, as_xlsx
from domain.assessment.figures import BY_ID, FIGURES
from flows.assessment.assessed import BY_VIEW, VIEWS, Assessed, assess, year_meant
from flows.assessment.assessment_sheets import lines_sheet, rows_sheet
from flows.assessment.report_rows import told_of
from flows.people.viewer import Viewer
from flows.site.store import reading

SHOWN = 50
NAMED = "、".join(f"{one.id} {one.label}" for one in FIGURES)
assessment = typer.Typer(
    help="年度评估：各项数字、每个数字所依据的事项；拟制报告用 yisong do。", no_args_is_help=True
)
Year = Annotated[str, typer.Option(metavar="YEAR", help="年度，如 2026；不写的为本年")]
AsUser = Annotated[str | None, typer.Option("--as", metavar="USER", help="以谁的身份看")]
By = Annotated[
    str,
    typer.Option(metavar="VIEW", help="、".join(f"{one.id} 按{one.label}" for one in VIEWS)),
]
Out = Annotated[Path | None, typer.Option("-o", "--out", metavar="OUT.xlsx", help="写成表格")]


@assessment.command()
def figures(
    ctx: typer.Context,
    year: Year = "",
    by: By = VIEWS[0].id,
    as_user: AsUser = None,
    out: Out = None,
) -> None:
    """一年的各项数字，按部门、地区、监管事项、计划项目或者试点。"""
    if by not in BY_VIEW:
        raise fail(f"没有“{by}”，可用的：{'、'.join(BY_VIEW)}")
    viewer = viewer_of(ctx, as_user)
    found = _assessed(viewer, year)
    if out:
        _write(viewer, lines_sheet(found, by), out)
        return
    table = Table(BY_VIEW[by].label, *(one.label for one in FIGURES if found.whole.of(one.id)))
    for line in [*found.lines(by), found.whole]:
        numbers = (str(line.of(one.id)) for one in FIGURES if found.whole.of(one.id))
        table.add_row(line.label, *numbers)
    terminal().print(table)
    typer.echo("没有出现的数字为0；所依据的事项用 yisong assessment rows 查看。")


@assessment.command("rows")
def rows_(
    ctx: typer.Context,
    figure: Annotated[str, typer.Argument(metavar="FIGURE", help=f"数字：{NAMED}")],
    year: Year = "",
    as_user: AsUser = None,
    out: Out = None,
) -> None:
    """一个数字所依据的事项，最近的在前。"""
    if figure not in BY_ID:
        raise fail(f"没有“{figure}”，可用的：{NAMED}")
    viewer = viewer_of(ctx, as_user)
    found = _assessed(viewer, year)
    if out:
        _write(viewer, rows_sheet(found, figure), out)
        return
    counted = found.behind(figure)
    table = Table("编号", "名称", "部门", "事项", "日期", "数", "说明")
    for one in counted[:SHOWN]:
        table.add_row(*told_of(found, one).values())
    terminal().print(table)
    if len(counted) > SHOWN:
        typer.echo(f"共{len(counted)}条，其余用 -o 写成表格。")


def _assessed(viewer: Viewer, year: str) -> Assessed:
    with reading(viewer.office.engine) as session:
        return assess(session, viewer, year_meant(year, viewer.now))


def _write(viewer: Viewer, sheet: Sheet, out: Path) -> None:
    write_out(out, as_xlsx(sheet, viewer.now))
    typer.echo(f"{sheet.title} → {out}")
