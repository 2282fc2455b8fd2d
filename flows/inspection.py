"""The stage of inspections: notices and results handed on, results made public in their limit."""

import asyncio
from collections.abc import Mapping
from datetime import datetime

from prefect import flow, get_run_logger

from flows.exchange.credit_push import push_credit
from flows.running.stage_tasks import Batch, Portion, Work, carry_out
from flows.site.workplace import current_office, moment
from flows.visits import result_publicity, visit_letters
from flows.visits.visit_reminders import remind_of_visits

TASKS: Mapping[str, Work] = {
    "deliver_notice": visit_letters.deliver_notice,
    "hand_on_results": visit_letters.hand_on_results,
    "publish_result": result_publicity.publish_result,
    "put_result": result_publicity.put_result,
}


@flow(name="行政检查", flow_run_name="行政检查 {jobs}", persist_result=False)
async def inspection(jobs: Portion, now: datetime) -> Batch:
    """Carries out a portion of follow-ups; each is done once however often it is tried."""
    return await carry_out(jobs, now, TASKS)


@flow(name="检查提醒", retries=1, retry_delay_seconds=5, persist_result=False)
async def inspection_day(now: datetime | None = None) -> int:
    """Today's inspections, results that are wanted and rows of plans are reminded of, once each.

    At the beginning of a quarter 失信信息 is sent to the addresses that asked for it.
    """
    office, at = current_office(), moment(now)
    result = await asyncio.to_thread(remind_of_visits, office, at)
    pushed = await asyncio.to_thread(push_credit, office, at)
    get_run_logger().info(f"检查提醒{result}条，失信信息推送{pushed}条")
    return result
