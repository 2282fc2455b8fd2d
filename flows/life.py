"""The life of clues from the hotline's spreadsheet to the archive, rehearsed with a movable clock.

Work orders are imported; then, day by day, people act, reminders climb, and what follows from
their acts is done by the flows of the stages. Nothing sleeps: the day is an argument.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from prefect import flow
from prefect.context import SyncClientContext

from flows.afterwards.outbox import queue
from flows.followups import Drained, work_off
from flows.imports.clerk import Clerk
from flows.imports.import_result import ImportResult
from flows.imports.order_import import import_file
from flows.rehearsal.haste import act_until
from flows.rehearsal.people import person
from flows.rehearsal.play import (
    CHANNEL,
    IMPORTED_AT,
    LAST_DAY,
    MAPPING,
    Day,
    cast_all,
    days,
    set_stage,
)
from flows.rehearsal.scene import Stage
from flows.rehearsal.timeline import Chronicle, Line
from flows.reminders.sweep import SweepResult, sweep
from flows.running.step_events import teller_of
from flows.site.office import Office
from flows.site.workplace import workplace

TOLD_WITHIN = 120.0
"""Seconds in which Prefect has all steps; far more than it needs."""
ENOUGH, LONGEST_WAIT = 25, 2
"""Follow-ups that are worth a run of their own, and the days after which fewer are."""
Listener = Callable[[datetime, Sequence[Line]], None]
Welcome = Callable[[ImportResult], None]


@dataclass
class Show:
    """A rehearsal: where it is played, what it begins with, and who listens.

    `speed`: real seconds to stay on each simulated day.
    """

    office: Office
    workbook: Path
    hear_import: Welcome
    hear_day: Listener
    speed: float = 0
    last: date = LAST_DAY
    days_waiting: int = 0
    stage: Stage = field(init=False)
    swept: list[SweepResult] = field(default_factory=list)
    drained: list[Drained] = field(default_factory=list)
    told: int = 0

    def __post_init__(self) -> None:
        self.stage = set_stage(self.office)


@flow(name="线索的一生", validate_parameters=False, persist_result=False)
async def rehearse(curtain: Callable[[], Show]) -> list[str]:
    """From the spreadsheet to the archive; whatever got stuck on the way.

    The show comes as a call: Prefect would take a dataclass apart to look for results in it.
    """
    show = curtain()
    with workplace(show.office), SyncClientContext.get_or_create():
        show.hear_import(await arrive(show))
        stage = show.stage
        cast_all(stage)
        chronicle = Chronicle(show.office)
        for day in days(stage, show.last):
            await pass_day(stage, day, show)
            lines = await asyncio.to_thread(chronicle.since_last, stage.notes)
            if lines:
                show.hear_day(day.morning, lines)
                await asyncio.sleep(show.speed)
        await follow_up(show, stage.now, enough=1)
        teller = teller_of(show.office)
        if not await teller.all(TOLD_WITHIN):
            stage.stuck.append("Prefect 没有收到全部办理步骤")
        show.told = teller.told
        return list(stage.stuck)


async def arrive(show: Show) -> ImportResult:
    """The hotline's spreadsheet becomes clues."""
    clerk = Clerk(show.office, person(show.office.settings.desk, "intake_clerk"), IMPORTED_AT)
    return await asyncio.to_thread(import_file, clerk, show.workbook, CHANNEL, MAPPING)


async def pass_day(stage: Stage, day: Day, show: Show) -> None:
    """A day: reminders in the morning, people at their desks, and all that follows by evening."""
    await act(show, day.morning)
    show.swept.append(await asyncio.to_thread(sweep, show.office, day.morning))
    await act(show, day.evening)
    stage.agenda.now = max(stage.agenda.now, day.evening)
    await follow_up(show, day.evening, enough=ENOUGH)


async def act(show: Show, until: datetime) -> None:
    """People act up to a moment; what follows under a limit in hours is done the same hour."""
    stage = show.stage
    while stage.agenda.has_turn(until):
        if await asyncio.to_thread(act_until, stage, until):
            await follow_up(show, stage.now, enough=1)


async def follow_up(show: Show, now: datetime, enough: int) -> None:
    """What follows from the acts is done by the stages, a day's worth or two at a time."""
    due = (await asyncio.to_thread(queue, show.office, now)).due
    show.days_waiting += 1 if due else 0
    if due >= enough or show.days_waiting >= LONGEST_WAIT:
        show.drained.append(await work_off(now))
        show.days_waiting = 0
