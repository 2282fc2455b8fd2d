"""The stage of penalty: service, publicity, payment and correction."""

from collections.abc import Mapping
from datetime import datetime

from prefect import flow

from flows.afterwards import chasing, delivery, expiry, publicity
from flows.running.stage_tasks import Batch, Portion, Work, carry_out

TASKS: Mapping[str, Work] = {
    "serve_documents": delivery.serve_documents,
    "publish_decision": publicity.publish_decision,
    "chase_payment": chasing.chase_payment,
    "check_correction": chasing.check_correction,
    "end_announcement": expiry.end_announcement,
    "end_review_right": expiry.end_review_right,
    "end_suit_right": expiry.end_suit_right,
}


@flow(name="行政处罚", flow_run_name="行政处罚 {jobs}", persist_result=False)
async def penalty(jobs: Portion, now: datetime) -> Batch:
    """Carries out a portion of follow-ups; each is done once however often it is tried."""
    return await carry_out(jobs, now, TASKS)
