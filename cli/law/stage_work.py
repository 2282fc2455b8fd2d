"""Every piece of work of every stage flow, by stage and name."""

from collections.abc import Mapping

from flows import (
    archive,
    inspection,
    intake,
    notification,
    penalty,
    referral,
    supervision,
    transfer,
    verification,
)
from flows.running.stage_tasks import Work

STAGE_TASKS: Mapping[str, Mapping[str, Work]] = {
    "intake": intake.TASKS,
    "transfer": transfer.TASKS,
    "verification": verification.TASKS,
    "penalty": penalty.TASKS,
    "referral": referral.TASKS,
    "supervision": supervision.TASKS,
    "inspection": inspection.TASKS,
    "archive": archive.TASKS,
    "outside": notification.TASKS,
}
OWN = frozenset({"send_webhook", "seal_document", "report_intake"})
"""Work that the program orders itself and no table names."""
