"""Letters of an inspection: its notice to who goes there, its results to who publishes them.

Served in law they are only by who hands them over; nothing here pretends that it was done.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from domain.situation.recipients import Recipient
from domain.situation.situation import CHINA
from domain.tables.process import Clock, Process
from domain.tables.undertaking import Undertaking
from flows.afterwards.desk_letters import (
    Letter,
    document_references,
    limit_in_words,
    messages_for,
)
from flows.afterwards.follow_up_context import documents_of, event_of, form_of
from flows.afterwards.outbox import Job
from flows.door.inbox import message_once
from flows.site.office import Office
from flows.site.store import transaction
from flows.visits.frequency import departments_of

NOTICED = "noticed"
PUBLICITY = ("publicity_qy6", "publicity_visit")
"""Limits for publishing a result, whichever binds the organ."""


def deliver_notice(office: Office, job: Job, now: datetime) -> None:
    """Lays the notice before every department that goes there; the lead serves it.

    A notice that another day or a cancellation has overtaken is not laid before anybody.
    """
    with transaction(office.engine) as session:
        row = session.get_one(Undertaking, job.clue_id)
        told = str(form_of(event_of(session, job)).get("visit_on"))
        if row.state != NOTICED or _moment(told) != _moment(str(row.facts["visit_on"])):
            return
        papers = document_references(documents_of(session, job))
        moved = "（改期）" if job.action == "postpone" else ""
        for department in departments_of(session, row):
            lines = [*_door(office, row), f"文书：{papers}。"]
            if department == row.department_id:
                lines.append(_service(row))
            letter = Letter("visit.letter", f"检查通知{moved}：{row.no}", "\n".join(lines))
            to = [Recipient(department, "handler")]
            message_once(session, messages_for(letter, job, f"visit-notice-{job.key}", to, now))


def hand_on_results(office: Office, job: Job, now: datetime) -> None:
    """Every department whose result is in hears that it was told, and by when it is published."""
    with transaction(office.engine) as session:
        row = session.get_one(Undertaking, job.clue_id)
        papers = document_references(documents_of(session, job))
        for finding in _entered(session, row):
            limits = [limit_in_words(one, office.rules) for one in publicity_of(session, finding)]
            lines = [
                f"检查{row.no}（{row.facts['subject_name']}）的结果已经告知：{papers}。",
                "请公示本部门的检查结果；依法不予公示的，由负责人批准。",
                *limits,
            ]
            letter = Letter("visit.results", f"检查结果待公示：{row.no}", "\n".join(lines))
            to = [Recipient(finding.department_id, "handler")]
            message_once(session, messages_for(letter, job, f"visit-told-{job.key}", to, now))


def publicity_of(session: Session, finding: Process) -> list[Clock]:
    """The running limit for publishing a result, if it runs."""
    query = select(Clock).where(
        col(Clock.process_kind) == "finding",
        col(Clock.process_id) == finding.id,
        col(Clock.rule).in_(PUBLICITY),
        col(Clock.ended_at).is_(None),
    )
    return list(session.exec(query))


def _door(office: Office, row: Undertaking) -> list[str]:
    facts = row.facts
    at = _moment(str(facts["visit_on"]))
    matters = "、".join(office.rules.matters[one].name for one in facts.get("matters") or ())
    team = "、".join(f"{one['姓名']}（{one['证号']}）" for one in facts.get("team") or ())
    return [
        f"检查对象：{facts['subject_name']}，{facts.get('subject_address') or '地址见名录'}。",
        f"检查时间：{at:%Y年%-m月%-d日%H:%M}。检查事项：{matters}。",
        f"检查人员：{team}。",
    ]


def _service(row: Undertaking) -> str:
    if row.facts.get("notice_way") == "ahead":
        return "请在检查前将通知书送达检查对象，并登记送达；到场时出示执法证件和检查码。"
    return "通知书在检查时当场出示；到场时出示执法证件和检查码。"


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(CHINA)


def _entered(session: Session, row: Undertaking) -> list[Process]:
    query = select(Process).where(
        col(Process.clue_id) == row.id,
        col(Process.kind) == "finding",
        col(Process.state) == "entered",
    )
    return list(session.exec(query.order_by(col(Process.id))))
