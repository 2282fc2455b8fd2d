"""`yisong follow-ups`: what the flows still have to do, what failed, and a second chance."""

from typing import Annotated

import typer
from rich.table import Table

from cli.terminal.clue_sheet import terminal
from cli.terminal.context import fail, office
from flows.afterwards.follow_up_list import (
    PAGE,
    FollowUpLine,
    Narrow,
    count_parked,
    list_follow_ups,
    retry_follow_ups,
)
from flows.people.actors import system_actor
from flows.site.moment import now_at
from flows.site.store import reading
from web.request.words import moment as told_moment

ALL = "all"


def follow_ups(
    ctx: typer.Context,
    *,
    parked: Annotated[bool, typer.Option("--parked", help="只列出搁置的")] = False,
    retry: Annotated[
        str, typer.Option(metavar="ID|all", help="重新处理搁置的一项（编号）或者全部（all）")
    ] = "",
) -> None:
    """列出后续事项（每次最近若干项）；搁置的可以重新处理。"""
    found = office(ctx)
    now = now_at(found)
    if retry:
        if retry != ALL and not retry.isdecimal():
            raise fail(f"--retry 应为编号或者 all，现为「{retry}」")
        ids = None if retry == ALL else [int(retry)]
        done = retry_follow_ups(found, system_actor(found.settings.desk), now, ids)
        if ids and not done:
            raise fail(f"没有编号为{retry}的搁置事项")
        typer.echo(f"已重新列入处理：{done}项")
        return
    with reading(found.engine) as session:
        narrow = Narrow("parked" if parked else "waiting")
        lines, more = list_follow_ups(session, narrow, now)
        waiting = count_parked(session)
    terminal().print(_table(lines))
    if more:
        typer.echo(f"只显示最近{PAGE}项。")
    if waiting:
        typer.echo(f"搁置{waiting}项：用 yisong follow-ups --retry all 重新处理。")


def _table(lines: tuple[FollowUpLine, ...]) -> Table:
    table = Table("编号", "线索", "环节", "事项", "状态", "自", "次数", "错误")
    for one in lines:
        row = one.row
        since, tried = told_moment(one.since), str(row.attempts)
        table.add_row(
            str(row.id), row.clue_no, one.stage, one.task, one.state, since, tried,
            row.last_error or "",
        )  # fmt: skip
    return table
