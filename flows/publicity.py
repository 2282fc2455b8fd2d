"""Publicity of penalty decisions: a record for the publicity platform, then the case says so."""

import json
import os
import uuid
from datetime import datetime
from pathlib import Path

from sqlmodel import Session

from domain.situation import CHINA
from flows.happened import clue_of, documents_of, event_of, form_of, process_of
from flows.held import lock_clue
from flows.office import Office
from flows.outbox import Job
from flows.people import system_actor
from flows.steps import Command, perform_in
from flows.store import reading, transaction


def publish_decision(office: Office, job: Job, now: datetime) -> None:
    """The decision's public record lies in the publicity folder, and the case records it once."""
    with reading(office.engine) as session:
        content = public_record(session, office, job)
    folder = office.settings.home / "publicity"
    name = f"{job.key}.json"
    write_whole(folder / name, json.dumps(content, ensure_ascii=False, indent=2).encode())
    with transaction(office.engine) as session:
        lock_clue(session, job.clue_id)
        if process_of(session, job).facts.get("published"):
            return
        form = {
            "published_on": now.astimezone(CHINA).date().isoformat(),
            "published_at": f"行政处罚信息公示文件 {name}",
        }
        command = Command("record_publication", "case", job.clue_id, job.process_id, form)
        perform_in(session, office, command, system_actor(office.settings.desk), now)


def public_record(session: Session, office: Office, job: Job) -> dict[str, object]:
    """What the public may see of a decision: no phone, address or identity number of a person."""
    case, clue, event = process_of(session, job), clue_of(session, job), event_of(session, job)
    form = form_of(event)
    decision = [one for one in documents_of(session, job) if one.kind == "penalty_decision"]
    is_unit = case.facts.get("offender") == "unit"
    return {
        "编号": job.key,
        "决定书文号": decision[0].number if decision else None,
        "当事人": clue.subject_name,
        "统一社会信用代码": clue.subject_code if is_unit else None,
        "违法事实": case.facts.get("facts_found"),
        "处罚依据": form.get("penalty_ground"),
        "处罚内容": form.get("penalty"),
        "罚款金额": str(form.get("fine") or "0"),
        "处罚机关": office.rules.departments[event.department_id].name,
        "决定日期": event.at.astimezone(CHINA).date().isoformat(),
    }


def write_whole(path: Path, content: bytes) -> None:
    """The file has this content, whole and synced, or is as it was before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    try:
        with aside.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
