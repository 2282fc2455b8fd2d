"""Publicity of served penalty decisions: a record for the publicity platform, then in the case."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from documents.facts.penalty_facts import penalty_lines
from domain.files.identifiers import unit_code
from domain.situation.penalty import DECIDED, penalty_of
from domain.situation.situation import CHINA
from domain.tables.process import Process
from domain.tables.record import Event, IssuedDocument
from flows.afterwards.follow_up_context import clue_of, form_of, process_of
from flows.afterwards.outbox import Job, Later
from flows.door.locked_dossier import lock_clue
from flows.door.steps import Command, perform_in
from flows.people.actors import system_actor
from flows.site.office import Office
from flows.site.store import reading, transaction

UNSERVED = "decided"


def publish_decision(office: Office, job: Job, now: datetime) -> Later | None:
    """Writes a served decision's public record to the publicity folder; the case says so once.

    Later while the decision is not served; never when it fell or was changed in the meantime.
    """
    with reading(office.engine) as session:
        case = process_of(session, job)
        if fell(case, job):
            return None
        if case.state == UNSERVED:
            return Later(now + timedelta(days=1))
        content = public_record(session, office, job)
    name = f"{job.key}.json"
    written = json.dumps(content, ensure_ascii=False, indent=2).encode()
    office.exchange.put_open(f"publicity/{name}", written)
    with transaction(office.engine) as session:
        lock_clue(session, job.clue_id)
        if process_of(session, job).facts.get("published"):
            return None
        form = {
            "published_on": now.astimezone(CHINA).date().isoformat(),
            "published_at": f"行政处罚信息公示文件 {name}",
        }
        command = Command("record_publication", "case", job.clue_id, job.process_id, form)
        perform_in(session, office, command, system_actor(office.settings.desk), now)
    return None


def fell(case: Process, job: Job) -> bool:
    """Whether the decision was revoked, changed or withdrawn after its publication was ordered."""
    since = case.facts.get("not_public_since")
    return isinstance(since, str) and job.created_at <= datetime.fromisoformat(since)


def public_record(session: Session, office: Office, job: Job) -> dict[str, object]:
    """What the public may see of a decision: no phone, address or identity number of a person."""
    case, clue, event = process_of(session, job), clue_of(session, job), decision_of(session, job)
    form, paper = form_of(event), _paper_of(session, event)
    code = unit_code(clue.subject_code)
    return {
        "编号": job.key,
        "决定书文号": paper.number if paper else None,
        "当事人": clue.subject_name,
        "统一社会信用代码": code,
        "法定代表人": case.facts.get("legal_person") if code else None,
        "违法事实": case.facts.get("facts_found"),
        "处罚依据": form.get("penalty_ground") or case.facts.get("penalty_ground"),
        "处罚内容": "；".join(_imposed(office, form)),
        "罚款金额": str(form.get("fine") or "0"),
        "没收违法所得金额": str(form.get("confiscated") or "0"),
        "处罚机关": office.rules.departments[event.department_id].name,
        "决定日期": event.at.astimezone(CHINA).date().isoformat(),
    }


def _imposed(office: Office, form: Mapping[str, object]) -> Iterator[str]:
    """The penalty kind by kind, then as it was explained."""
    yield from penalty_lines(penalty_of(form, DECIDED), office.rules.penalties)
    if form.get("penalty"):
        yield str(form["penalty"])


def decision_of(session: Session, job: Job) -> Event:
    """The decision that was served: the case's newest one when the follow-up was left behind."""
    query = select(Event).where(
        col(Event.clue_id) == job.clue_id,
        col(Event.process_kind) == job.process_kind,
        col(Event.process_id) == job.process_id,
        col(Event.action).in_(("decide", "amend_decision")),
        col(Event.at) <= job.created_at,
    )
    found = session.exec(query.order_by(col(Event.seq).desc())).first()
    if found is None:
        raise LookupError(f"{job.clue_no}：没有找到处罚决定的记录")
    return found


def _paper_of(session: Session, decision: Event) -> IssuedDocument | None:
    query = select(IssuedDocument).where(
        col(IssuedDocument.clue_id) == decision.clue_id,
        col(IssuedDocument.kind).in_(("penalty_decision", "amendment_decision")),
        col(IssuedDocument.issued_at) == decision.at,
    )
    return session.exec(query).first()
