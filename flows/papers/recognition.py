"""证据互认: another department of a clue accepts evidence as it is, once, with its reason."""

from collections.abc import Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from domain.situation.situation import Actor
from domain.tables.attachment import Attachment, Recognition
from flows.door.attachments import RULE, find_attachment, put_on_record, standing
from flows.door.locked_dossier import lock_clue
from flows.site.act_events import Act
from flows.site.office import Office
from flows.site.refusals import refuse_if
from flows.site.store import transaction

RECOGNISERS = frozenset({"handler", "department_head"})
LONGEST_OPINION = 500


def recognise(
    office: Office, attachment_id: int, opinion: str, actor: Actor, now: datetime
) -> Recognition:
    """证据互认: another department of the clue accepts the evidence as it is, on record.

    Raises Refused with every reason, and LookupError for an unknown attachment.
    """
    with transaction(office.engine) as session:
        attachment = find_attachment(session, attachment_id)
        clue = lock_clue(session, attachment.clue_id)
        reasons = standing(session, office, clue, actor, RECOGNISERS)
        reasons += _recognition_reasons(session, attachment, opinion, actor)
        refuse_if(office.rules, "证据互认", RULE, reasons)
        row = Recognition(
            attachment_id=attachment_id,
            department_id=actor.department,
            recognised_by=actor.id,
            recognised_at=now,
            opinion=opinion.strip(),
        )
        session.add(row)
        session.flush()
        detail = {"attachment": attachment_id, "sha256": attachment.sha256, "opinion": row.opinion}
        put_on_record(session, office, clue, Act("recognise_evidence", actor, now, detail))
    return row


def _recognition_reasons(
    session: Session, attachment: Attachment, opinion: str, actor: Actor
) -> Iterable[str]:
    text = opinion.strip()
    if not text:
        yield "请写明认可意见"
    if len(text) > LONGEST_OPINION:
        yield f"认可意见不能超过{LONGEST_OPINION}个字，现有{len(text)}个字"
    if actor.department == attachment.department_id:
        yield "本部门取得的证据不必由本部门认可"
    query = select(Recognition).where(
        col(Recognition.attachment_id) == attachment.id,
        col(Recognition.department_id) == actor.department,
    )
    if session.exec(query).first() is not None:
        yield "本部门已经认可该证据"
