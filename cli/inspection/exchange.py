"""`yisong exchange`: inspections, results, plans and 失信信息 of some days as a file."""

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from cli.terminal.context import fail, write_out
from cli.terminal.undertaking_output import viewer_of
from documents.output.table_files import as_csv, as_xlsx
from domain.limits.limit import day_of
from flows.exchange.check_actions import Days
from flows.exchange.packages import KINDS, MAKERS, package_of
from flows.site.store import reading

WHAT = "、".join(f"{key} {label}" for key, label in KINDS)
SHOWN = 10
EARLIEST = 2000


def exchange(
    ctx: typer.Context,
    what: Annotated[str, typer.Argument(metavar="WHAT", help=WHAT)],
    out: Annotated[
        Path, typer.Option("-o", "--out", metavar="FILE", help="写到 .xlsx、.csv 或 .json")
    ],
    since: Annotated[str, typer.Option(metavar="DAY", help="起始日期，默认31日以前")] = "",
    until: Annotated[str, typer.Option(metavar="DAY", help="截止日期，默认今天")] = "",
    as_user: Annotated[str | None, typer.Option("--as", metavar="USER", help="以谁的身份")] = None,
) -> None:
    """导出监管行为、检查结果、检查计划、失信信息；不能报送的写明原因。"""
    if what not in MAKERS:
        raise fail(f"没有“{what}”，可用的：{WHAT}")
    viewer = viewer_of(ctx, as_user)
    last = _day(until) if until else day_of(viewer.now)
    first = _day(since) if since else last - timedelta(days=30)
    if first > last:
        raise fail("起始日期不能晚于截止日期")
    with reading(viewer.office.engine) as session:
        found = package_of(session, viewer, what, Days(first, last))
    made = {".json": lambda: found.as_json, ".csv": lambda: as_csv(found.sheet)}
    write_out(out, made.get(out.suffix, lambda: as_xlsx(found.sheet, viewer.now))())
    typer.echo(
        f"{found.title}：可以报送{len(found.records)}条，不能报送{len(found.kept_back)}条 → {out}"
    )
    for one in found.kept_back[:SHOWN]:
        named = one.record.get("record_unique_identity", "")
        typer.echo(f"{named}：{'；'.join(one.faults)}")


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError as problem:
        raise fail(f"“{text}”不是日期，应写作 2026-05-11") from problem
    if found.year < EARLIEST:
        raise fail(f"“{text}”早于{EARLIEST}年")
    return found
