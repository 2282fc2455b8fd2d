"""Orders of e-seals: written down with the document itself, carried out by a flow later.

No click waits for the seal service, and a site without one orders nothing.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session

from domain.rulebook.rulebook import Rulebook
from domain.tables.record import IssuedDocument
from domain.tables.seal import DocumentSeal
from domain.tables.work import FollowUp
from flows.site.office import Office
from flows.site.portions import flush_now
from flows.site.settings import Settings

STAGE, TASK = "outside", "seal_document"


def has_seal_service(settings: Settings) -> bool:
    """Whether the site named a command or an address that seals documents."""
    return bool(settings.seal_url or settings.seal_command)


def bears_seal(rules: Rulebook, kind: str) -> bool:
    """Whether papers of a kind bear the organ's seal and may be given to the service.

    What stays in the file bears none; a letter that names a reporter is given to nobody.
    """
    known = rules.documents[kind]
    return bool(known.series) and not known.stays and not known.reporter_fact


def order_seals(
    session: Session, office: Office, number: str, issued: Iterable[IssuedDocument]
) -> None:
    """What was just issued in the dossier of that number is to be sealed, if there is a service."""
    if not has_seal_service(office.settings):
        return
    wanted = [one for one in issued if bears_seal(office.rules, one.kind)]
    if wanted:
        flush_now(session)
    for one in wanted:
        order_seal(session, one, number, (one.issued_by, one.issued_at))


def order_seal(
    session: Session, document: IssuedDocument, number: str, who: tuple[str, datetime]
) -> DocumentSeal:
    """The document is to be sealed: asked by a person at a moment, done by a flow."""
    actor_id, now = who
    work = FollowUp(
        stage=STAGE,
        task=TASK,
        clue_id=document.clue_id,
        clue_no=number,
        process_kind=document.process_kind,
        process_id=document.process_id,
        payload={"action": document.action, "document": document.id},
        created_at=now,
        not_before=now,
    )
    session.add(work)
    session.flush()
    row = DocumentSeal(
        document_id=document.id or 0, follow_up_id=work.id, asked_by=actor_id, asked_at=now
    )
    session.add(row)
    return row
