"""Every piece of work of every stage flow, by stage and name."""

from collections.abc import Mapping

from flows import archive, notification, penalty, referral, supervision, transfer, verification
from flows.running.stage_tasks import StageTask

STAGE_TASKS: Mapping[str, Mapping[str, StageTask]] = {
    module.__name__.rpartition(".")[2]: module.TASKS
    for module in (transfer, verification, penalty, referral, supervision, archive, notification)
}
OWN = frozenset({"send_webhook"})
"""Work that the house orders itself and no table names."""
