"""How long a Prefect server keeps what it was told: runs for weeks, the steps of clues for a year.

Of Prefect's own accord runs stay for ever and every event for a week. No Prefect here.
"""

import json
from collections.abc import Mapping

from flows.site.settings import Settings

DAY = 86_400
RUN_EVENTS = (
    *("Scheduled", "Late", "Pending", "Running", "Completed", "Failed", "Crashed"),
    *("Cancelling", "Cancelled", "AwaitingRetry", "Retrying", "heartbeat"),
)
OTHER_EVENTS = (
    *(f"prefect.{one}.ready" for one in ("deployment", "work-queue", "work-pool")),
    *(f"prefect.{one}.not-ready" for one in ("deployment", "work-queue", "work-pool")),
    *(f"prefect.worker.{one}" for one in ("started", "stopped", "executed-flow-run")),
    *("yisong.worker.alive", "yisong.worker.ended"),
)
"""What is told again and again, and of no use once the runs are gone."""
BRIEFLY = (
    *(f"prefect.{kind}-run.{one}" for kind in ("flow", "task") for one in RUN_EVENTS),
    *OTHER_EVENTS,
)


def retention(settings: Settings | None = None) -> Mapping[str, str]:
    """What a Prefect server needs in its environment to keep what a site wants, and no longer."""
    known = settings or Settings.model_construct()
    runs, events = known.prefect_run_days * DAY, known.prefect_event_days * DAY
    brief = dict.fromkeys(BRIEFLY, min(runs, events))
    return {
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs,orphans",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(runs),
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": f"P{known.prefect_event_days}D",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_EVENT_RETENTION_OVERRIDES": json.dumps(brief),
    }
