"""The genuineness of a document, by its file or by the code on its paper; no case facts told."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from sqlmodel import Session, col, select

from documents.output.claims import claims_of
from documents.values.codes import read_code
from domain.situation.situation import CHINA
from domain.tables.columns import SIGNS, first_signs
from domain.tables.record import Event, IssuedDocument
from domain.tables.undertaking import Undertaking
from flows.papers.alterations import altered_in_words, is_revoked
from flows.papers.seals import sealed_paper
from flows.site.event_chain import link
from flows.site.office import Office
from flows.site.stored_documents import fits_its_code

NOTICE = "visit_notice"
Outcome = Literal["authentic", "void", "altered", "unknown"]
WORDS: dict[Outcome, str] = {
    "authentic": "真实有效",
    "void": "已经作废",
    "altered": "与登记不符",
    "unknown": "没有登记",
}


SEALED = "加盖电子印章的文件，与登记一致"


@dataclass(frozen=True)
class Verdict:
    """What is known of a document: its kind, number, organ, day and check value, nothing else.

    `reissued`: it is void, and another was issued in its stead. Of the notice of an inspection
    besides: who comes, by certificate, and for which matters (亮码).
    """

    outcome: Outcome
    note: str = ""
    title: str = ""
    number: str = ""
    organ: str = ""
    issued_on: date | None = None
    sha256: str = ""
    reissued: bool = False
    officers: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the document is genuine and in force."""
        return self.outcome == "authentic"


def verify_code(session: Session, office: Office, text: str) -> tuple[Verdict, ...]:
    """What was issued under a code, however it was typed; whoever asks compares number and title.

    An unknown or mistyped code is a verdict too, never an error.
    """
    code = read_code(text)
    if code is None:
        return (Verdict("unknown", "校验码应为8位字母和数字，如 QDPM-2EGV"),)
    found = _by_code(session, code)
    if not found:
        return (Verdict("unknown", "没有使用该校验码的文书"),)
    return tuple(_judged(session, office, one) for one in found)


def verify_file(session: Session, office: Office, raw: bytes) -> Verdict:
    """Whether the file is byte for byte what was issued, or sealed; else, what it claims to be.

    Any bytes may come: they are read in a process of its own, within limits.
    """
    sha256 = hashlib.sha256(raw).hexdigest()
    known = col(IssuedDocument.sha256)
    query = select(IssuedDocument).where(known == sha256, first_signs(known) == sha256[:SIGNS])
    same = session.exec(query.order_by(col(IssuedDocument.id))).first()
    if same is not None:
        return _judged(session, office, same)
    sealed = sealed_paper(session, office, sha256)
    if sealed is not None:
        found = _judged(session, office, sealed)
        return replace(found, note="；".join(filter(None, (SEALED, found.note))))
    claimed = _claimed(session, raw)
    if claimed is not None:
        return _verdict(office, claimed, "altered", "文件内容与制发时不同，可能被改动或者另存过")
    note = "不是本系统制发的原文件；纸质件、扫描件和转换件请按校验码核验"
    return Verdict("unknown", note, sha256=sha256)


def _by_code(session: Session, code: str) -> list[IssuedDocument]:
    query = select(IssuedDocument).where(col(IssuedDocument.code) == code)
    return list(session.exec(query.order_by(col(IssuedDocument.id))))


def _judged(session: Session, office: Office, row: IssuedDocument) -> Verdict:
    if not _as_recorded(session, office, row):
        return _verdict(office, row, "altered", "登记内容与办理记录不符，请联系管理员核查")
    if row.voided_at is not None:
        day = row.voided_at.astimezone(CHINA).date()
        later = select(IssuedDocument).where(col(IssuedDocument.replaces_id) == row.id)
        again = session.exec(later.order_by(col(IssuedDocument.id).desc())).first()
        note = f"{day.isoformat()}作废" + (f"，已重新制发，{_instead(again)}" if again else "")
        return replace(_verdict(office, row, "void", note), reissued=again is not None)
    altered = altered_in_words(session, office.rules, [row]).get(row.id or 0, "")
    found = _verdict(office, row, "void" if is_revoked(altered) else "authentic", altered)
    return _with_officers(session, office, row, found) if row.kind == NOTICE else found


def _with_officers(
    session: Session, office: Office, row: IssuedDocument, found: Verdict
) -> Verdict:
    """Who comes for what, as the inspection stands now: an officer may have been replaced since."""
    visit = session.get_one(Undertaking, row.clue_id)
    team, matters = visit.facts.get("team") or (), visit.facts.get("matters") or ()
    names = tuple(office.rules.matters[one].name for one in matters)
    return replace(
        found, officers=tuple(f"{one['部门']} {one['证号']}" for one in team), matters=names
    )


def _instead(row: IssuedDocument) -> str:
    day = row.issued_at.astimezone(CHINA).date().isoformat()
    return f"由{row.number or '无文号的新文书'}（{day}）代替"


def _as_recorded(session: Session, office: Office, row: IssuedDocument) -> bool:
    """Whether the row still fits its code, and the record names its check value."""
    if not fits_its_code(office.keys.verify, row):
        return False
    query = select(Event).where(
        col(Event.clue_id) == row.clue_id,
        col(Event.process_kind) == row.process_kind,
        col(Event.process_id) == row.process_id,
        col(Event.at) == row.issued_at,
    )
    return any(
        one.hash == link(one, office.keys.chain)
        for one in session.exec(query)
        if any(paper["sha256"] == row.sha256 for paper in one.detail.get("documents") or [])
    )


def _verdict(office: Office, row: IssuedDocument, outcome: Outcome, note: str) -> Verdict:
    organ = office.rules.departments.get(row.organ)
    return Verdict(
        outcome,
        note,
        title=row.title,
        number=row.number or "",
        organ=organ.name if organ else row.organ,
        issued_on=row.issued_at.astimezone(CHINA).date(),
        sha256=row.sha256,
    )


def _claimed(session: Session, raw: bytes) -> IssuedDocument | None:
    """The document that an unknown file says it is: by the code inside, the code printed, or
    number and title.
    """
    claims = claims_of(raw)
    if claims is None:
        return None
    for code in claims.codes:
        if found := _by_code(session, code):
            return found[0]
    query = select(IssuedDocument).where(col(IssuedDocument.number).in_(claims.numbers))
    rows = session.exec(query.order_by(col(IssuedDocument.id)))
    return next((one for one in rows if one.title in claims.text), None)
