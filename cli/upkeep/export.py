"""`yisong export`: registers and reports as XLSX, CSV or JSON."""

from pathlib import Path
from typing import Annotated

import typer

from cli.terminal.context import (
    department_of,
    fail,
    moment,
    office,
    read_moment,
    written,
)
from flows.lists.exports import FORMATS, export
from flows.lists.registers import Narrow

WHAT = (
    "clues 线索台账、documents 文书登记簿、clocks 时限台账、referrals 涉罪移送台账、"
    "circulars 情况通报、write-back 12345回写、publicity 行政处罚公示"
)


def export_register(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="WHAT", help=WHAT)],
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FILE", help="写到哪个文件：.xlsx、.csv 或 .json")
    ],
    department: Annotated[str, typer.Option(help="部门编号，yisong departments 列出")] = "",
    state: Annotated[str, typer.Option(help="状态编号（线索、涉罪移送、情况通报）")] = "",
    text: Annotated[str, typer.Option(help="编号、标题或当事人中的字词（线索）")] = "",
    kind: Annotated[str, typer.Option(help="文书种类（文书登记簿）")] = "",
    overdue: Annotated[bool, typer.Option("--overdue", help="只列逾期的（线索、时限）")] = False,
    since: Annotated[str | None, typer.Option(metavar="TIME", help="从何时起")] = None,
    until: Annotated[str | None, typer.Option(metavar="TIME", help="到何时止（不含）")] = None,
    at: Annotated[
        str | None, typer.Option(metavar="TIME", help="以该时间看时限（默认现在）")
    ] = None,
) -> None:
    """导出台账和登记簿；任何单元格都不会被当作公式。"""
    found = office(ctx)
    form = out.suffix.removeprefix(".").lower()
    if form not in FORMATS:
        raise fail(
            f"文件扩展名应为 {'、'.join(f'.{one}' for one in FORMATS)}，现为「{out.suffix}」"
        )
    if department:
        department_of(found, department)
    narrow = Narrow(
        now=moment(found, at),
        department=department,
        state=state,
        text=text,
        kind=kind,
        overdue=overdue,
        since=read_moment(since) if since else None,
        until=read_moment(until) if until else None,
    )
    try:
        with written(out) as file:
            export(found, what, form, narrow, file)
    except LookupError as error:
        raise fail(str(error)) from error
    typer.echo(f"已导出 → {out}（{out.stat().st_size:,}字节）")
