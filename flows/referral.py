"""The stage of criminal referral: packet, delivery, and waiting for the receipt as rows."""

from collections.abc import Mapping
from datetime import datetime

from prefect import flow

from flows.afterwards import case_file, chasing, delivery
from flows.running.stage_tasks import Batch, Portion, Work, carry_out

TASKS: Mapping[str, Work] = {
    "assemble_packet": case_file.assemble_packet,
    "deliver_packet": delivery.deliver_packet,
    "await_receipt": chasing.await_receipt,
}


@flow(name="涉罪移送", flow_run_name="涉罪移送 {jobs}", persist_result=False)
async def referral(jobs: Portion, now: datetime) -> Batch:
    """Carries out a portion of follow-ups; each is done once however often it is tried."""
    return await carry_out(jobs, now, TASKS)
