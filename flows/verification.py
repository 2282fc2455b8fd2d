"""The stage of verification: departments asked, opinions gathered."""

from collections.abc import Mapping
from datetime import datetime

from prefect import flow

from flows.afterwards import delivery, joint_report
from flows.running.stage_tasks import Batch, Portion, Work, carry_out

TASKS: Mapping[str, Work] = {
    "ask_parts": delivery.ask_parts,
    "draft_joint_report": joint_report.draft_joint_report,
}


@flow(name="核查", flow_run_name="核查 {jobs}", persist_result=False)
async def verification(jobs: Portion, now: datetime) -> Batch:
    """Carries out a portion of follow-ups; each is done once however often it is tried."""
    return await carry_out(jobs, now, TASKS)
