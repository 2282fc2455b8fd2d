"""Keeping templates: uploaded by one person, approved by another, and all on record."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from domain.situation.situation import Actor
from domain.tables.template import TemplateVersion
from flows.door.template_in_force import (
    TemplateUnfit,
    lint,
    shipped_template,
    versions_in_force,
)
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import append
from flows.site.office import Office
from flows.site.refusals import refuse_if
from flows.site.row_marks import marked
from flows.site.store import transaction
from flows.upkeep.template_rights import not_a_retirer, not_a_second, not_an_uploader

RULE = "local-templates"
LONGEST_REASON = 500
LONGEST_NOTE = 200


@dataclass(frozen=True)
class Brought:
    """A Word file for a kind of document: for an organ, or for all that have none (BASE)."""

    kind: str
    raw: bytes
    organ: str
    note: str = ""


@dataclass(frozen=True)
class Move:
    """What happened to a version, for the record."""

    action: str
    before: str
    after: str
    reason: str = ""


def upload(office: Office, brought: Brought, who: tuple[Actor, datetime]) -> TemplateVersion:
    """A new version of a kind's template, on record, that waits for a second person.

    `who` is the uploader and the moment. Raises Refused where he brings none for that organ or the
    file is known already, and TemplateUnfit with every complaint of the lint.
    """
    actor, now = who
    refuse_if(office.rules, "上传模板", RULE, not_an_uploader(office.rules, actor, brought.organ))
    found = lint(office, brought.kind, brought.raw)
    if found.complaints:
        raise TemplateUnfit(found.complaints)
    sha256 = hashlib.sha256(brought.raw).hexdigest()
    with transaction(office.engine) as session:
        refuse_if(office.rules, "上传模板", RULE, _known_already(session, office, brought, sha256))
        row = TemplateVersion(
            kind=brought.kind,
            department_id=brought.organ,
            sha256=sha256,
            note=brought.note,
            uploaded_by=actor.id,
            uploaded_at=now,
        )
        office.shelf.put(brought.raw)
        session.add(row)
        session.flush()
        _record(session, office, row, Move("upload", "none", "waiting"), who)
    return row


def _known_already(session: Session, office: Office, brought: Brought, sha256: str) -> list[str]:
    same = session.exec(
        select(TemplateVersion).where(
            col(TemplateVersion.kind) == brought.kind,
            col(TemplateVersion.department_id) == brought.organ,
            col(TemplateVersion.sha256) == sha256,
            col(TemplateVersion.retired_at).is_(None),
        )
    ).first()
    if same is not None:
        return [f"同一文件已上传为第{same.id}号模板，不必重复上传"]
    base = versions_in_force(session, office, brought.organ).get(brought.kind)
    if base is None and shipped_template(office, brought.kind).sha256 == sha256:
        return ["与系统自带的模板完全相同，不必上传"]
    return []


def approve(office: Office, version_id: int, actor: Actor, now: datetime) -> TemplateVersion:
    """Puts a waiting version in force from now on; the uploader himself may not approve it.

    Raises Refused with every reason, and LookupError where there is no such version.
    """
    with transaction(office.engine) as session:
        row = _locked(session, version_id)
        reasons = not_a_second(office.rules, actor, row)
        if actor.id == row.uploaded_by:
            reasons.append("模板须由上传人以外的另一人审核启用")
        if row.approved_at is not None:
            reasons.append("该模板已经审核启用")
        if row.retired_at is not None:
            reasons.append("该模板已经停用，请重新上传")
        refuse_if(office.rules, "启用模板", RULE, reasons)
        found = lint(office, row.kind, office.shelf.get(row.sha256))
        if found.complaints:
            raise TemplateUnfit(found.complaints)
        row.approved_by, row.approved_at = actor.id, now
        session.add(row)
        _record(session, office, row, Move("approve", "waiting", "approved"), (actor, now))
    return row


def reject(
    office: Office, version_id: int, reason: str, who: tuple[Actor, datetime]
) -> TemplateVersion:
    """The version that waits is not put in force; a second person says why."""
    actor, now = who
    with transaction(office.engine) as session:
        row = _locked(session, version_id)
        reasons = not_a_second(office.rules, actor, row)
        if actor.id == row.uploaded_by:
            reasons.append("模板须由上传人以外的另一人审核；本人上传的可以撤回")
        reasons += _reason_needed(reason, "不予启用")
        if row.approved_at is not None:
            reasons.append("该模板已经审核启用，不再使用的请停用")
        if row.retired_at is not None:
            reasons.append("该模板已经停用")
        refuse_if(office.rules, "不予启用模板", RULE, reasons)
        row.retired_by, row.retired_at = actor.id, now
        session.add(row)
        _record(session, office, row, Move("reject", "waiting", "rejected", reason.strip()), who)
    return row


def retire(
    office: Office, version_id: int, reason: str, who: tuple[Actor, datetime]
) -> TemplateVersion:
    """The version is no longer used; the one before it, the base or the shipped one is again."""
    actor, now = who
    with transaction(office.engine) as session:
        row = _locked(session, version_id)
        reasons = not_a_retirer(office.rules, actor, row)
        reasons += _reason_needed(reason, "停用")
        if row.retired_at is not None:
            reasons.append("该模板已经停用")
        refuse_if(office.rules, "停用模板", RULE, reasons)
        state = "approved" if row.approved_at else "waiting"
        row.retired_by, row.retired_at = actor.id, now
        session.add(row)
        _record(session, office, row, Move("retire", state, "retired", reason.strip()), who)
    return row


def _reason_needed(reason: str, what: str) -> list[str]:
    text = reason.strip()
    if not text:
        return [f"请写明{what}理由"]
    if len(text) > LONGEST_REASON:
        return [f"{what}理由不能超过{LONGEST_REASON}个字，现有{len(text)}个字"]
    return []


def _locked(session: Session, version_id: int) -> TemplateVersion:
    query = select(TemplateVersion).where(col(TemplateVersion.id) == version_id)
    row = session.exec(query.with_for_update()).one_or_none()
    if row is None:
        raise LookupError(f"没有编号为{version_id}的模板")
    return row


def _record(
    session: Session,
    office: Office,
    row: TemplateVersion,
    move: Move,
    who: tuple[Actor, datetime],
) -> None:
    actor, now = who
    detail = {
        "kind": row.kind,
        "department": row.department_id,
        "sha256": row.sha256,
        "reason": move.reason,
        **marked("template", row, office.keys.chain),
    }
    act = Act(move.action, actor, now, detail, move.before, move.after)
    append(session, [act_event(Thing("template", row.id or 0), act)], office.keys.chain)
