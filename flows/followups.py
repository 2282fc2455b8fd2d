"""Follow-ups: committed rows are claimed in batches and handed to the flows of their stages.

With them Prefect is told, by the clue's number, of every step and of what became of each row.
"""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from prefect import flow, tags
from prefect.context import SyncClientContext
from prefect.events import Event
from sqlalchemy.exc import DBAPIError

from flows.afterwards.outbox import Job, claim, fail, finish, put_off, release, renew
from flows.afterwards.schedule_log import Tick, note_tick
from flows.archive import archive
from flows.inspection import inspection
from flows.intake import intake
from flows.notification import outside
from flows.penalty import penalty
from flows.referral import referral
from flows.running.stage_tasks import OUTSIDE, Batch, Portion, StageFlow, apart
from flows.running.step_events import teller_of
from flows.running.timekeeper import this_process
from flows.running.work_events import event_of, tell
from flows.site.office import Office
from flows.site.store import is_busy
from flows.site.workplace import current_office, moment
from flows.supervision import supervision
from flows.transfer import transfer
from flows.verification import verification

__all__ = ["STAGES", "Drained", "claim", "drain", "fail", "finish", "work_off", "worker_name"]

Carry = Callable[[StageFlow, list[Job], datetime], Awaitable[Batch]]
Tell = Callable[[Iterable[Event]], Awaitable[None]]

BATCH = 200
RENEWED_EVERY = 10.0
BETWEEN = 1.0
"""Seconds between two looks into the outbox of a run that stays."""

STAGES: Mapping[str, StageFlow] = {
    one.fn.__name__: one
    for one in (
        *(intake, transfer, verification, penalty, referral, supervision),
        *(inspection, archive, outside),
    )
}


@dataclass
class Drained:
    """What a run did: rows done, put off, failed and parked, by stage."""

    done: Counter[str] = field(default_factory=Counter)
    later: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    parked: Counter[str] = field(default_factory=Counter)

    @property
    def anything(self) -> bool:
        """Whether there was anything to do."""
        return any((self.done, self.later, self.failed, self.parked))

    def __str__(self) -> str:
        words = (("完成", self.done), ("顺延", self.later), ("失败", self.failed))
        parts = [f"{word}{counter.total()}项" for word, counter in words]
        return "，".join([*parts, f"搁置{self.parked.total()}项"])


def worker_name() -> str:
    """This process, as leases name it."""
    return this_process()


@flow(name="后续事项", persist_result=False)
async def drain(now: datetime | None = None, stay_seconds: float = 0) -> str:
    """Works off what is due, again and again for `stay_seconds` of the clock; what it did."""
    result, until = Drained(), time.monotonic() + stay_seconds
    while True:
        await work_off(now, result)
        await teller_of(current_office()).look()
        await asyncio.to_thread(_note, current_office(), result)
        if time.monotonic() >= until:
            return str(result)
        await asyncio.sleep(BETWEEN)


def _note(office: Office, result: Drained) -> None:
    """Notes that a deployment works off follow-ups, as the schedule notes its own."""
    note_tick(office, Tick("prefect", went_well=True))
    note_tick(office, Tick("follow_up", True, str(result) if result.anything else ""))


async def in_a_run(stage: StageFlow, jobs: list[Job], now: datetime) -> Batch:
    """Has a stage do jobs in a flow run of their own."""
    with tags(f"stage:{stage.fn.__name__}"):
        run = stage(Portion(jobs=tuple(jobs)), now)
        return await asyncio.create_task(run, context=apart())


@dataclass(frozen=True)
class Way:
    """How jobs come to the flow of their stage, and what became of them to Prefect."""

    carry: Carry = in_a_run
    tell: Tell = tell


async def work_off(
    now: datetime | None = None, result: Drained | None = None, way: Way | None = None
) -> Drained:
    """Claims due follow-ups and does them, until none is left."""
    office, result, way = current_office(), Drained() if result is None else result, way or Way()
    while True:
        at = moment(now)
        jobs = await asyncio.to_thread(claim, office, at, worker_name(), BATCH)
        if not jobs:
            return result
        # Without a client that stays, each run of a stage makes one to ask where results lie, and
        # each reads the certificates of the system anew (30 ms).
        with SyncClientContext.get_or_create():
            await _work_off(office, jobs, (at, result), way)


async def _work_off(
    office: Office, jobs: Sequence[Job], run: tuple[datetime, Drained], way: Way
) -> None:
    """Hands the jobs to their stages; what a broken stage left undone is free again."""
    waiting = {job.id: job for job in jobs}
    keeping = asyncio.ensure_future(_keep(office, waiting, run[0]))
    told: list[Event] = []
    try:
        for stage, own in _by_stage(jobs):
            batch = await _stage(stage, own, run[0], way.carry)
            told += await asyncio.to_thread(_book, office, own, batch, run)
            for job in own:
                waiting.pop(job.id)
    finally:
        keeping.cancel()
        if waiting:
            await asyncio.to_thread(release, office, tuple(waiting.values()))
    await way.tell(told)


async def _keep(office: Office, waiting: Mapping[int, Job], now: datetime) -> None:
    """Renews the leases while the work goes on."""
    begun = time.monotonic()
    while True:
        await asyncio.sleep(RENEWED_EVERY)
        at = now + timedelta(seconds=time.monotonic() - begun)
        try:
            await asyncio.to_thread(renew, office, tuple(waiting.values()), worker_name(), at)
        except DBAPIError as fault:
            if not is_busy(fault):
                raise


async def _stage(stage: str, jobs: list[Job], now: datetime, carry: Carry) -> Batch:
    if stage not in STAGES:
        return Batch(failed={job.id: f"没有「{stage}」这一阶段" for job in jobs})
    return await carry(STAGES[stage], jobs, now)


def _book(
    office: Office, jobs: Iterable[Job], batch: Batch, run: tuple[datetime, Drained]
) -> list[Event]:
    """Notes in the rows what became of them; what Prefect is told of it."""
    now, result = run
    by_id = {job.id: job for job in jobs}
    for one in batch.done:
        result.done[by_id[one].stage] += 1
    for one, until in batch.later.items():
        put_off(office, by_id[one], until)
        result.later[by_id[one].stage] += 1
    told = [event_of(by_id[one], "done") for one in batch.done]
    for one, error in batch.failed.items():
        is_parked = fail(office, by_id[one], error, now)
        counter = result.parked if is_parked else result.failed
        counter[by_id[one].stage] += 1
        told.append(event_of(by_id[one], "parked" if is_parked else "failed"))
    return told


def _by_stage(jobs: Iterable[Job]) -> list[tuple[str, list[Job]]]:
    """Each stage with its jobs; those that go to the outside come last, for they may hang."""
    found: defaultdict[str, list[Job]] = defaultdict(list)
    for job in jobs:
        found[job.stage].append(job)
    return sorted(found.items(), key=lambda one: any(job.task in OUTSIDE for job in one[1]))
