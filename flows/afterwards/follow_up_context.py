"""The context of a follow-up: the event that left it behind, its documents, process and clocks."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from domain.situation.situation import ProcessView, Situation
from domain.tables.process import Clock, Clue, Process
from domain.tables.record import Event, IssuedDocument
from flows.afterwards.outbox import Job
from flows.door.situations import load_situation
from flows.people.actors import system_actor
from flows.site.event_chain import Happening, append
from flows.site.office import Office

# Statements made once: every follow-up asks them.
LEFT_BEHIND = (
    select(Event)
    .where(
        col(Event.clue_id) == bindparam("clue"),
        col(Event.process_kind) == bindparam("kind"),
        col(Event.process_id) == bindparam("process"),
        col(Event.action) == bindparam("action"),
        col(Event.at) == bindparam("at"),
    )
    .order_by(col(Event.seq))
    .limit(1)
)
BESIDE = (
    select(IssuedDocument)
    .where(
        col(IssuedDocument.clue_id) == bindparam("clue"),
        col(IssuedDocument.issued_at) == bindparam("at"),
    )
    .order_by(col(IssuedDocument.id))
)


def event_of(session: Session, job: Job) -> Event:
    """The event whose step left the follow-up behind, looked for once in a session."""
    known: Event | None = session.info.get((Event, job.id))
    if known is not None:
        return known
    values = {
        "clue": job.clue_id,
        "kind": job.process_kind,
        "process": job.process_id,
        "action": job.action,
        "at": job.created_at,
    }
    found = session.exec(LEFT_BEHIND, params=values).first()
    if found is None:
        raise LookupError(f"{job.clue_no}：没有找到操作「{job.action}」的记录")
    session.info[Event, job.id] = found
    return found


class Detailed(Protocol):
    """What says how a step was taken: an event of the record, or a row that a list reads."""

    detail: dict[str, Any]


def form_of(event: Detailed) -> Mapping[str, object]:
    """The form that was filled in."""
    form = event.detail.get("form")
    return form if isinstance(form, dict) else {}


def documents_of(session: Session, job: Job) -> list[IssuedDocument]:
    """The documents that the step itself issued, in order."""
    hashes = issued_by(event_of(session, job))
    own = (job.process_kind, job.process_id)
    return [
        one
        for one in documents_beside(session, job)
        if (one.process_kind, one.process_id) == own and one.sha256 in hashes
    ]


def issued_by(event: Detailed) -> set[str]:
    """The documents that a step issued, by their SHA-256."""
    return {str(one["sha256"]) for one in event.detail.get("documents") or []}


def documents_beside(session: Session, job: Job) -> list[IssuedDocument]:
    """All documents of the same transaction: those that the step's cause issued, too."""
    values = {"clue": job.clue_id, "at": job.created_at}
    return list(session.exec(BESIDE, params=values))


def clue_of(session: Session, job: Job) -> Clue:
    """The follow-up's clue."""
    return session.get_one(Clue, job.clue_id)


def process_of(session: Session, job: Job) -> Process:
    """The follow-up's process, which is not the clue itself."""
    return session.get_one(Process, job.process_id)


def open_clocks(session: Session, job: Job, rules: tuple[str, ...] = ()) -> list[Clock]:
    """The running clocks of the follow-up's process, of the rules named or of all."""
    query = select(Clock).where(
        col(Clock.process_kind) == job.process_kind,
        col(Clock.process_id) == job.process_id,
        col(Clock.ended_at).is_(None),
    )
    if rules:
        query = query.where(col(Clock.rule).in_(rules))
    return list(session.exec(query.order_by(col(Clock.id))))


def situation_of(session: Session, office: Office, job: Job, now: datetime) -> Situation:
    """The situation of the follow-up's process as the program sees it."""
    actor = system_actor(office.settings.desk)
    situation = load_situation(session, office, clue_of(session, job), actor, now)
    own = (job.process_kind, job.process_id)
    found = [one for one in situation.processes if (one.kind, one.id) == own]
    view: ProcessView = found[0]
    return replace(situation, process=view)


@dataclass(frozen=True)
class Deed:
    """What the program itself did, for the record."""

    action: str
    detail: Mapping[str, object]


def record(session: Session, office: Office, job: Job, deed: Deed, now: datetime) -> bool:
    """Adds an event of the program's own once per follow-up; whether it was new."""
    query = select(Event).where(col(Event.clue_id) == job.clue_id, col(Event.action) == deed.action)
    if any(one.detail.get("follow_up") == job.id for one in session.exec(query)):
        return False
    situation = situation_of(session, office, job, now)
    state = situation.process.state
    happened = Happening(
        clue_id=job.clue_id,
        process_kind=job.process_kind,
        process_id=job.process_id,
        action=deed.action,
        from_state=state,
        to_state=state,
        actor_id=situation.actor.id,
        department_id=situation.actor.department,
        at=now,
        detail={**deed.detail, "follow_up": job.id},
    )
    append(session, [happened], office.keys.chain)
    return True
