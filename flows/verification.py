"""The stage of verification: departments asked, opinions gathered."""

from collections.abc import Mapping
from datetime import datetime

from prefect import flow, task

from flows.afterwards import delivery, joint_report
from flows.afterwards.outbox import Job, Later
from flows.running.stage_tasks import TRIES, Batch, StageTask, carry_out, in_thread


@task(task_run_name="{job.clue_no} 交办协查", **TRIES)
async def ask_parts(job: Job, now: datetime) -> Later | None:
    """Every department asked has the notice with its own due day."""
    return await in_thread(delivery.ask_parts, job, now)


@task(task_run_name="{job.clue_no} 汇总核查意见", **TRIES)
async def draft_joint_report(job: Job, now: datetime) -> Later | None:
    """With the last opinion in, the lead has the joint report's draft."""
    return await in_thread(joint_report.draft_joint_report, job, now)


TASKS: Mapping[str, StageTask] = {
    "ask_parts": ask_parts,
    "draft_joint_report": draft_joint_report,
}


@flow(name="核查", flow_run_name="核查 {now:%Y-%m-%d %H:%M}")
async def verification(jobs: list[Job], now: datetime) -> Batch:
    """Carries out a batch of follow-ups; each is done once however often it is tried."""
    return await carry_out(jobs, now, TASKS)
