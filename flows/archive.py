"""The stage of archiving: the case file sealed as one bundle."""

from collections.abc import Mapping
from datetime import datetime

from prefect import flow, task

from flows.afterwards import case_file
from flows.afterwards.outbox import Job, Later
from flows.running.stage_tasks import TRIES, Batch, StageTask, carry_out, in_thread


@task(task_run_name="{job.clue_no} 封存案卷", **TRIES)
async def seal_case_file(job: Job, now: datetime) -> Later | None:
    """The whole case file lies on the shelf as one bundle."""
    return await in_thread(case_file.seal_case_file, job, now)


TASKS: Mapping[str, StageTask] = {
    "seal_case_file": seal_case_file,
}


@flow(name="归档", flow_run_name="归档 {now:%Y-%m-%d %H:%M}")
async def archive(jobs: list[Job], now: datetime) -> Batch:
    """Carries out a batch of follow-ups; each is done once however often it is tried."""
    return await carry_out(jobs, now, TASKS)
