"""The work of the stage flows: a portion of follow-ups in one run, each of them standing alone.

A run of its own for each follow-up costs Prefect fifty times as much as the event that tells of it
(`flows.running.work_events`), and its worker most of its time.
"""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Callable, Coroutine, Iterable, Mapping, Sequence
from contextvars import Context, copy_context
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import httpx
from prefect import Flow
from prefect.context import ContextModel, FlowRunContext, TaskRunContext
from pydantic import BaseModel, ConfigDict, model_serializer
from sqlalchemy.exc import OperationalError

from flows.afterwards.follow_up_list import TASKS as LABELS
from flows.afterwards.outbox import Job, Later, finish
from flows.site.office import Office
from flows.site.workplace import current_office

AT_ONCE = 4
"""Clues of one portion that are worked on at once; what belongs to one clue goes in order."""

OUTSIDE = frozenset({"write_back", "send_webhook", "seal_document"})
"""What calls other systems: it comes after everything else, for they may hang."""
PAUSES = (1.0, 5.0)
"""Seconds until what may pass by itself is tried again in the same run."""
PASSING = (httpx.TransportError, OSError, OperationalError)
"""Faults that may pass in seconds: a network or a lock, not a refusal."""

Work = Callable[[Office, Job, datetime], Later | None]


class Portion(BaseModel):
    """Claimed follow-ups of one stage; Prefect keeps how many of which kind there are, no more."""

    model_config = ConfigDict(frozen=True)

    jobs: tuple[Job, ...]

    @model_serializer
    def counted(self) -> dict[str, int]:
        """The names of the work, and how much there is of each."""
        return dict(Counter(job.task for job in self.jobs))

    def __str__(self) -> str:
        counted: Counter[str] = Counter()
        for job in self.jobs:
            counted[LABELS.get(job.task, job.task)] += job.amount
        return "、".join(f"{name}×{count}" for name, count in counted.items())


@dataclass
class Batch:
    """How a stage's portion went: ids done, put off until a moment, failed with a message."""

    done: list[int] = field(default_factory=list)
    later: dict[int, datetime] = field(default_factory=dict)
    failed: dict[int, str] = field(default_factory=dict)


@dataclass
class Notes:
    """Work done is noted in its rows at once; what is done while a note is written, with the next.

    Were it noted with its portion, a worker killed meanwhile had done it in vain.
    """

    now: datetime
    _done: list[Job] = field(default_factory=list)
    _writing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def add(self, job: Job) -> None:
        """When it returns, the row says that the job is done."""
        self._done.append(job)
        async with self._writing:
            if job in self._done:
                done, self._done = self._done, []
                await asyncio.to_thread(finish, current_office(), done, self.now)


StageFlow = Flow[[Portion, datetime], Coroutine[Any, Any, Batch]]


def apart() -> Context:
    """This context without the run around it: a run within another costs a task run as well."""
    found = copy_context()
    runs: tuple[type[ContextModel], ...] = (FlowRunContext, TaskRunContext)
    for kind in runs:
        found.run(kind.__var__.set, None)
    return found


async def carry_out(portion: Portion, now: datetime, tasks: Mapping[str, Work]) -> Batch:
    """Does the work of every job, by its name in `tasks`; a failing one never stops the others.

    Jobs of one clue run in order, of several clues side by side; calls of other systems come last,
    so that no letter waits for them, those to each system apart from the others. Nothing is
    raised: the batch says what was done, put off and failed, and the caller notes it in the rows.
    """
    batch, notes = Batch(), Notes(now)
    gate = asyncio.Semaphore(AT_ONCE)

    async def for_clue(own: Iterable[Job]) -> None:
        async with gate:
            for job in own:
                await _one(job, notes, tasks, batch)

    for is_outside in (False, True):
        some = [job for job in portion.jobs if (job.task in OUTSIDE) is is_outside]
        await asyncio.gather(*(for_clue(own) for own in _in_order(some)))
    return batch


async def _one(job: Job, notes: Notes, tasks: Mapping[str, Work], batch: Batch) -> None:
    work = tasks.get(job.task)
    if work is None:
        batch.failed[job.id] = f"「{job.stage}」阶段没有「{job.task}」这项工作"
        return
    found = await _tried(work, job, notes.now)
    if isinstance(found, Later):
        batch.later[job.id] = found.at
    elif found is None:
        await notes.add(job)
        batch.done.append(job.id)
    else:
        batch.failed[job.id] = str(found) or type(found).__name__


async def _tried(work: Work, job: Job, now: datetime) -> Later | BaseException | None:
    """What came of a job, whatever it failed with; what may pass is tried again at once."""
    office = current_office()
    for pause in (*PAUSES, None):
        trial = asyncio.to_thread(work, office, job, now)
        [found] = await asyncio.gather(trial, return_exceptions=True)
        if isinstance(found, BaseException) and not isinstance(found, Exception):
            raise found
        if pause is None or not isinstance(found, PASSING):
            break
        await asyncio.sleep(pause)
    return found


def _in_order(jobs: Sequence[Job]) -> list[list[Job]]:
    """What has to come one after another: a clue's jobs, and its calls of one other system."""
    found: defaultdict[tuple[object, ...], list[Job]] = defaultdict(list)
    for job in sorted(jobs, key=lambda one: one.id):
        to = (job.task, job.payload.get("webhook")) if job.task in OUTSIDE else ()
        found[job.clue_id, *to].append(job)
    return list(found.values())
