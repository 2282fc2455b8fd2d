"""The life of clues from the hotline's spreadsheet to the archive, rehearsed as Prefect flows.

The play goes on in a thread; whenever work has to follow, the flows of the stages do it. A run of
a stage takes up a simulated month, and Prefect is told of the steps while people act on.
"""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from prefect import flow
from prefect.context import AsyncClientContext, SyncClientContext
from prefect.events import Event

from domain.situation.situation import CHINA
from flows.afterwards.outbox import Job
from flows.followups import Way, work_off
from flows.rehearsal.show import Show
from flows.running.stage_tasks import Batch, StageFlow
from flows.running.staying_runs import StayingRuns
from flows.running.step_events import Teller, teller_of
from flows.running.work_events import tell
from flows.site.workplace import workplace

TOLD_WITHIN = 120.0
"""Seconds in which Prefect has all steps; far more than it needs."""
TOLD_EVERY = 2.0
"""Seconds between two looks at what Prefect is to be told."""
Play = Iterator[datetime]


@dataclass
class Backstage:
    """What goes on beside the play: runs that stay, and events that wait to be sent together."""

    runs: StayingRuns = field(default_factory=StayingRuns)
    events: list[Event] = field(default_factory=list)

    async def carry(self, stage: StageFlow, jobs: list[Job], now: datetime) -> Batch:
        """The run of a stage for the month does them."""
        return await self.runs.carry(stage, jobs, now, f"{now.astimezone(CHINA):%Y年%-m月}")

    async def keep(self, events: Iterable[Event]) -> None:
        """They are sent with the next look."""
        self.events += events

    async def send(self) -> None:
        """Sends what was kept."""
        events, self.events = self.events, []
        await tell(events)


@flow(name="线索的一生", validate_parameters=False, persist_result=False)
async def rehearse(curtain: Callable[[], tuple[Show, Play]]) -> list[str]:
    """Plays on, to the archive; whatever got stuck on the way.

    The show comes as a call: Prefect would take a dataclass apart to look for results in it.
    """
    show, play = curtain()
    backstage = Backstage()
    teller = teller_of(show.office)
    async with AsyncClientContext.get_or_create():
        with workplace(show.office), SyncClientContext.get_or_create():
            over = asyncio.Event()
            telling = asyncio.create_task(_tell(teller, backstage, over))
            await _follow(play, Way(backstage.carry, backstage.keep))
            over.set()
            await telling
            is_told, *_ = await asyncio.gather(
                teller.all(TOLD_WITHIN),
                backstage.send(),
                backstage.runs.end(),
                asyncio.to_thread(show.put_away),
            )
            if not is_told:
                show.stage.stuck.append("Prefect 没有收到全部办理步骤")
    show.told = teller.told
    return list(show.stage.stuck)


async def _follow(play: Play, way: Way) -> None:
    """Does what follows at each moment of the play, until its end."""
    while (now := await asyncio.to_thread(next, play, None)) is not None:
        await work_off(now, way=way)


async def _tell(teller: Teller, backstage: Backstage, over: asyncio.Event) -> None:
    """Tells Prefect of steps and follow-ups, again and again until the play is over."""
    while not over.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(over.wait(), TOLD_EVERY)
            return
        await backstage.send()
        await teller.look()
