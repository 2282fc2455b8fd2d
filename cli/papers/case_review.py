"""`yisong case-review`: the checklist of a case file as its record answers it."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from cli.terminal.clue_sheet import terminal
from cli.terminal.context import fail, write_out
from cli.terminal.undertaking_output import viewer_of
from documents.output.table_files import as_xlsx
from flows.papers.case_reviews import FileReview, file_review, review_sheet
from flows.people.visible_clues import NotForYou
from flows.site.store import reading


def case_review(
    ctx: typer.Context,
    clue: Annotated[str, typer.Argument(metavar="CLUE", help="线索编号")],
    as_user: Annotated[str, typer.Option("--as", metavar="USER", help="以谁的身份看")],
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="OUT.xlsx", help="写成表格")
    ] = None,
) -> None:
    """案卷评查：逐项列出记录的回答和依据，缺什么、在哪一项操作补正；评查用 yisong do 办理。"""
    viewer = viewer_of(ctx, as_user)
    try:
        with reading(viewer.office.engine) as session:
            found = file_review(session, viewer, clue)
    except (NotForYou, LookupError) as problem:
        raise fail(str(problem)) from problem
    if out:
        write_out(out, as_xlsx(review_sheet(found), viewer.now))
        typer.echo(f"评查表 → {out}")
        return
    terminal().print(_table(found))
    typer.echo(f"缺少、不符合{len(found.missing)}项。")


def _table(found: FileReview) -> Table:
    table = Table("类别", "项目", "结论", "依据的记录", "补正")
    for one in found.items:
        act = one.act if one in found.missing else ""
        table.add_row(one.group, one.says, one.verdict or "待回答", one.ground or "—", act)
    return table
