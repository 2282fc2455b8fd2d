"""The sealing of issued documents: the file goes to the service, the sealed one is kept beside.

The document and its own file stay as issued. What is kept is on record with its check value.
"""

from datetime import datetime

from sqlmodel import Session, col, select

from documents.output.pdf import NoPdf, PdfConverter
from documents.values.codes import shown_code
from domain.tables.record import IssuedDocument
from domain.tables.seal import DocumentSeal
from flows.afterwards.outbox import Job, Later
from flows.afterwards.outside_rests import note_reached, note_unreached, resting_until
from flows.people.actors import system_actor
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import append
from flows.site.office import Office
from flows.site.seal_orders import has_seal_service
from flows.site.store import reading, transaction
from flows.systems.seal_service import NotSealed, Sealed, ToSeal, sealed_by_service

SERVICE = "印章服务"
"""The service among the destinations outside."""
ACTION = "seal_document"
NO_SERVICE = "本站没有设定印章服务（YISONG_SEAL_URL 或者 YISONG_SEAL_COMMAND）"


def seal_document(office: Office, job: Job, now: datetime) -> Later | None:
    """The sealed file of a follow-up's document is kept and on record, once.

    Later while the service rests, having failed to answer; NotSealed where there is no sealed file,
    which the document's page then tells. A document that was voided meanwhile is not sealed.
    """
    with reading(office.engine) as session:
        document, row = _found(session, int(job.payload["document"]))
    if row.sealed_at is not None or document.voided_at is not None:
        return None
    if until := resting_until(office, SERVICE, now):
        return Later(until)
    try:
        if not has_seal_service(office.settings):
            raise NotSealed(NO_SERVICE)
        made = sealed_by_service(office.settings, _to_seal(office, document))
    except NotSealed as problem:
        _note_failure(office, row, str(problem), now)
        if problem.is_general:
            note_unreached(office, SERVICE, str(problem), now)
        raise
    note_reached(office, SERVICE)
    _keep(office, document, made, now)
    return None


def _to_seal(office: Office, document: IssuedDocument) -> ToSeal:
    content, form = office.shelf.get(document.sha256), office.settings.seal_format
    if form == "pdf":
        try:
            content = PdfConverter().convert(content)
        except NoPdf as problem:
            other = "印章服务能盖 Word 文件的，可以设 YISONG_SEAL_FORMAT=docx"
            raise NotSealed(f"{problem}；{other}") from problem
    organ = office.rules.departments.get(document.organ)
    told = {
        "organ": document.organ,
        "code": organ.code if organ else "",
        "kind": document.kind,
        "title": document.title,
        "number": document.number or "",
        "check": shown_code(document.code),
    }
    return ToSeal(content, form, f"{document.code}-{document.sha256[:16]}", told)


def _keep(office: Office, document: IssuedDocument, made: Sealed, now: datetime) -> None:
    """The sealed file on the shelf, then its row and event in one transaction."""
    with transaction(office.engine) as session:
        row = session.exec(
            select(DocumentSeal)
            .where(col(DocumentSeal.document_id) == document.id)
            .with_for_update()
        ).one()
        if row.sealed_at is not None:
            return
        row.sha256, row.form = office.shelf.put(made.content), made.form
        row.is_signed = made.is_signed
        row.sealed_at, row.tried_at, row.error = now, now, ""
        session.add(row)
        detail = {
            "document": document.id,
            "number": document.number,
            "sha256": document.sha256,
            "sealed_sha256": row.sha256,
        }
        thing = Thing("document", document.id or 0, document.clue_id)
        act = Act(ACTION, system_actor(document.organ), now, detail)
        append(session, [act_event(thing, act)], office.keys.chain)


def _note_failure(office: Office, row: DocumentSeal, error: str, now: datetime) -> None:
    with transaction(office.engine) as session:
        kept = session.get_one(DocumentSeal, row.id)
        kept.error, kept.tried_at = error, now
        session.add(kept)


def _found(session: Session, document_id: int) -> tuple[IssuedDocument, DocumentSeal]:
    query = select(DocumentSeal).where(col(DocumentSeal.document_id) == document_id)
    return session.get_one(IssuedDocument, document_id), session.exec(query).one()
