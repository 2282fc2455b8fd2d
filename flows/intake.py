"""The stage of intake: what came in by file or interface, told as a run with its counts."""

from collections.abc import Mapping
from datetime import datetime

from prefect import flow, get_run_logger

from flows.afterwards.intake_reports import report_intake, told
from flows.running.stage_tasks import Batch, Portion, Work, carry_out
from flows.site.workplace import current_office

TASKS: Mapping[str, Work] = {
    "report_intake": report_intake,
}


@flow(name="登记", flow_run_name="登记 {jobs}", persist_result=False)
async def intake(jobs: Portion, now: datetime) -> Batch:
    """Tells each import with its counts; each is told once more if its worker dies meanwhile."""
    for job in jobs.jobs:
        get_run_logger().info(told(current_office(), job))
    return await carry_out(jobs, now, TASKS)
