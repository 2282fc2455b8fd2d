"""Every piece of work of every stage flow, by stage and name."""

from collections.abc import Mapping

from flows import (
    archive,
    inspection,
    notification,
    penalty,
    referral,
    supervision,
    transfer,
    verification,
)
from flows.running.stage_tasks import StageTask

STAGE_TASKS: Mapping[str, Mapping[str, StageTask]] = {
    "transfer": transfer.TASKS,
    "verification": verification.TASKS,
    "penalty": penalty.TASKS,
    "referral": referral.TASKS,
    "supervision": supervision.TASKS,
    "inspection": inspection.TASKS,
    "archive": archive.TASKS,
    "outside": notification.TASKS,
}
OWN = frozenset({"send_webhook", "seal_document"})
"""Work that the program orders itself and no table names."""
