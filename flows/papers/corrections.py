"""Corrections of issued documents: voided with a reason, and issued anew under a new number."""

from sqlmodel import Session, col, select

from documents.facts.paper_facts import signed_by
from documents.output.kept_facts import typed_facts
from domain.situation.situation import CHINA
from domain.tables.process import Clue, Process
from domain.tables.record import IssuedDocument
from domain.tables.work import InboxMessage
from flows.door.inbox import message_once
from flows.door.issuance import Draft, Origin, allot, lacks_of, refusal, write
from flows.door.locked_dossier import Held, lock_clue, write_back
from flows.door.template_in_force import templates_in_force
from flows.papers.alterations import alter_instead
from flows.papers.clue_past import read_past
from flows.papers.correction_rights import Correction, objections, objections_to_reissue
from flows.papers.current_facts import changes_of
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import append
from flows.site.office import Office
from flows.site.refusals import refuse_if
from flows.site.seal_orders import order_seals
from flows.site.store import transaction

RULE = "local-documents"
NOT_OF_A_CLUE = "不属于线索的文书不单独作废、重新制发；有误的，请撤回该事项后重新发出"


def find_document(session: Session, document_id: int) -> IssuedDocument:
    """The document of that id; LookupError in Chinese when there is none."""
    found = session.get(IssuedDocument, document_id)
    if found is None:
        raise LookupError(f"没有编号为{document_id}的文书")
    return found


def replacement_of(session: Session, document: IssuedDocument) -> IssuedDocument | None:
    """What was issued in the place of a voided document."""
    query = select(IssuedDocument).where(col(IssuedDocument.replaces_id) == document.id)
    return session.exec(query).one_or_none()


def void(office: Office, document_id: int, correction: Correction) -> IssuedDocument:
    """Voids a document from now on; its bytes stay, its number is never used again.

    Raises Refused with every reason, and LookupError where there is no such document.
    """
    with transaction(office.engine) as session:
        row, clue = _locked(session, office, document_id)
        reasons = objections(office.rules, row, clue, correction)
        refuse_if(office.rules, "作废文书", RULE, reasons)
        _void(session, office, row, clue, correction)
    return row


def reissue(office: Office, document_id: int, correction: Correction) -> IssuedDocument:
    """Issues the document anew from today's facts, under a new number; the old one is void.

    Raises Refused with every reason, or with every fact that is missing now, and LookupError where
    there is no such document; nothing was changed then.
    """
    with transaction(office.engine) as session:
        row, clue = _locked(session, office, document_id)
        reasons = objections_to_reissue(office.rules, row, clue, correction)
        if replacement_of(session, row) is not None:
            reasons.append("该文书已经重新制发过，请对新的文书办理")
        refuse_if(office.rules, "重新制发文书", RULE, reasons)
        draft = _draft_anew(session, office, row, clue, correction)
        if lacks := lacks_of(office, draft):
            transition = office.rules.lifecycles[row.process_kind].actions[row.action]
            raise refusal(office, transition, lacks)
        if row.voided_at is None:
            _void(session, office, row, clue, correction)
        held = Held(clue, [])
        (written,) = write(session, office, [draft], held)
        write_back(session, held)
        fresh = session.get_one(IssuedDocument, written.id)
        session.flush()
        alter_instead(session, row, fresh)
        order_seals(session, office, clue.no, [fresh])
        _record(session, office, fresh, correction, "reissue_document")
        _tell(session, office, fresh, clue, correction)
    return fresh


def _locked(session: Session, office: Office, document_id: int) -> tuple[IssuedDocument, Clue]:
    """The document under its clue's lock, as it is once nobody else is at it."""
    document = find_document(session, document_id)
    if office.rules.lifecycles[document.process_kind].root != "clue":
        refuse_if(office.rules, "作废、重新制发文书", RULE, [NOT_OF_A_CLUE])
    clue = lock_clue(session, document.clue_id)
    row = session.get_one(IssuedDocument, document_id, populate_existing=True)
    return row, clue


def _void(
    session: Session, office: Office, row: IssuedDocument, clue: Clue, correction: Correction
) -> None:
    row.voided_at, row.voided_by = correction.now, correction.actor.id
    row.void_reason = correction.reason.strip()
    session.add(row)
    session.flush()
    _record(session, office, row, correction, "void_document")
    _tell(session, office, row, clue, correction)


def _draft_anew(
    session: Session, office: Office, row: IssuedDocument, clue: Clue, correction: Correction
) -> Draft:
    now, kind = correction.now, office.rules.documents[row.kind]
    template = templates_in_force(session, office, row.organ, {row.kind})[row.kind]
    today = now.astimezone(CHINA).date()
    changes = changes_of(session, office, read_past(session, office, clue), row)
    said = {**row.facts, **{one.fact: one.now for one in changes}}
    signed = {"成文日期": today, "签发人": signed_by(correction.actor, kind.signer)}
    facts = {**typed_facts(template.form, said), **signed}
    number = allot(session, office, row.organ, kind.series, today.year) if kind.series else None
    facts["文号"] = number.text if number else None
    origin = Origin(
        clue_id=row.clue_id,
        process_kind=row.process_kind,
        process_id=row.process_id,
        action=row.action,
        organ=row.organ,
        actor=correction.actor.id,
        at=now,
        replaces=row.id,
        follows=row.left_at is not None,
    )
    return Draft(row.kind, origin, number, template, facts)


def _record(
    session: Session, office: Office, row: IssuedDocument, correction: Correction, action: str
) -> None:
    state = _process(session, row).state
    detail = {
        "documents": [{"title": row.title, "number": row.number, "sha256": row.sha256}],
        "document": row.id,
        "replaces": row.replaces_id,
        "reason": correction.reason.strip(),
        "basis": [RULE],
    }
    thing = Thing(row.process_kind, row.process_id, row.clue_id)
    act = Act(action, correction.actor, correction.now, detail, state, state)
    append(session, [act_event(thing, act)], office.keys.chain)


def _process(session: Session, row: IssuedDocument) -> Clue | Process:
    if row.process_kind == "clue":
        return session.get_one(Clue, row.clue_id)
    return session.get_one(Process, row.process_id)


def _tell(
    session: Session, office: Office, row: IssuedDocument, clue: Clue, correction: Correction
) -> None:
    """The organ, and whoever holds the document, learns that it is void, or of a new one."""
    process = _process(session, row)
    organ = office.rules.departments[row.organ].name
    paper = f"《{row.title}》{row.number or ''}"
    if row.voided_at is None:
        event, text = "reissued", f"{organ}已重新制发{paper}，原文书作废。"
    else:
        event, text = "voided", f"{organ}已将{paper}作废，理由：{row.void_reason}"
    holds_it = [process.department_id, process.counterpart_id] if row.left_at else []
    parties = dict.fromkeys([row.organ, *holds_it])
    message_once(
        session,
        [
            InboxMessage(
                key=f"document-{row.id}-{event}-{one}",
                department_id=one,
                clue_id=clue.id,
                kind=f"document.{event}",
                title=f"文书{'重新制发' if event == 'reissued' else '作废'}：{clue.no}",
                body=f"线索{clue.no}：{text}",
                created_at=correction.now,
            )
            for one in parties
            if one
        ],
    )
