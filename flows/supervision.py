"""The stage of supervision: orders delivered, the reminder ladder climbed, drafts laid ready."""

import asyncio
from collections.abc import Mapping
from datetime import datetime

from prefect import flow, get_run_logger, task

from flows.afterwards import delivery
from flows.afterwards.mail import MailResult, send_mail
from flows.afterwards.outbox import Job, Later
from flows.reminders.daily_tasks import DailyResult, daily
from flows.reminders.sweep import SweepResult, sweep
from flows.running.stage_tasks import TRIES, Batch, StageTask, carry_out, in_thread
from flows.site.workplace import current_office, moment


@task(task_run_name="{job.clue_no} 送达督办函", **TRIES)
async def deliver_order(job: Job, now: datetime) -> Later | None:
    """The order lies with the head of the department it is addressed to."""
    return await in_thread(delivery.deliver_order, job, now)


TASKS: Mapping[str, StageTask] = {
    "deliver_order": deliver_order,
}


@flow(name="督办", flow_run_name="督办 {now:%Y-%m-%d %H:%M}")
async def supervision(jobs: list[Job], now: datetime) -> Batch:
    """Carries out a batch of follow-ups; each is done once however often it is tried."""
    return await carry_out(jobs, now, TASKS)


@flow(name="提醒与督办", retries=1, retry_delay_seconds=5)
async def remind(now: datetime | None = None) -> SweepResult:
    """Every rung that is due is fired once; what was skipped or failed is counted."""
    result = await asyncio.to_thread(sweep, current_office(), moment(now))
    get_run_logger().info(str(result))
    return result


@flow(name="邮件")
async def post(now: datetime | None = None) -> MailResult:
    """Unread messages are mailed once; what was skipped or failed is counted."""
    return await asyncio.to_thread(send_mail, current_office(), moment(now))


@flow(name="每日事项", retries=1, retry_delay_seconds=5)
async def every_day(now: datetime | None = None) -> DailyResult:
    """Provisional dates are computed again, and next year's calendar is asked for."""
    return await asyncio.to_thread(daily, current_office(), moment(now))
