"""`yisong status`: how the site does, the same as the administrator's page says."""

import typer
from rich.table import Table

from cli.terminal.clue_sheet import terminal
from cli.terminal.context import office
from flows.site.moment import now_at
from flows.upkeep.health import WORDS, health, worst


def status(ctx: typer.Context) -> None:
    """查看运行状况：数据库、存储、定时任务、后续事项、工作日历和版本；异常时退出码为1。"""
    found = office(ctx)
    parts = health(found, now_at(found))
    table = Table("项目", "内容", "情况", "说明")
    for part in parts:
        for line in part.lines:
            table.add_row(part.label, line.label, WORDS[line.verdict], line.value)
    terminal().print(table)
    if worst(part.verdict for part in parts) == "bad":
        raise typer.Exit(1)
