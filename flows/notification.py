"""The stage beyond the house: other systems are told what they subscribed to, papers are sealed."""

from collections.abc import Mapping
from datetime import datetime

from prefect import flow

from flows.running.stage_tasks import Batch, Portion, Work, carry_out
from flows.systems import sealing, webhook_sending

TASKS: Mapping[str, Work] = {
    "send_webhook": webhook_sending.send_webhook,
    "seal_document": sealing.seal_document,
}


@flow(name="对外通知", flow_run_name="对外通知 {jobs}", persist_result=False)
async def outside(jobs: Portion, now: datetime) -> Batch:
    """Carries out a portion of follow-ups; each is done once however often it is tried."""
    return await carry_out(jobs, now, TASKS)
