"""The stage of intake: a file of work orders becomes clues, a task run for every portion of rows.

Interrupted or run again, it goes on where it was: no order becomes two clues.
"""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from prefect import flow, get_run_logger, task

from domain.files.rows import RawRow
from domain.situation.situation import Actor
from flows.imports.clerk import Clerk
from flows.imports.import_result import ImportResult, Portion, Tally
from flows.imports.order_import import (
    PORTION,
    import_rows,
    let_others_write,
    open_for,
    rejections_of,
)
from flows.people.actors import actor_of, system_actor
from flows.running.stage_tasks import TRIES
from flows.site.store import reading
from flows.site.workplace import current_office, moment


@task(task_run_name="{rows}", **TRIES)
async def import_portion(rows: str, work: Callable[[], Portion]) -> Portion:
    """One transaction of rows: tried again, it still makes no clue twice."""
    return await asyncio.to_thread(work)


@flow(name="导入工单", flow_run_name="导入 {path}")
async def import_work_orders(
    path: str,
    channel: str | None = None,
    mapping: str | None = None,
    as_user: str | None = None,
    now: datetime | None = None,
) -> ImportResult:
    """Imports a file of the hotline or another platform; rejected rows lie beside it."""
    office = current_office()
    clerk = Clerk(office, _actor(as_user, moment(now)), moment(now))
    file = await asyncio.to_thread(open_for, clerk, Path(path), channel, mapping)
    tally = Tally()
    with rejections_of(file, office) as rejections:
        for rows in file.portions(PORTION):
            work = partial(import_rows, clerk, rows, file)
            portion = await import_portion(_named(rows), work)
            tally.add(portion)
            for one in portion.rejections:
                rejections.add(one)
            if portion.registered:
                await asyncio.to_thread(let_others_write, office)
    result = tally.result(file, rejections.path)
    get_run_logger().info(str(result))
    return result


def _actor(as_user: str | None, now: datetime) -> Actor:
    office = current_office()
    if as_user is None:
        return system_actor(office.settings.desk)
    with reading(office.engine) as session:
        return actor_of(session, as_user, now)


def _named(rows: Sequence[RawRow]) -> str:
    """The rows of a portion, as its task run is called."""
    sheet = f"“{rows[0].sheet}”" if rows[0].sheet else ""
    return f"{sheet}第{rows[0].row}–{rows[-1].row}行"
