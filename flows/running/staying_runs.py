"""Runs of stages that stay for a while and take up one portion after another.

To begin and end a run costs Prefect and its worker an eighth of a second together, as much as the
work of forty follow-ups. Where portions come one soon after another, a run takes all of a while.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from prefect import flow, get_client, tags
from prefect.context import FlowRunContext

from flows.afterwards.outbox import Job
from flows.running.stage_tasks import Batch, Portion, StageFlow, apart


@dataclass(frozen=True)
class _Call:
    """A portion handed to a run that stays, and where its outcome is awaited."""

    portion: Portion
    now: datetime
    batch: asyncio.Future[Batch]


@dataclass(frozen=True)
class _Staying:
    """A run that stays: `calls` are what it is to do, None that it is to end."""

    calls: asyncio.Queue[_Call | None]
    run: asyncio.Task[None]


@dataclass
class StayingRuns:
    """The runs that stay, one a stage, and those that are ending."""

    _staying: dict[str, tuple[str, _Staying]] = field(default_factory=dict)
    _ending: list[asyncio.Task[None]] = field(default_factory=list)

    async def carry(
        self, stage: StageFlow, jobs: Sequence[Job], now: datetime, spell: str
    ) -> Batch:
        """Has a stage's run of a spell do jobs; the run of the spell before is told to end."""
        known, staying = self._staying.get(stage.name, ("", None))
        if staying is None or known != spell:
            self._end(staying)
            staying = _begin(stage, spell)
            self._staying[stage.name] = spell, staying
        call = _Call(Portion(jobs=tuple(jobs)), now, asyncio.get_running_loop().create_future())
        staying.calls.put_nowait(call)
        either: set[asyncio.Future[Any]] = {call.batch, staying.run}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not call.batch.done():
            # Prefect did not let it go on, and says why.
            staying.run.result()
        return await call.batch

    async def end(self) -> None:
        """Ends all of them and waits until Prefect knows."""
        for _, staying in self._staying.values():
            self._end(staying)
        self._staying.clear()
        await asyncio.gather(*self._ending)

    def _end(self, staying: _Staying | None) -> None:
        if staying is not None:
            staying.calls.put_nowait(None)
            self._ending.append(staying.run)


def _begin(stage: StageFlow, spell: str) -> _Staying:
    calls: asyncio.Queue[_Call | None] = asyncio.Queue()

    async def stay(spell: str) -> None:
        done: list[Job] = []
        while (call := await calls.get()) is not None:
            call.batch.set_result(await stage.fn(call.portion, call.now))
            done += call.portion.jobs
        await _rename(f"{stage.name} {spell} {Portion(jobs=tuple(done))}")

    named = flow(
        name=stage.name,
        flow_run_name=f"{stage.name} {spell}",
        validate_parameters=False,
        persist_result=False,
    )(stay)
    with tags(f"stage:{stage.fn.__name__}"):
        return _Staying(calls, asyncio.create_task(named(spell), context=apart()))


async def _rename(name: str) -> None:
    """Names the run in which this is called after what it did."""
    context = FlowRunContext.get()
    if context is not None and context.flow_run is not None:
        async with get_client() as client:
            await client.set_flow_run_name(context.flow_run.id, name)
