"""Files of a clue or a circular: added by those it is for, kept by hash."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath
from typing import Protocol

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from documents.output.page_count import against_count, count_pages
from domain.situation.evidence_files import file_complaints
from domain.situation.evidence_ties import Tie, possible_ties, tie_in_words
from domain.situation.received import act_key, received
from domain.situation.situation import CHINA, Actor
from domain.tables.attachment import Attachment, Recognition
from domain.tables.dossier import Dossier
from domain.tables.process import Clue, Process
from domain.tables.record import Event, IssuedDocument
from domain.tables.undertaking import Undertaking
from flows.door.locked_dossier import Root, kind_of, lock_dossier
from flows.door.situations import process_view
from flows.people.visible_clues import visible
from flows.site.act_events import Act, Thing, act_event
from flows.site.departure import left_with_receipt
from flows.site.event_chain import append
from flows.site.office import Office
from flows.site.refusals import refuse_if
from flows.site.store import transaction
from flows.site.stored_documents import note_pages, pages_of

RULE = "local-attachments"
ADDERS = frozenset(
    {"intake_clerk", "handler", "department_head", "legal_reviewer"}
    | {"police_liaison", "procuratorate_liaison"}
)
"""The chairs that may add a file to a clue of theirs."""
LONGEST_TITLE = 100
OF_DOSSIER = (
    select(Attachment)
    .where(col(Attachment.clue_id) == bindparam("dossier"))
    .order_by(col(Attachment.id))
)


@dataclass(frozen=True)
class Upload:
    """A file as somebody hands it in: its own name, what it shows, and which kind of evidence.

    `receipt_of`: the id of the paper whose signed 送达回证 it is. `pages`: as the person tells
    them, 0 for not told; what can be counted is counted. `scan_of`: the number of the event that
    entered the incoming paper of which it is the scan. `tied_to`: the opinion or the listed goods
    that it is evidence of, as `possible_ties` names them.
    """

    name: str
    content: bytes
    title: str
    kind: str
    receipt_of: int = 0
    scan_of: int = 0
    pages: int = 0
    tied_to: str = ""

    def __repr__(self) -> str:
        return f"Upload({self.name}, {len(self.content)} bytes)"


@dataclass(frozen=True)
class Evidence:
    """An attachment with the departments that recognised it, and its pages where known.

    `source`: of which clue's evidence it was given, in words; empty where it was uploaded here.
    `process`: whose opinion or goods it shows.
    """

    attachment: Attachment
    recognitions: tuple[Recognition, ...]
    pages: int | None = None
    source: str = ""
    process: Process | None = None


class Stands(Protocol):
    """A clue, or a row that tells how one stands."""

    state: str


def may_add(actor: Actor, clue: Stands) -> bool:
    """Whether who sees the clue adds evidence in his chair, and the clue still takes it."""
    return bool(actor.roles & ADDERS) and clue.state != "archived"


def add_attachment(
    office: Office, dossier_id: int, file: Upload, actor: Actor, now: datetime
) -> Attachment:
    """Adds a file to a clue or to the draft of an undertaking, on the shelf and on record.

    Raises Refused with everything that stands against it, and LookupError where neither is known.
    """
    sha256 = hashlib.sha256(file.content).hexdigest()
    counted = count_pages(file.name, file.content)
    with transaction(office.engine) as session:
        dossier = session.get(Dossier, dossier_id)
        kind = dossier.kind if dossier else "clue"
        root = lock_dossier(session, office.rules, kind, dossier_id)
        reasons = (
            standing(session, office, root, actor, ADDERS)
            if isinstance(root, Clue)
            else _not_drafting(office, root, actor)
        )
        reasons += _file_reasons(office, file)
        reasons += _there_already(session, root, sha256)
        reasons += _link_reasons(session, root, file, actor)
        counted = counted or pages_of(session, [sha256]).get(sha256)
        entered = _entered_pages(session, office, file.scan_of)
        reasons += against_count(file.pages, counted, entered)
        ties = {one.key: one for one in ties_of(session, office, root, actor)}
        reasons += _tie_reasons(office, file, ties)
        refuse_if(office.rules, "上传附件", RULE, reasons)
        tie = ties.get(file.tied_to)
        row = Attachment(
            clue_id=dossier_id,
            title=file.title.strip(),
            kind=file.kind,
            suffix=PurePath(file.name).suffix.lower(),
            size=len(file.content),
            sha256=office.shelf.put(file.content),
            added_by=actor.id,
            department_id=actor.department,
            added_at=now,
            document_id=file.receipt_of or None,
            scan_of=_entered(session, file.scan_of),
            process_id=tie.process.id if tie else None,
            goods=tie.goods or None if tie else None,
        )
        session.add(row)
        left_with_receipt(session, file.receipt_of, now)
        if pages := counted or file.pages:
            note_pages(session, row.sha256, pages)
        session.flush()
        detail = {"attachment": row.id, "title": row.title, "kind": row.kind, "sha256": sha256}
        told = {
            "receipt_of": file.receipt_of,
            "scan_of": row.scan_of,
            "pages": pages,
            "process": row.process_id,
            "goods": row.goods,
        }
        detail |= {name: value for name, value in told.items() if value}
        put_on_record(session, office, root, Act("add_attachment", actor, now, detail))
    return row


def find_attachment(session: Session, attachment_id: int) -> Attachment:
    """The attachment of that id; LookupError in Chinese when there is none."""
    found = session.get(Attachment, attachment_id)
    if found is None:
        raise LookupError(f"没有编号为{attachment_id}的附件")
    return found


def list_attachments(session: Session, dossier_id: int) -> tuple[Evidence, ...]:
    """The attachments of a clue or undertaking in order, each with who recognised it."""
    rows = session.exec(OF_DOSSIER, params={"dossier": dossier_id}).all()
    if not rows:
        return ()
    recognitions = session.exec(
        select(Recognition)
        .where(col(Recognition.attachment_id).in_([one.id for one in rows]))
        .order_by(col(Recognition.id))
    ).all()
    pages = pages_of(session, (one.sha256 for one in rows))
    sources, processes = _sources(session, rows), _processes(session, rows)
    return tuple(
        Evidence(
            row,
            tuple(one for one in recognitions if one.attachment_id == row.id),
            pages.get(row.sha256),
            sources.get(row.source_id or 0, ""),
            processes.get(row.process_id or 0),
        )
        for row in rows
    )


def _sources(session: Session, rows: Iterable[Attachment]) -> dict[int, str]:
    """In words, by the number of the source, where given evidence came from."""
    named = [one.source_id for one in rows if one.source_id]
    if not named:
        return {}
    query = (
        select(Attachment.id, Clue.no)
        .join(Clue, col(Clue.id) == col(Attachment.clue_id))
        .where(col(Attachment.id).in_(named))
    )
    return {number or 0: f"来源：线索{no}第{number}号附件" for number, no in session.exec(query)}


def _processes(session: Session, rows: Iterable[Attachment]) -> dict[int, Process]:
    """By id the processes whose opinions or goods the files show."""
    named = {one.process_id for one in rows if one.process_id}
    if not named:
        return {}
    found = session.exec(select(Process).where(col(Process.id).in_(sorted(named))))
    return {one.id or 0: one for one in found}


def ties_of(session: Session, office: Office, root: Root, actor: Actor) -> tuple[Tie, ...]:
    """What the actor's department may tie a file to: its opinions, and goods that it listed."""
    rows = session.exec(
        select(Process).where(col(Process.clue_id) == root.id).order_by(col(Process.id))
    )
    return possible_ties(map(process_view, rows), office.rules.lifecycles, actor.department)


def standing(
    session: Session, office: Office, clue: Clue, actor: Actor, chairs: frozenset[str]
) -> list[str]:
    """Why this actor may not touch the clue's evidence at all."""
    reasons: list[str] = []
    if not actor.roles & chairs:
        names = "、".join(office.rules.roles[one].label for one in sorted(chairs))
        reasons.append(f"只能由{names}办理")
    if not _is_party(session, office, clue, actor):
        reasons.append("只能由线索的承办、转办、协办或者接收部门办理，您所在部门不是")
    if clue.state == "archived":
        reasons.append("线索已经归档，归档后不得改动")
    return reasons


def _not_drafting(office: Office, row: Undertaking, actor: Actor) -> list[str]:
    """Why this actor may add nothing to an undertaking: whoever may revise a draft, may."""
    lifecycle = office.rules.lifecycles[row.kind]
    revise = lifecycle.actions["revise"]
    reasons: list[str] = []
    if not actor.roles & set(revise.by):
        names = "、".join(office.rules.roles[one].label for one in revise.by)
        reasons.append(f"只能由{names}办理")
    if actor.department != row.department_id:
        reasons.append("只能由拟稿部门办理，您所在部门不是")
    if row.state not in revise.from_:
        reasons.append(f"附件随拟稿上传，{lifecycle.label}{lifecycle.states[row.state].label}")
    return reasons


def _is_party(session: Session, office: Office, clue: Clue, actor: Actor) -> bool:
    """Whether the department has a part in the clue, and the actor may see it."""
    seen = select(Clue.id).where(col(Clue.id) == clue.id, visible(office, actor))
    if session.exec(seen).first() is None:
        return False
    rows = session.exec(select(Process).where(col(Process.clue_id) == clue.id)).all()
    parties = {clue.department_id, clue.desk_id, clue.sender_id, clue.counterpart_id}
    parties |= {one.department_id for one in rows} | {one.counterpart_id for one in rows}
    return actor.department in parties


def _file_reasons(office: Office, file: Upload) -> Iterable[str]:
    rules = office.rules.attachments
    title = file.title.strip()
    if not title:
        yield "请写明附件的名称"
    if len(title) > LONGEST_TITLE:
        yield f"附件名称不能超过{LONGEST_TITLE}个字，现有{len(title)}个字"
    if file.kind not in rules.kinds:
        known = "、".join(f"{key} {label}" for key, label in rules.kinds.items())
        yield f"没有证据种类「{file.kind}」；可用：{known}"
    yield from file_complaints(file.name, file.content, rules)


def _there_already(session: Session, root: Root, sha256: str) -> Iterable[str]:
    query = select(Attachment).where(
        col(Attachment.clue_id) == root.id, col(Attachment.sha256) == sha256
    )
    known = session.exec(query).first()
    if known is not None:
        yield f"同一文件已上传为第{known.id}号附件「{known.title}」，不必重复上传"


def _entered(session: Session, seq: int) -> str | None:
    """The act of an event as a scan names it."""
    event = session.get(Event, seq) if seq else None
    return act_key(event.process_kind, event.process_id, event.action) if event else None


def _entered_pages(session: Session, office: Office, seq: int) -> int | None:
    """The pages that the register of incoming papers tells of the paper that an event entered."""
    event = session.get(Event, seq) if seq else None
    lifecycle = office.rules.lifecycles.get(event.process_kind) if event else None
    if event is None or lifecycle is None or event.action not in lifecycle.actions:
        return None
    paper = received(lifecycle.actions[event.action], event.detail.get("form") or {})
    return paper.page_count if paper else None


def _link_reasons(session: Session, root: Root, file: Upload, actor: Actor) -> Iterable[str]:
    event = session.get(Event, file.scan_of) if file.scan_of else None
    if file.scan_of and (event is None or event.clue_id != root.id):
        yield f"第{file.scan_of}号收文不是本线索的，请从收文登记簿上传它的扫描件"
    paper = session.get(IssuedDocument, file.receipt_of) if file.receipt_of else None
    if file.receipt_of and (
        paper is None or paper.clue_id != root.id or paper.organ != actor.department
    ):
        yield f"第{file.receipt_of}号文书不是本机关在本线索制发的，不能作为它的送达回证上传"


def _tie_reasons(office: Office, file: Upload, ties: Mapping[str, Tie]) -> Iterable[str]:
    if file.tied_to and file.tied_to not in ties:
        known = "、".join(f"{key}（{tie_label(office, one)}）" for key, one in ties.items())
        yield (
            f"没有「{file.tied_to}」这一份本部门的核查意见或者这一项物品，"
            + (f"可选：{known}" if known else "本部门在本线索还没有核查意见和物品清单")
            + "；不属于其中一份、一项的不选"
        )


def tie_label(office: Office, tie: Tie) -> str:
    """What a file may be tied to, as forms offer it."""
    if tie.goods:
        return f"{tie.listed}：{tie.goods}"
    return f"{office.rules.departments[tie.process.department].name}的核查意见"


def put_on_record(session: Session, office: Office, root: Root, act: Act) -> None:
    """What somebody did with a file, as an event of its clue or undertaking."""
    told = replace(act, detail={**act.detail, "basis": [RULE]}, before=root.state, after=root.state)
    thing = Thing(kind_of(root), root.id or 0, root.id)
    append(session, [act_event(thing, told)], office.keys.chain)


def catalogue_row(office: Office, evidence: Evidence) -> dict[str, object]:
    """A piece of evidence as a row of a catalogue; who recognised it is remarked."""
    row = evidence.attachment
    kinds, departments = office.rules.attachments.kinds, office.rules.departments
    return {
        "责任者": departments[row.department_id].name,
        "题名": f"{row.title}（{kinds.get(row.kind, '')}）",
        "日期": row.added_at.astimezone(CHINA).date(),
        "备注": "；".join(filter(None, remarks_of(office, evidence))) or None,
        "页数": evidence.pages,
        "收文": row.scan_of,
        "附件": (row.id,),
    }


def remarks_of(office: Office, evidence: Evidence) -> tuple[str, ...]:
    """What a catalogue remarks: whose opinion or which goods it shows, where it was given from,
    who recognised it; each may be empty.
    """
    shows = f"属于{told}" if (told := tied_in_words(office, evidence)) else ""
    return shows, evidence.source, recognition_in_words(office, evidence)


def tied_in_words(office: Office, evidence: Evidence) -> str:
    """The opinion or the goods that a piece of evidence shows; empty where it shows none alone."""
    if (process := evidence.process) is None:
        return ""
    organ = office.rules.departments[process.department_id].name
    lifecycle = office.rules.lifecycles[process.kind]
    return tie_in_words(lifecycle, organ, evidence.attachment.goods or "")


def recognition_in_words(office: Office, evidence: Evidence) -> str:
    """Which departments recognised a piece of evidence, in words."""
    names = [office.rules.departments[one.department_id].name for one in evidence.recognitions]
    return f"证据互认：{'、'.join(names)}" if names else ""
