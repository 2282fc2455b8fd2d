"""The joint report: when the last department has answered, the lead has every opinion before it."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from domain.situation.recipients import Recipient
from domain.tables.process import Process
from flows.afterwards.desk_letters import Letter, messages_for
from flows.afterwards.follow_up_context import process_of
from flows.afterwards.outbox import Job
from flows.door.inbox import message_once
from flows.door.locked_dossier import lock_clue
from flows.door.steps import Command, perform_in
from flows.people.actors import system_actor
from flows.site.office import Office
from flows.site.store import transaction


def draft_joint_report(office: Office, job: Job, now: datetime) -> None:
    """Gathers the opinions and lays them before the lead, once no part is awaited any more."""
    with transaction(office.engine) as session:
        # Two parts may come in at once: without the lock both works would find all in, and draft.
        lock_clue(session, job.clue_id)
        verification = session.get(Process, process_of(session, job).parent_id or 0)
        if verification is None or verification.state != "open":
            return
        parts = _parts(session, verification)
        if any(part.state == "asked" for part in parts):
            return
        to = [Recipient(verification.department_id, "handler")]
        text = "\n".join([f"线索{job.clue_no}各方核查意见已齐，汇总如下：", *_told(office, parts)])
        letter = Letter("verification.joint_report", f"核查意见汇总：{job.clue_no}", text)
        message_once(session, messages_for(letter, job, f"joint-report-{job.key}", to, now))
        command = Command("draft", "verification", job.clue_id, verification.id)
        perform_in(session, office, command, system_actor(office.settings.desk), now)


def _parts(session: Session, verification: Process) -> list[Process]:
    query = select(Process).where(
        col(Process.kind) == "part", col(Process.parent_id) == verification.id
    )
    return list(session.exec(query.order_by(col(Process.id))))


def _told(office: Office, parts: Iterable[Process]) -> Iterable[str]:
    for number, part in enumerate(parts, start=1):
        organ = office.rules.departments[part.department_id].name
        if part.state == "declined":
            yield f"{number}．{organ}：与本部门职责无关。理由：{part.facts.get('reason')}"
        elif part.state == "submitted":
            yield f"{number}．{organ}：{part.facts.get('findings')}"
            yield f"　　意见：{part.facts.get('opinion')}"
            if part.facts.get("dissent"):
                yield f"　　不同意见（原文）：{part.facts['dissent']}"
        else:
            yield f"{number}．{organ}：未反馈"
