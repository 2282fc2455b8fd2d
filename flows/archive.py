"""The stage of archiving: the case file sealed as one bundle."""

from collections.abc import Mapping
from datetime import datetime

from prefect import flow

from flows.afterwards import case_file
from flows.running.stage_tasks import Batch, Portion, Work, carry_out

TASKS: Mapping[str, Work] = {
    "seal_case_file": case_file.seal_case_file,
}


@flow(name="归档", flow_run_name="归档 {jobs}", persist_result=False)
async def archive(jobs: Portion, now: datetime) -> Batch:
    """Carries out a portion of follow-ups; each is done once however often it is tried."""
    return await carry_out(jobs, now, TASKS)
