"""Task runs of the stage flows: one per follow-up, named by its clue, each standing alone."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Coroutine, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypedDict, cast

import httpx
from prefect import Flow, Task
from prefect.cache_policies import NO_CACHE, CachePolicy
from prefect.client.schemas.objects import State, TaskRun
from sqlalchemy.exc import OperationalError

from flows.afterwards.outbox import Job, Later, finish
from flows.site.office import Office
from flows.site.workplace import current_office

AT_ONCE = 4
"""Clues of one batch that are worked on at once; what belongs to one clue goes in order."""

OUTSIDE = frozenset({"write_back", "send_webhook", "seal_document"})
"""What calls other systems: it comes after everything else, for they may hang."""

Work = Callable[[Office, Job, datetime], Later | None]
StageTask = Task[[Job, datetime], Coroutine[Any, Any, Later | None]]
StageFlow = Flow[[list[Job], datetime], Coroutine[Any, Any, "Batch"]]


class Tries(TypedDict):
    """How often a task is tried before its row rests."""

    retries: int
    retry_delay_seconds: list[float]
    retry_condition_fn: Callable[..., bool]
    cache_policy: CachePolicy
    persist_result: bool


def may_pass(task: object, run: TaskRun, state: State[Any]) -> bool:
    """Whether a failure may pass by itself in seconds: a network or a lock, not a refusal."""
    fault = state.data
    fault = getattr(fault, "result", fault)
    return isinstance(fault, httpx.TransportError | OSError | OperationalError)


TRIES = Tries(
    retries=2,
    retry_delay_seconds=[1.0, 5.0],
    retry_condition_fn=may_pass,
    cache_policy=NO_CACHE,
    persist_result=False,
)


@dataclass
class Batch:
    """How a stage's batch went: ids done, put off until a moment, failed with a message."""

    done: list[int] = field(default_factory=list)
    later: dict[int, datetime] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)


async def in_thread(work: Work, job: Job, now: datetime) -> Later | None:
    """Runs a follow-up's plain work in a thread, so that the event loop stays free."""
    return await asyncio.to_thread(work, current_office(), job, now)


async def carry_out(jobs: Sequence[Job], now: datetime, tasks: Mapping[str, StageTask]) -> Batch:
    """Runs the task of every job, by its name in `tasks`; a failing one never stops the others.

    Jobs of one clue run in order, of several clues side by side; calls of other systems come last,
    so that no letter waits for them. Nothing is raised: the batch says
    what was done, put off and failed, and the caller notes it in the rows.
    """
    batch = Batch()
    gate = asyncio.Semaphore(AT_ONCE)

    async def for_clue(own: Iterable[Job]) -> None:
        async with gate:
            for job in own:
                await _one(job, now, tasks, batch)

    for is_outside in (False, True):
        some = [job for job in jobs if (job.task in OUTSIDE) is is_outside]
        await asyncio.gather(*(for_clue(own) for own in _by_clue(some)))
    return batch


async def _one(job: Job, now: datetime, tasks: Mapping[str, StageTask], batch: Batch) -> None:
    task = tasks.get(job.task)
    if task is None:
        batch.failed[job.id] = f"「{job.stage}」阶段没有「{job.task}」这项工作"
        return
    state = await cast(Awaitable[State[Later | None]], task(job, now, return_state=True))
    if state.is_completed():
        found = await state.aresult()
        if isinstance(found, Later):
            batch.later[job.id] = found.at
        else:
            # Noted at once: were it noted with its batch, a worker killed meanwhile had done it in
            # vain, and it would be done again.
            await asyncio.to_thread(finish, current_office(), [job], now)
            batch.done.append(job.id)
        return
    fault = await state.aresult(raise_on_failure=False)
    batch.failed[job.id] = str(fault) or type(fault).__name__


def _by_clue(jobs: Sequence[Job]) -> list[list[Job]]:
    found: defaultdict[int, list[Job]] = defaultdict(list)
    for job in sorted(jobs, key=lambda one: one.id):
        found[job.clue_id].append(job)
    return list(found.values())
