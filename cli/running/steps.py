"""`yisong steps`: what Prefect has been told of a clue, in the order in which it happened."""

import asyncio
import os
from typing import Annotated

import typer
from rich.table import Table

from cli.terminal.clue_sheet import terminal
from cli.terminal.context import fail, office
from domain.limits.limit import at_shanghai
from flows.running.prefect_server import QUIET, address_of, is_healthy

NOT_THERE = "Prefect 没有运行：先启动 yisong serve 或者 yisong run，或者设置 PREFECT_API_URL"


def steps(
    ctx: typer.Context,
    no: Annotated[str, typer.Argument(metavar="编号", help="线索或者事项的编号")],
) -> None:
    """按线索编号列出 Prefect 里的办理步骤和后续事项，从登记到办结。"""
    url = address_of(office(ctx).settings.home)
    if not url or not is_healthy(url):
        raise fail(NOT_THERE)
    os.environ.update({**QUIET, "PREFECT_API_URL": url})
    # Prefect takes seconds to import and reads its settings as it is imported.
    from flows.running.step_reading import read_steps  # noqa: PLC0415

    found = asyncio.run(read_steps(no))
    if not found:
        raise fail(f"Prefect 里没有「{no}」的记录：编号不对，或者还没有传到，或者已过保存期")
    table = Table("时间", "流程", "步骤", "状态", "部门")
    for one in found:
        told = one.payload
        work = told.get("work")
        cells = (
            ("后续事项", work, told["fate"], "")
            if work
            else tuple(told[name] for name in ("process", "step", "state", "department"))
        )
        table.add_row(f"{at_shanghai(one.occurred):%Y-%m-%d %H:%M}", *map(str, cells))
    terminal().print(table)
