"""What an inspection found out about a subject corrects the roster, in the same transaction."""

from dataclasses import replace
from datetime import datetime

from sqlmodel import Session, col, select

from domain.limits.limit import day_of
from domain.situation.situation import Actor
from domain.tables.roster import Subject
from domain.tables.undertaking import Undertaking
from flows.people.user_keeping import Keeper
from flows.rosters.roster_rows import Writer, listed
from flows.site.office import Office

NOT_OPERATING = "not_operating"


def correct_roster(
    session: Session, office: Office, row: Undertaking, actor: Actor, now: datetime
) -> None:
    """A subject that does not do what it was inspected for bears the tags of it no longer.

    Only tags all of whose matters were inspected end; the adjustment names the inspection.
    """
    key = str(row.facts["subject_key"])
    subject = session.exec(select(Subject).where(col(Subject.key) == key)).one()
    [before] = listed(session, subject.area, day_of(now), subject.id or 0)
    matters, tags = set(row.facts["matters"]), office.rules.rosters.tags
    ended = {one for one in before.tags if set(tags[one].matters) <= matters}
    if not ended:
        return
    after = replace(before, tags=before.tags - ended)
    reason = f"检查{row.no}：未发现开展相关经营活动"
    writer = Writer(session, Keeper(office, actor, now), reason)
    writer.write(before, after)
    detail = {"label": key, "reason": reason, "before": before.facts, "after": after.facts}
    writer.record("change", subject.id or 0, detail)
