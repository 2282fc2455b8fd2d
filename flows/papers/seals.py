"""The e-seal of a document as a person sees it: where it stands, the file, another attempt."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import Actor
from domain.tables.dossier import Dossier
from domain.tables.record import Event, IssuedDocument
from domain.tables.seal import DocumentSeal
from domain.tables.work import FollowUp
from flows.afterwards.outbox import put_back
from flows.site.event_chain import link
from flows.site.office import Office
from flows.site.refusals import refuse_if
from flows.site.seal_orders import bears_seal, has_seal_service, order_seal
from flows.site.store import transaction
from flows.systems.sealing import ACTION, NO_SERVICE

RULE = "local-documents"
ASKERS = frozenset(
    {"intake_clerk", "handler", "section_head", "department_head", "principal", "legal_reviewer"}
    | {"supervisor", "arbiter"}
)
"""The chairs of the issuing organ that may have a paper of theirs sealed."""


@dataclass(frozen=True)
class SealStanding:
    """Where the sealing stands: 已加盖, 等待加盖, 加盖失败 or 尚未加盖; and the row, if any.

    `may_ask`: it is for this person to ask for it, or for another attempt.
    """

    state: str
    row: DocumentSeal | None
    may_ask: bool


def seal_of(session: Session, document: IssuedDocument) -> DocumentSeal | None:
    """What there is of a document's seal."""
    query = select(DocumentSeal).where(col(DocumentSeal.document_id) == document.id)
    return session.exec(query).one_or_none()


def sealed_files(session: Session, document_ids: Iterable[int]) -> dict[int, str]:
    """The check values of the sealed files there are of some documents, by document."""
    query = select(DocumentSeal.document_id, DocumentSeal.sha256).where(
        col(DocumentSeal.document_id).in_(list(document_ids)), col(DocumentSeal.sha256) != ""
    )
    return dict(session.exec(query).all())


def seal_standing(
    session: Session, office: Office, document: IssuedDocument, actor: Actor
) -> SealStanding | None:
    """Where its sealing stands; nothing where the site seals none and none was sealed."""
    row = seal_of(session, document)
    if row is None and not has_seal_service(office.settings):
        return None
    if row is None and not bears_seal(office.rules, document.kind):
        return None
    waits = row is not None and not row.error
    state = "已加盖" if row and row.sealed_at else "等待加盖" if waits else "加盖失败"
    may_ask = not (_objections(office, document, actor) or waits)
    return SealStanding(state if row else "尚未加盖", row, may_ask)


def ask_seal(office: Office, document_id: int, actor: Actor, now: datetime) -> DocumentSeal:
    """The document is sealed as soon as the service can; what failed is tried once more, now.

    Raises Refused with every reason, and LookupError where there is no such document.
    """
    with transaction(office.engine) as session:
        document = session.get(IssuedDocument, document_id)
        if document is None:
            raise LookupError(f"没有编号为{document_id}的文书")
        row = seal_of(session, document)
        reasons = _objections(office, document, actor)
        if row is not None and row.sealed_at is not None:
            reasons.append("这份文书已经加盖电子印章")
        refuse_if(office.rules, "加盖电子印章", RULE, reasons)
        if row is None:
            number = session.get_one(Dossier, document.clue_id).no
            return order_seal(session, document, number, (actor.id, now))
        _try_again(session, row, now)
    return row


def _try_again(session: Session, row: DocumentSeal, now: datetime) -> None:
    """What rests or was parked is done now; what waits anyway stays as it is."""
    if row.follow_up_id is None or not row.error:
        return
    if not put_back(session, now, [row.follow_up_id]):
        work = session.get_one(FollowUp, row.follow_up_id)
        work.not_before = now
        session.add(work)
    row.error = ""
    session.add(row)


def _objections(office: Office, document: IssuedDocument, actor: Actor) -> list[str]:
    reasons: list[str] = []
    if not has_seal_service(office.settings):
        reasons.append(f"{NO_SERVICE}，请由运维人员设定，或者打印后加盖实物印章")
    reasons += _not_of_the_organ(office.rules, document, actor)
    kind = office.rules.documents[document.kind]
    if kind.reporter_fact:
        reasons.append("写明举报人的文书不交给印章服务，请打印后加盖实物印章")
    elif not bears_seal(office.rules, document.kind):
        reasons.append("内部文书不加盖印章")
    if document.voided_at is not None:
        reasons.append("文书已经作废")
    return reasons


def _not_of_the_organ(rules: Rulebook, document: IssuedDocument, actor: Actor) -> list[str]:
    if actor.department == document.organ and actor.roles & ASKERS:
        return []
    organ = rules.departments.get(document.organ)
    return [f"由制发机关（{organ.name if organ else document.organ}）办理的人员提请加盖"]


def sealed_paper(session: Session, office: Office, sha256: str) -> IssuedDocument | None:
    """The document of which a sealed file with this hash is kept, as the record has it too."""
    query = select(DocumentSeal).where(col(DocumentSeal.sha256) == sha256)
    row = session.exec(query.order_by(col(DocumentSeal.id))).first() if sha256 else None
    if row is None:
        return None
    told = select(Event).where(
        col(Event.action) == ACTION,
        col(Event.process_kind) == "document",
        col(Event.process_id) == row.document_id,
    )
    for one in session.exec(told):
        if one.detail["sealed_sha256"] == sha256 and one.hash == link(one, office.keys.chain):
            return session.get(IssuedDocument, row.document_id)
    return None
