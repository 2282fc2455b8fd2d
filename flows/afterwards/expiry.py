"""Limits that end by themselves: announcements, and the party's rights to review and suit."""

from datetime import datetime, timedelta

from flows.afterwards.follow_up_context import open_clocks, process_of
from flows.afterwards.outbox import Job, Later
from flows.door.locked_dossier import lock_clue
from flows.door.steps import Command, perform_in
from flows.people.actors import system_actor
from flows.site.office import Office
from flows.site.store import transaction

MOMENT = timedelta(seconds=1)


def end_announcement(office: Office, job: Job, now: datetime) -> Later | None:
    """What was announced counts as served on the day after its last; the handler is told.

    Later while it runs; nothing where the party was served otherwise in the meantime.
    """
    return _end(office, job, now, ("end_announcement", "cx82", "ms95"))


def end_review_right(office: Office, job: Job, now: datetime) -> Later | None:
    """The party's days for a review are over; nothing where it made use of them."""
    return _end(office, job, now, ("end_review_right", "fy20"))


def end_suit_right(office: Office, job: Job, now: datetime) -> Later | None:
    """The party's time for a suit is over; nothing where it made use of it."""
    return _end(office, job, now, ("end_suit_right", "ss46", "ycz41", "ss45"))


def _end(office: Office, job: Job, now: datetime, what: tuple[str, ...]) -> Later | None:
    """Takes the named action once the first of these limits is past, however often it is tried."""
    action, *rules = what
    with transaction(office.engine) as session:
        lock_clue(session, job.clue_id)
        clocks = open_clocks(session, job, tuple(rules))
        process = process_of(session, job)
        states = office.rules.lifecycles[process.kind].actions[action].from_
        if not clocks or process.state not in states:
            return None
        if clocks[0].due_at >= now:
            return Later(clocks[0].due_at + MOMENT)
        command = Command(action, process.kind, job.clue_id, job.process_id)
        perform_in(session, office, command, system_actor(office.settings.desk), now)
    return None
