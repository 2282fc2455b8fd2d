"""结果互认: evidence of one clue given for another, with its source, at the request of who asks.

The bytes stay where they are and are listed anew under the clue that asked, by the same hash; who
uses them accepts them there as he accepts any other organ's (证据互认).
"""

import re
from datetime import datetime

from sqlmodel import Session, col, select

from domain.lifecycle.plan import Reason, Refused
from domain.situation.situation import Actor
from domain.tables.attachment import Attachment
from domain.tables.process import Clue, Process
from flows.door.attachments import put_on_record
from flows.door.steps import Command, Outcome
from flows.people.visible_clues import visible
from flows.site.act_events import Act
from flows.site.office import Office

STEP = ("request", "answer")
FIELD = "evidence_ids"
MOST_OFFERED = 100
_NUMBER = re.compile(r"\d{1,9}")


def give_in(
    session: Session, office: Office, done: Outcome, actor: Actor, now: datetime
) -> tuple[Attachment, ...]:
    """The evidence that an answer names, listed under the clue that asked; none if none is named.

    Raises Refused with everything that stands against any of it.
    """
    said = session.get_one(Process, done.process_id).facts["forms"]["answer"].get(FIELD)
    label = office.rules.lifecycles["request"].actions["answer"].label
    asking = session.get_one(Clue, done.clue_id)
    return give_to(session, office, (label, str(said or ""), asking), actor, now)


def give_to(
    session: Session, office: Office, what: tuple[str, str, Clue], actor: Actor, now: datetime
) -> tuple[Attachment, ...]:
    """The numbered evidence of the actor's department, listed under another clue.

    `what`: the label of the step, the text with the numbers, and the clue that is given it. Raises
    Refused with everything that stands against any of it.
    """
    label, text, asking = what
    found: list[tuple[Attachment, Clue]] = []
    complaints: list[str] = []
    for number in dict.fromkeys(map(int, _NUMBER.findall(text))):
        row = session.get(Attachment, number)
        own = _source(session, office, row, actor)
        if row is None or own is None:
            complaints.append(f"没有编号为{number}、由本部门取得的附件")
        elif own.id == asking.id or _is_there(session, asking, row):
            complaints.append(f"第{number}号附件「{row.title}」已经在线索{asking.no}中")
        else:
            found.append((row, own))
    if complaints:
        cited = office.rules.cite("yshj-57")
        raise Refused(label, tuple(Reason(one, "yshj-57", cited) for one in complaints))
    return tuple(_given(session, office, asking, one, (actor, now)) for one in found)


def own_evidence(
    session: Session, office: Office, actor: Actor, clue_no: str = ""
) -> list[tuple[Attachment, Clue]]:
    """What the actor may give: obtained by his department, of clues he sees, the newest first.

    `clue_no`: only that of one clue, where it has any.
    """
    query = (
        select(Attachment, Clue)
        .join(Clue, col(Clue.id) == col(Attachment.clue_id))
        .where(
            col(Attachment.department_id) == actor.department,
            col(Attachment.source_id).is_(None),
            visible(office, actor),
        )
        .order_by(col(Attachment.id).desc())
    )
    own = session.exec(query.where(col(Clue.no) == clue_no)).all() if clue_no else ()
    return list(own or session.exec(query.limit(MOST_OFFERED)))


def _source(session: Session, office: Office, row: Attachment | None, actor: Actor) -> Clue | None:
    """The clue of a piece of evidence that the actor's department obtained, if he may see it."""
    if row is None or row.department_id != actor.department:
        return None
    query = select(Clue).where(col(Clue.id) == row.clue_id, visible(office, actor))
    return session.exec(query).one_or_none()


def _is_there(session: Session, asking: Clue, row: Attachment) -> bool:
    query = select(Attachment.id).where(
        col(Attachment.clue_id) == asking.id, col(Attachment.sha256) == row.sha256
    )
    return session.exec(query).first() is not None


def _given(
    session: Session,
    office: Office,
    asking: Clue,
    what: tuple[Attachment, Clue],
    who: tuple[Actor, datetime],
) -> Attachment:
    source, clue = what
    actor, now = who
    row = Attachment(
        clue_id=asking.id or 0,
        title=source.title,
        kind=source.kind,
        suffix=source.suffix,
        size=source.size,
        sha256=source.sha256,
        added_by=actor.id,
        department_id=source.department_id,
        added_at=now,
        source_id=source.id,
    )
    session.add(row)
    session.flush()
    told = {"attachment": row.id, "title": row.title, "sha256": row.sha256, "source": clue.no}
    put_on_record(session, office, asking, Act("give_evidence", actor, now, told))
    lent = {
        "attachment": source.id,
        "title": row.title,
        "sha256": row.sha256,
        "given_to": asking.no,
    }
    put_on_record(session, office, clue, Act("lend_evidence", actor, now, lent))
    return row


def is_giving(command: Command) -> bool:
    """Whether a step may give evidence."""
    return (command.process, command.action) == STEP
