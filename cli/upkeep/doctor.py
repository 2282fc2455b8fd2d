"""`yisong doctor`: whether this host has what a site needs, in words."""

import os
from datetime import UTC, datetime

import typer
from rich.table import Table

from cli.terminal.clue_sheet import terminal
from cli.terminal.context import settings_of
from flows.upkeep.doctor import examine
from flows.upkeep.health import WORDS, worst


def doctor(ctx: typer.Context) -> None:
    """检查本机：程序、权限、磁盘、数据库、时钟、Prefect、邮件、证书、字体；异常时退出码为1。"""
    parts = examine(settings_of(ctx), os.environ, datetime.now(UTC))
    table = Table("项目", "内容", "情况", "说明")
    for part in parts:
        for line in part.lines:
            table.add_row(part.label, line.label, WORDS[line.verdict], line.value)
    terminal().print(table)
    if worst(part.verdict for part in parts) == "bad":
        raise typer.Exit(1)
