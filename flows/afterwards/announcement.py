"""The end of an announcement: on the day after its last, what was announced counts as served."""

from datetime import datetime, timedelta

from flows.afterwards.follow_up_context import open_clocks
from flows.afterwards.outbox import Job, Later
from flows.door.locked_dossier import lock_clue
from flows.door.steps import Command, perform_in
from flows.people.actors import system_actor
from flows.site.office import Office
from flows.site.store import transaction

RULES = ("cx82", "ms95")
MOMENT = timedelta(seconds=1)


def end_announcement(office: Office, job: Job, now: datetime) -> Later | None:
    """Records that an announcement has run and tells the handler; once, however often it is tried.

    Later while it runs; nothing where the party was served otherwise in the meantime.
    """
    with transaction(office.engine) as session:
        lock_clue(session, job.clue_id)
        clocks = open_clocks(session, job, RULES)
        if not clocks:
            return None
        if clocks[0].due_at >= now:
            return Later(clocks[0].due_at + MOMENT)
        command = Command("end_announcement", "case", job.clue_id, job.process_id)
        perform_in(session, office, command, system_actor(office.settings.desk), now)
    return None
