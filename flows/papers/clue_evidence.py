"""The evidence of a clue as one person may see it: one rule for its page and its files."""

from sqlmodel import Session, col, select

from domain.lifecycle.visibility import OPEN_KINDS, ClueSight
from domain.tables.attachment import Attachment
from domain.tables.process import Clue, Process
from flows.door.attachments import Evidence, list_attachments
from flows.people.viewer import Viewer
from flows.people.visible_clues import NotForYou, sight_on


def shown_evidence(
    session: Session, viewer: Viewer, clue: Clue, sees: ClueSight | None = None
) -> tuple[Evidence, ...]:
    """What of a visible clue's evidence is shown.

    Everything to the organ that holds the clue and to supervision; to police and procuratorate once
    a referral was delivered; to other parties their own, and what was there before a file was
    opened: they verified with it, and recognise it. `sees`: how far the person sees into the clue,
    where that is known.
    """
    found = list_attachments(session, clue.id or 0)
    if not found:
        return found
    seen = sees or sight_on(session, viewer.office, viewer.actor, clue)
    if seen.file:
        return found
    rows = session.exec(select(Process).where(col(Process.clue_id) == clue.id)).all()
    if not seen.whole and any(_is_delivered(seen, one) for one in rows):
        return found
    opened = min((one.opened_at for one in rows if one.kind not in OPEN_KINDS), default=None)
    return tuple(
        one
        for one in found
        if one.attachment.department_id == viewer.actor.department
        or (seen.whole and (opened is None or one.attachment.added_at < opened))
    )


def evidence_of_goods(
    session: Session, viewer: Viewer, clue: Clue
) -> dict[str, tuple[Evidence, ...]]:
    """By the name of listed goods, the evidence of them that is shown to the person."""
    found: dict[str, tuple[Evidence, ...]] = {}
    for one in shown_evidence(session, viewer, clue):
        if goods := one.attachment.goods:
            found[goods] = (*found.get(goods, ()), one)
    return found


def seen_evidence(session: Session, viewer: Viewer, clue: Clue, attachment_id: int) -> Attachment:
    """One attachment of the clue that is shown; NotForYou otherwise."""
    for one in shown_evidence(session, viewer, clue):
        if one.attachment.id == attachment_id:
            return one.attachment
    raise NotForYou("没有这份证据材料，或者您无权查看")


def _is_delivered(seen: ClueSight, one: Process) -> bool:
    return one.kind == "referral" and seen.shows(one.kind, one.id or 0)
