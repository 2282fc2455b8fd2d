"""The stage of transfer: letters into inboxes, states back to 12345."""

from collections.abc import Mapping
from datetime import datetime

from prefect import flow, task

from flows.afterwards import delivery
from flows.afterwards.outbox import Job, Later
from flows.afterwards.write_back import write_back as tell_platform
from flows.running.stage_tasks import TRIES, Batch, StageTask, carry_out, in_thread


@task(task_run_name="{job.clue_no} 送达文书", **TRIES)
async def deliver_letter(job: Job, now: datetime) -> Later | None:
    """The letter of the action lies with its addressee."""
    return await in_thread(delivery.deliver_letter, job, now)


@task(task_run_name="{job.clue_no} 回写12345", **TRIES)
async def write_back(job: Job, now: datetime) -> Later | None:
    """The 12345 platform knows where its order stands."""
    return await in_thread(tell_platform, job, now)


TASKS: Mapping[str, StageTask] = {
    "deliver_letter": deliver_letter,
    "write_back": write_back,
}


@flow(name="转办", flow_run_name="转办 {now:%Y-%m-%d %H:%M}")
async def transfer(jobs: list[Job], now: datetime) -> Batch:
    """Carries out a batch of follow-ups; each is done once however often it is tried."""
    return await carry_out(jobs, now, TASKS)
