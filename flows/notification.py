"""The stage beyond the house: other systems are told what they subscribed to, papers are sealed."""

from collections.abc import Mapping
from datetime import datetime

from prefect import flow, task

from flows.afterwards.outbox import Job, Later
from flows.running.stage_tasks import TRIES, Batch, StageTask, carry_out, in_thread
from flows.systems import sealing, webhook_sending


@task(task_run_name="{job.clue_no} 对外通知", **TRIES)
async def send_webhook(job: Job, now: datetime) -> Later | None:
    """The message is with its address, or rests with it."""
    return await in_thread(webhook_sending.send_webhook, job, now)


@task(task_run_name="{job.clue_no} 加盖电子印章", **TRIES)
async def seal_document(job: Job, now: datetime) -> Later | None:
    """The sealed file is kept beside the document, or the service rests."""
    return await in_thread(sealing.seal_document, job, now)


TASKS: Mapping[str, StageTask] = {
    "send_webhook": send_webhook,
    "seal_document": seal_document,
}


@flow(name="对外通知", flow_run_name="对外通知 {now:%Y-%m-%d %H:%M}")
async def outside(jobs: list[Job], now: datetime) -> Batch:
    """Carries out a batch of follow-ups; each is done once however often it is tried."""
    return await carry_out(jobs, now, TASKS)
