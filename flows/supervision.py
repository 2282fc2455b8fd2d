"""The stage of supervision: orders delivered, the reminder ladder climbed, drafts laid ready."""

import asyncio
import time
from collections.abc import Callable, Mapping
from datetime import datetime

from prefect import flow, get_run_logger

from flows.afterwards import delivery
from flows.afterwards.mail import send_mail
from flows.audit.rounds import hourly
from flows.papers.page_counting import packets_counted
from flows.papers.service_states import note_open_services
from flows.reminders.daily_tasks import daily
from flows.reminders.sweep import sweep
from flows.running.deployed_ticks import tick
from flows.running.stage_tasks import Batch, Portion, Work, carry_out
from flows.site.office import Office
from flows.site.workplace import current_office, moment

CHECK_SECONDS = 600.0
"""Seconds of an hour in which rows and shelf are checked; by day too, in a process of its own."""

TASKS: Mapping[str, Work] = {
    "deliver_order": delivery.deliver_order,
}


@flow(name="督办", flow_run_name="督办 {jobs}", persist_result=False)
async def supervision(jobs: Portion, now: datetime) -> Batch:
    """Carries out a portion of follow-ups; each is done once however often it is tried."""
    return await carry_out(jobs, now, TASKS)


@flow(name="提醒与督办", retries=1, retry_delay_seconds=5, persist_result=False)
async def remind(now: datetime | None = None) -> str:
    """Every rung that is due is fired once; what was skipped or failed is counted."""
    return await _ticked("remind", lambda office, at: str(sweep(office, at)), now)


@flow(name="邮件", persist_result=False)
async def post(now: datetime | None = None) -> str:
    """Unread messages are mailed once; what was skipped or failed is counted."""
    return await _ticked("post", lambda office, at: str(send_mail(office, at)), now)


@flow(name="每日事项", retries=1, retry_delay_seconds=5, persist_result=False)
async def every_day(now: datetime | None = None) -> str:
    """Provisional dates are computed again, and next year's calendar is asked for."""
    return await _ticked("every_day", lambda office, at: str(daily(office, at)), now)


@flow(name="链尾和核对", persist_result=False)
async def every_hour(now: datetime | None = None) -> str:
    """The end of the record is noted outside, and the checks go on for a while."""
    until = time.monotonic() + CHECK_SECONDS

    def check(office: Office, at: datetime) -> str:
        def goes_on() -> bool:
            return time.monotonic() < until

        told = (
            note_open_services(office, at, goes_on),
            hourly(office, at, goes_on),
            packets_counted(office, at),
        )
        return "；".join(filter(None, told))

    return await _ticked("hourly", check, now)


async def _ticked(name: str, work: Callable[[Office, datetime], str], now: datetime | None) -> str:
    """A part of the schedule, unless a process of the site runs it; its words, also in the log."""
    office = current_office()
    words = await asyncio.to_thread(tick, office, name, lambda: work(office, moment(now)))
    get_run_logger().info(words)
    return words
