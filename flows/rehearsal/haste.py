"""Acts that cannot wait for the evening: work after an act whose limit counts hours."""

from datetime import datetime, timedelta

from sqlmodel import and_, col, select

from domain.situation.situation import CHINA
from domain.tables.process import Clock
from domain.tables.work import FollowUp
from flows.rehearsal.scene import Stage
from flows.site.office import Office
from flows.site.store import reading


def act_until(stage: Stage, until: datetime) -> bool:
    """Tells the stories up to a moment, or to the full hour by which something presses.

    Whether something presses: then it is to be worked off before people act on.
    """
    while stage.agenda.has_turn(until):
        stage.agenda.play(min(_hour_after(stage.agenda.next_at), until), stage.failed)
        if presses(stage.office, stage.now):
            return True
    return False


def presses(office: Office, now: datetime) -> bool:
    """Whether a follow-up is due of a process that has a limit in hours running."""
    query = (
        select(FollowUp.id)
        .join(
            Clock,
            and_(
                col(Clock.process_kind) == col(FollowUp.process_kind),
                col(Clock.process_id) == col(FollowUp.process_id),
                col(Clock.ended_at).is_(None),
                col(Clock.rule).in_(_counted_in_hours(office)),
            ),
        )
        .where(
            col(FollowUp.done_at).is_(None),
            col(FollowUp.parked_at).is_(None),
            col(FollowUp.not_before) <= now,
        )
    )
    with reading(office.engine) as session:
        return session.exec(query.limit(1)).first() is not None


def _counted_in_hours(office: Office) -> list[str]:
    return [
        key
        for key, rule in office.rules.deadlines.items()
        if any(value.unit == "hours" for value in rule.values.values())
    ]


def _hour_after(moment: datetime) -> datetime:
    local = moment.astimezone(CHINA)
    return local.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
