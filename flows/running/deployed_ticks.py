"""Parts of the schedule as deployments run them: never beside a process that keeps the time.

Deployments and `yisong run` hold the same lease. Whoever has it does reminders, mail and what is
done once a day or hour; when it is given up, or its holder dies, the other one takes over.
"""

from collections.abc import Callable
from datetime import UTC, datetime

from flows.afterwards.schedule_log import run_and_note
from flows.running.timekeeper import LONGEST, NAME, hold
from flows.site.office import Office

DEPLOYED = "Prefect 部署"
"""Who keeps the time, as a standing schedule names it."""


def tick(office: Office, name: str, work: Callable[[], str]) -> str:
    """Runs a part of the schedule and notes it as the schedule does; its words, or who does it."""
    other = hold(office, DEPLOYED, datetime.now(UTC), NAME, LONGEST)
    if other:
        return f"由{other}运行，本次不办"
    return run_and_note(office, name, work, lambda: None)
