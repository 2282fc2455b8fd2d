"""The stage of inspections: notices and results handed on, results made public in their limit."""

import asyncio
from collections.abc import Mapping
from datetime import datetime

from prefect import flow, get_run_logger, task

from flows.afterwards.outbox import Job, Later
from flows.running.stage_tasks import TRIES, Batch, StageTask, carry_out, in_thread
from flows.site.workplace import current_office, moment
from flows.visits import result_publicity, visit_letters
from flows.visits.visit_reminders import remind_of_visits


@task(task_run_name="{job.clue_no} 送交检查通知", **TRIES)
async def deliver_notice(job: Job, now: datetime) -> Later | None:
    """Every department that goes there has the notice; the lead serves it."""
    return await in_thread(visit_letters.deliver_notice, job, now)


@task(task_run_name="{job.clue_no} 送交检查结果", **TRIES)
async def hand_on_results(job: Job, now: datetime) -> Later | None:
    """Every department whose result was told knows by when it publishes it."""
    return await in_thread(visit_letters.hand_on_results, job, now)


@task(task_run_name="{job.clue_no} 届期公示检查结果", **TRIES)
async def publish_result(job: Job, now: datetime) -> Later | None:
    """What nobody published or exempted is public before its limit ends."""
    return await in_thread(result_publicity.publish_result, job, now)


@task(task_run_name="{job.clue_no} 写出公示文件", **TRIES)
async def put_result(job: Job, now: datetime) -> Later | None:
    """The publicity platform finds the published result in its folder."""
    return await in_thread(result_publicity.put_result, job, now)


TASKS: Mapping[str, StageTask] = {
    "deliver_notice": deliver_notice,
    "hand_on_results": hand_on_results,
    "publish_result": publish_result,
    "put_result": put_result,
}


@flow(name="行政检查", flow_run_name="行政检查 {now:%Y-%m-%d %H:%M}")
async def inspection(jobs: list[Job], now: datetime) -> Batch:
    """Carries out a batch of follow-ups; each is done once however often it is tried."""
    return await carry_out(jobs, now, TASKS)


@flow(name="检查提醒", retries=1, retry_delay_seconds=5)
async def inspection_day(now: datetime | None = None) -> int:
    """Today's inspections, results that are wanted and rows of plans are reminded of, once each."""
    result = await asyncio.to_thread(remind_of_visits, current_office(), moment(now))
    get_run_logger().info(f"检查提醒{result}条")
    return result
