"""Case files and referral packets: documents of a clue gathered from the shelf into one bundle."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from documents.facts.volumes import ABOUT_THE_FILE
from documents.output.bundle import Bundled, BundleFile, bundle, file_name
from documents.output.shelf import Shelf
from domain.lifecycle.visibility import KEPT_KINDS
from domain.situation.recipients import Recipient
from domain.situation.situation import CHINA, Situation
from domain.tables.record import Event, IssuedDocument
from flows.afterwards.desk_letters import Letter, messages_for
from flows.afterwards.follow_up_context import Deed, event_of, process_of, record, situation_of
from flows.afterwards.outbox import Job
from flows.afterwards.packet_report import (
    NAME_ONLY,
    PACKET_README,
    PacketReport,
    file_of,
    packet_report,
)
from flows.afterwards.sealed_files import Seals, seals_of
from flows.door.attachments import Evidence, list_attachments, remarks_of
from flows.door.inbox import message_once
from flows.site.event_chain import Head
from flows.site.office import Office
from flows.site.store import reading, transaction

CATALOGUE = "00 目录.txt"
EVENT_LOG = "办理记录.jsonl"
README = "README.txt"
PACKET_KINDS = (
    "crime_transfer",
    "crime_investigation_report",
    "goods_list",
    "materials_list",
    "penalty_decision",
)
"""The papers of the packet in the order in which the law names them."""
SEALED = "已盖电子印章"
ANEW = "重新归档后已由新的代替"
"""Of a cover or catalogue whose volume was opened again: the newest one is that of the volume."""
KEPT_APART = "写明举报人，另行保管"
"""Of a paper that names a reporter: no bundle holds it, its page opens it to who may reveal him."""
LETTER, PENALTY = "crime_transfer", "penalty_decision"
"""What was imposed before goes along, although it is a paper of the case (环境办法第六条)."""


@dataclass(frozen=True)
class Shelved:
    """A file of a bundle that lies on the shelf until its bytes are wanted."""

    name: str
    shelf: Shelf
    sha256: str

    @property
    def content(self) -> bytes:
        """The bytes, checked against their hash."""
        return self.shelf.get(self.sha256)


def assemble_packet(office: Office, job: Job, now: datetime) -> None:
    """Puts a referral's packet on the shelf; tells the handler what it lacks."""
    with reading(office.engine) as session:
        situation = situation_of(session, office, job, now)
        papers = _newest(clue_papers(session, job.clue_id), job)
        evidence = list_attachments(session, job.clue_id)
        seals = seals_of(session, papers)
        files = packet_files(office, papers, situation, evidence, seals)
    content = bundle(files)
    report = packet_report(situation, evidence, papers)
    sha256 = office.shelf.put(content)
    missing = "" if report.is_complete else report.verdict
    deed = Deed(
        "assemble_packet",
        {"sha256": sha256, "files": [one.name for one in files], "missing": missing},
    )
    with transaction(office.engine) as session:
        record(session, office, job, deed, now)
        organ = process_of(session, job).department_id
        verdict = f"仍须补齐后方可移送——{report.verdict}" if report.missing else report.verdict
        lines = [f"移送材料已组卷，共{len(files)}个文件。", verdict]
        letter = Letter("referral.assembled", f"移送材料已组卷：{job.clue_no}", "\n".join(lines))
        to = [Recipient(organ, "handler")]
        message_once(session, messages_for(letter, job, f"assembled-{job.key}", to, now))


def packet_files(
    office: Office,
    papers: Sequence[IssuedDocument],
    situation: Situation,
    evidence: Sequence[Evidence],
    seals: Seals,
) -> list[Bundled]:
    """The files of a packet: how to read and check it, catalogue, papers, and listed evidence.

    A paper that bears an e-seal goes along sealed, beside the file as it was issued. Evidence that
    the list of materials names goes along; an entry without a file says so.
    """
    materials = situation.process.facts.get("materials")
    rows = (
        [row for row in materials if isinstance(row, dict)] if isinstance(materials, list) else []
    )
    report = packet_report(situation, evidence, papers)
    attached = [_entry(place, row, report, papers) for place, row in enumerate(rows, start=1)]
    named = [file_of(str(row.get("名称") or ""), evidence) for row in rows]
    going = [one for one in evidence if one in named or one.attachment.kind == "appraisal"]
    appraisal = str(situation.process.facts.get("appraisal") or "（未填写）")
    lines = [
        f"涉嫌犯罪案件移送材料目录　线索{situation.subject.no}",
        *_catalogue(office, papers, seals),
        f"检验报告或者鉴定结论：{appraisal}",
        "随卷移交的其他材料：",
        *(attached or ["（未列明）"]),
        f"核对结果：{report.verdict}",
    ]
    catalogue = text_file(CATALOGUE, lines)
    files = [catalogue, *_papers(office, papers, seals), *_attached(office, going)]
    told = PACKET_README.format(
        no=situation.subject.no, count=len(files) + 1, verdict=report.verdict, catalogue=CATALOGUE
    )
    return [BundleFile(README, told.encode()), *files]


def _entry(
    place: int,
    row: Mapping[str, object],
    report: PacketReport,
    papers: Sequence[IssuedDocument],
) -> str:
    """An entry of the list: which paper of the packet it is, whether only its name is known."""
    name = str(row.get("名称") or "")
    own = next((at for at, one in enumerate(papers, start=1) if one.title == name), None)
    mark = f"　（{NAME_ONLY}）" if name in report.named_only else ""
    mark = f"　（即{own:02d}）" if own else mark
    counted = str(row.get("页数") or "")
    pages = f"　{counted}页" if counted.isdecimal() else ""
    told = f"{name}　{row['文号']}" if row.get("文号") else name
    return f"附件{place}　{told}　{row.get('份数') or '1'}份{pages}{mark}"


def case_file(session: Session, office: Office, clue_id: int, last_event: int) -> list[Bundled]:
    """Every document and attachment of a clue in order, with catalogue and record.

    The record reaches up to the event of number `last_event`, so that the same bundle can be made
    again.
    Voided documents stay in the file and say so.
    """
    papers = clue_papers(session, clue_id)
    seals = seals_of(session, papers)
    evidence = list_attachments(session, clue_id)
    query = select(Event).where(
        col(Event.clue_id) == clue_id,
        col(Event.seq) <= last_event,
        col(Event.process_kind).not_in(sorted(KEPT_KINDS)),
    )
    events = list(session.exec(query.order_by(col(Event.seq))))
    log = "".join(f"{json.dumps(log_entry(one), ensure_ascii=False)}\n" for one in events)
    return [
        text_file(
            CATALOGUE,
            [
                "案卷目录",
                *_catalogue(office, papers, seals),
                *_evidence(office, evidence),
                *_end_of_record(session, last_event),
            ],
        ),
        *_papers(office, papers, seals),
        *_attached(office, evidence),
        BundleFile(EVENT_LOG, log.encode()),
    ]


def _end_of_record(session: Session, last_event: int) -> list[str]:
    """The end of the site's record when the file was made: kept here, it tells if it is cut off."""
    held = session.exec(select(Event.hash).where(col(Event.seq) == last_event)).one_or_none()
    return [f"办理记录链尾：{Head(last_event, held)}"] if held else []


def seal_case_file(office: Office, job: Job, now: datetime) -> None:
    """Puts the whole case file on the shelf as one bundle, with its check value on record."""
    with reading(office.engine) as session:
        event = event_of(session, job)
        files = case_file(session, office, job.clue_id, event.seq)
    sha256 = office.shelf.put(bundle(files))
    deed = Deed("seal_case_file", {"sha256": sha256, "files": [one.name for one in files]})
    with transaction(office.engine) as session:
        record(session, office, job, deed, now)
        body = f"线索{job.clue_no}案卷已封存，共{len(files)}个文件。"
        letter = Letter("archive.sealed", f"案卷已封存：{job.clue_no}", body)
        to = [Recipient(event.department_id, "legal_reviewer")]
        message_once(session, messages_for(letter, job, f"sealed-{job.key}", to, now))


def clue_papers(session: Session, clue_id: int) -> list[IssuedDocument]:
    """Every document of a clue's file in the order of issue, voided ones too.

    What is kept from the other departments of the clue lies in no file that they read.
    """
    query = select(IssuedDocument).where(
        col(IssuedDocument.clue_id) == clue_id,
        col(IssuedDocument.process_kind).not_in(sorted(KEPT_KINDS)),
    )
    return list(session.exec(query.order_by(col(IssuedDocument.id))))


def packet_papers(papers: Iterable[IssuedDocument], referral: int | None) -> list[IssuedDocument]:
    """The papers in force that go to the police with a referral: its own, and a penalty's.

    A penalty goes along that was imposed before the letter; what came after it, the police having
    sent the matter back, is no part of what they were sent.
    """
    known = list(papers)
    own = {one.id for one in known if (one.process_kind, one.process_id) == ("referral", referral)}
    letters = (one.issued_at for one in known if one.id in own and one.kind == LETTER)
    sent = min(letters, default=None)
    return [
        one
        for one in known
        if one.voided_at is None
        and (one.id in own or (one.kind == PENALTY and (sent is None or one.issued_at < sent)))
    ]


def _newest(papers: Iterable[IssuedDocument], job: Job) -> list[IssuedDocument]:
    """The packet's papers, the newest of each kind of this referral."""
    newest = {one.kind: one for one in packet_papers(papers, job.process_id)}
    return [newest[kind] for kind in PACKET_KINDS if kind in newest]


def paper_title(paper: IssuedDocument) -> str:
    """A document as catalogues and file names call it."""
    void = "（作废）" if paper.voided_at else ""
    return f"{paper.title} {paper.number or ''}".strip() + void


def filed_anew(papers: Iterable[IssuedDocument]) -> frozenset[int | None]:
    """The covers and catalogues of volumes that were opened again and filed anew since."""
    newest: dict[tuple[str, str, int], int | None] = {}
    covers = [one for one in papers if one.kind in ABOUT_THE_FILE and not one.voided_at]
    for one in covers:
        newest[one.kind, one.process_kind, one.process_id] = one.id
    return frozenset(one.id for one in covers) - frozenset(newest.values())


def remark_on(office: Office, paper: IssuedDocument, seals: Seals) -> str:
    """What a catalogue remarks on a paper: that it is void, sealed, or that it is kept apart."""
    found = ["作废"] if paper.voided_at else []
    found += [SEALED] if paper.id in seals else []
    return "、".join(
        found + ([KEPT_APART] if office.rules.documents[paper.kind].reporter_fact else [])
    )


def _catalogue(office: Office, papers: Sequence[IssuedDocument], seals: Seals) -> list[str]:
    """A line a paper; one that was sealed names its sealed file with its check value below."""
    found: list[str] = []
    anew = filed_anew(papers)
    for place, paper in enumerate(papers, start=1):
        found.append(_line(office, place, paper) + (f"　（{ANEW}）" if paper.id in anew else ""))
        if name := _sealed_name(office, place, paper, seals):
            sealed = seals[paper.id or 0]
            found.append(f"　　　{SEALED}：{name}　SHA-256 {sealed.sha256}")
    return found


def _line(office: Office, place: int, paper: IssuedDocument) -> str:
    kinds = office.rules.documents
    return (
        f"{place:02d}　{paper_title(paper)}　{paper.issued_at.astimezone(CHINA):%Y年%-m月%-d日}"
        + ("　副卷" if kinds[paper.kind].is_inner else "")
        + (f"　（{KEPT_APART}）" if kinds[paper.kind].reporter_fact else "")
    )


def _sealed_name(office: Office, place: int, paper: IssuedDocument, seals: Seals) -> str:
    """What the sealed file of a paper is called in a bundle; empty where none lies in it."""
    sealed = seals.get(paper.id or 0)
    if sealed is None or office.rules.documents[paper.kind].reporter_fact:
        return ""
    return file_name(place, f"{paper_title(paper)} 已盖章", f".{sealed.form}")


def _evidence(office: Office, evidence: Iterable[Evidence]) -> list[str]:
    kinds = office.rules.attachments.kinds
    return [
        f"附件{place:02d}　{one.attachment.title}　{kinds.get(one.attachment.kind, '')}"
        f"　{'；'.join(filter(None, remarks_of(office, one)))}".rstrip("　")
        for place, one in enumerate(evidence, start=1)
    ]


def _papers(office: Office, papers: Iterable[IssuedDocument], seals: Seals) -> list[Bundled]:
    """The papers as files, a sealed one beside; who names a reporter is in the catalogue alone."""
    found: list[Bundled] = []
    for place, paper in enumerate(papers, start=1):
        if office.rules.documents[paper.kind].reporter_fact:
            continue
        found.append(Shelved(file_name(place, paper_title(paper)), office.shelf, paper.sha256))
        if name := _sealed_name(office, place, paper, seals):
            found.append(Shelved(name, office.shelf, seals[paper.id or 0].sha256))
    return found


def _attached(office: Office, evidence: Iterable[Evidence]) -> list[Bundled]:
    files = [one.attachment for one in evidence]
    return [
        Shelved(f"附件{file_name(place, one.title, one.suffix)}", office.shelf, one.sha256)
        for place, one in enumerate(files, start=1)
    ]


def text_file(name: str, lines: Iterable[str]) -> BundleFile:
    """A text of lines as a file of a bundle."""
    return BundleFile(name, "".join(f"{line}\n" for line in lines).encode())


def log_entry(event: Event) -> dict[str, object]:
    """An event as the record in a case file tells it."""
    return {
        "seq": event.seq,
        "at": event.at.astimezone(CHINA).isoformat(),
        "process": event.process_kind,
        "process_id": event.process_id,
        "action": event.action,
        "from": event.from_state,
        "to": event.to_state,
        "actor": event.actor_id,
        "department": event.department_id,
        "detail": event.detail,
        "previous": event.previous,
        "hash": event.hash,
    }
