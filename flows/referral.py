"""The stage of criminal referral: packet, delivery, and waiting for the receipt as rows."""

from collections.abc import Mapping
from datetime import datetime

from prefect import flow, task

from flows.afterwards import case_file, chasing, delivery
from flows.afterwards.outbox import Job, Later
from flows.running.stage_tasks import TRIES, Batch, StageTask, carry_out, in_thread


@task(task_run_name="{job.clue_no} 移送材料组卷", **TRIES)
async def assemble_packet(job: Job, now: datetime) -> Later | None:
    """The packet lies on the shelf, and its gaps are named."""
    return await in_thread(case_file.assemble_packet, job, now)


@task(task_run_name="{job.clue_no} 移送公安检察", **TRIES)
async def deliver_packet(job: Job, now: datetime) -> Later | None:
    """The packet or letter lies with the liaison of police or procuratorate."""
    return await in_thread(delivery.deliver_packet, job, now)


@task(task_run_name="{job.clue_no} 等待回执", **TRIES)
async def await_receipt(job: Job, now: datetime) -> Later | None:
    """A receipt that does not come is asked for."""
    return await in_thread(chasing.await_receipt, job, now)


TASKS: Mapping[str, StageTask] = {
    "assemble_packet": assemble_packet,
    "deliver_packet": deliver_packet,
    "await_receipt": await_receipt,
}


@flow(name="涉罪移送", flow_run_name="涉罪移送 {now:%Y-%m-%d %H:%M}")
async def referral(jobs: list[Job], now: datetime) -> Batch:
    """Carries out a batch of follow-ups; each is done once however often it is tried."""
    return await carry_out(jobs, now, TASKS)
