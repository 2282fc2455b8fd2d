"""The stage of transfer: letters into inboxes, states back to 12345."""

from collections.abc import Mapping
from datetime import datetime

from prefect import flow

from flows.afterwards import delivery
from flows.afterwards.write_back import write_back as tell_platform
from flows.running.stage_tasks import Batch, Portion, Work, carry_out

TASKS: Mapping[str, Work] = {
    "deliver_letter": delivery.deliver_letter,
    "write_back": tell_platform,
}


@flow(name="转办", flow_run_name="转办 {jobs}", persist_result=False)
async def transfer(jobs: Portion, now: datetime) -> Batch:
    """Carries out a portion of follow-ups; each is done once however often it is tried."""
    return await carry_out(jobs, now, TASKS)
