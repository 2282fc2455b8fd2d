"""Results of inspections made public in their limit, and handed to the publicity platform.

谁检查、谁公示: the department publishes, or its head approves that nothing is. Where neither was
done, the program publishes at the end of the limit what was told to the subject.
"""

import json
from datetime import datetime

from sqlmodel import Session

from domain.limits.limit import day_of
from domain.situation.recipients import Recipient
from domain.situation.situation import CHINA
from domain.tables.process import Clock, Process
from domain.tables.undertaking import Undertaking
from flows.afterwards.desk_letters import Letter, limit_in_words, messages_for
from flows.afterwards.follow_up_context import process_of
from flows.afterwards.outbox import Job, Later
from flows.door.inbox import message_once
from flows.door.locked_dossier import lock_dossier
from flows.door.steps import Command, perform_in
from flows.people.actors import system_actor
from flows.site.office import Office
from flows.site.store import reading, transaction
from flows.visits.public_results import public_result
from flows.visits.visit_letters import publicity_of

KIND, FINDING = "visit", "finding"
ENTERED = "entered"
TOLD = ("told", "closed")
"""States in which the subject knows the result: nothing is published before."""
LOOKED_AT = "{}T09:00:00+08:00"


def publish_result(office: Office, job: Job, now: datetime) -> Later | None:
    """Publishes a result that nobody published or exempted by the last days of its limit.

    Later until then; every working day anew while the subject was not told, with a reminder.
    Nothing where the site publishes by hand only (`publishes_before` of `config/inspection.yaml`).
    """
    ahead = office.rules.inspection.publishes_before
    if ahead is None:
        return None
    with transaction(office.engine) as session:
        row = lock_dossier(session, office.rules, KIND, job.clue_id)
        finding = process_of(session, job)
        running = publicity_of(session, finding)
        if finding.state != ENTERED or not running:
            return None
        at = _look_at(office, running[0], ahead)
        if now < at:
            return Later(at)
        if row.state not in TOLD:
            _ask_to_tell(session, office, (job, finding, running[0]), now)
            return Later(_morning(office, now))
        _publish(session, office, job, now)
    return None


def put_result(office: Office, job: Job, now: datetime) -> None:
    """Writes a published result for the publicity platform: what everybody may read, no more."""
    with reading(office.engine) as session:
        row, finding = session.get_one(Undertaking, job.clue_id), process_of(session, job)
        one = public_result(office, finding, row)
    content = {
        "编号": f"{one.number}-{one.id}",
        "检查对象": one.subject,
        "统一社会信用代码": one.key,
        "检查机关": one.organ,
        "检查事项": list(one.matters),
        "检查种类": one.kind,
        "检查日期": one.on[:10],
        "检查结果": one.outcome,
        "公示日期": one.published_on,
    }
    written = json.dumps(content, ensure_ascii=False, indent=2).encode()
    office.exchange.put_open(f"publicity/{job.key}.json", written)


def _publish(session: Session, office: Office, job: Job, now: datetime) -> None:
    form = {
        "published_on": day_of(now).isoformat(),
        "published_where": "本系统公开页面“检查结果”，并写入公示文件；期限届满前由系统公示",
    }
    command = Command("publish", FINDING, job.clue_id, job.process_id, form)
    holder = process_of(session, job).department_id
    perform_in(session, office, command, system_actor(holder), now)


def _ask_to_tell(
    session: Session, office: Office, what: tuple[Job, Process, Clock], now: datetime
) -> None:
    job, finding, clock = what
    limit = limit_in_words(clock, office.rules)
    text = f"检查{job.clue_no}的结果尚未告知检查对象，不能公示。\n{limit}"
    letter = Letter("visit.results", f"检查结果待告知：{job.clue_no}", text)
    to = [Recipient(finding.department_id, one) for one in ("handler", "department_head")]
    message_once(session, messages_for(letter, job, f"visit-untold-{job.key}", to, now))


def _look_at(office: Office, clock: Clock, ahead: int) -> datetime:
    """The morning of the day on which the program publishes: some working days before the end."""
    last = clock.due_at.astimezone(CHINA).date()
    day = office.rules.calendar.add_working_days(last, -ahead)
    return datetime.fromisoformat(LOOKED_AT.format(day))


def _morning(office: Office, now: datetime) -> datetime:
    day = office.rules.calendar.next_working_day(day_of(now))
    return datetime.fromisoformat(LOOKED_AT.format(day))
