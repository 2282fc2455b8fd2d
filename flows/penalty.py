"""The stage of penalty: service, publicity, payment and correction."""

from collections.abc import Mapping
from datetime import datetime

from prefect import flow, task

from flows.afterwards import chasing, delivery, expiry, publicity
from flows.afterwards.outbox import Job, Later
from flows.running.stage_tasks import TRIES, Batch, StageTask, carry_out, in_thread


@task(task_run_name="{job.clue_no} 交办送达", **TRIES)
async def serve_documents(job: Job, now: datetime) -> Later | None:
    """The handler has the task of service with its documents and limit."""
    return await in_thread(delivery.serve_documents, job, now)


@task(task_run_name="{job.clue_no} 公示处罚决定", **TRIES)
async def publish_decision(job: Job, now: datetime) -> Later | None:
    """The decision is published and the case records it."""
    return await in_thread(publicity.publish_decision, job, now)


@task(task_run_name="{job.clue_no} 催缴罚款", **TRIES)
async def chase_payment(job: Job, now: datetime) -> Later | None:
    """What is owed is asked for until nothing is."""
    return await in_thread(chasing.chase_payment, job, now)


@task(task_run_name="{job.clue_no} 复查改正", **TRIES)
async def check_correction(job: Job, now: datetime) -> Later | None:
    """The handler is asked to look when the time for correction is over."""
    return await in_thread(chasing.check_correction, job, now)


@task(task_run_name="{job.clue_no} 公告期满", **TRIES)
async def end_announcement(job: Job, now: datetime) -> Later | None:
    """What was announced counts as served once its days have run."""
    return await in_thread(expiry.end_announcement, job, now)


@task(task_run_name="{job.clue_no} 复议期限届满", **TRIES)
async def end_review_right(job: Job, now: datetime) -> Later | None:
    """The party's days for a review are over."""
    return await in_thread(expiry.end_review_right, job, now)


@task(task_run_name="{job.clue_no} 起诉期限届满", **TRIES)
async def end_suit_right(job: Job, now: datetime) -> Later | None:
    """The party's time for a suit is over."""
    return await in_thread(expiry.end_suit_right, job, now)


TASKS: Mapping[str, StageTask] = {
    "serve_documents": serve_documents,
    "publish_decision": publish_decision,
    "chase_payment": chase_payment,
    "check_correction": check_correction,
    "end_announcement": end_announcement,
    "end_review_right": end_review_right,
    "end_suit_right": end_suit_right,
}


@flow(name="行政处罚", flow_run_name="行政处罚 {now:%Y-%m-%d %H:%M}")
async def penalty(jobs: list[Job], now: datetime) -> Batch:
    """Carries out a batch of follow-ups; each is done once however often it is tried."""
    return await carry_out(jobs, now, TASKS)
