"""The reveal of a reporter: only for a stated reason, and the record says who saw and why."""

from datetime import datetime

from sqlmodel import Session

from domain.lifecycle.visibility import may_reveal
from domain.situation.situation import Actor
from domain.tables.process import Clue
from domain.tables.record import IssuedDocument
from flows.door.reporters import Reporter, open_reporter
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import append
from flows.site.office import Office
from flows.site.store import transaction

ACTION = "reveal_reporter"
SHORTEST_REASON, LONGEST_REASON = 4, 500


class NotRevealed(Exception):
    """The reporter stays masked; says why."""


def reveal(office: Office, clue_id: int, actor: Actor, reason: str, now: datetime) -> Reporter:
    """The reporter in clear, once the event with the reason is committed.

    Raises NotRevealed in Chinese: no good reason, the wrong chair or department, or no reporter.
    """
    reason = reason.strip()
    if not SHORTEST_REASON <= len(reason) <= LONGEST_REASON:
        raise NotRevealed(f"请写明查看理由（{SHORTEST_REASON}至{LONGEST_REASON}个字）")
    with transaction(office.engine) as session:
        clue = session.get_one(Clue, clue_id)
        if not may_reveal(actor, clue.desk_id, clue.department_id):
            raise NotRevealed("只有登记部门的热线专员、承办部门的经办人和负责人可以查看举报人信息")
        if clue.reporter_sealed is None:
            raise NotRevealed("本线索为匿名举报，没有举报人信息")
        found = open_reporter(clue.reporter_sealed, office.keys)
        _record(session, office, clue, (actor, now), reason)
    return found


def paper_bytes(office: Office, paper: IssuedDocument, actor: Actor, now: datetime) -> bytes:
    """The bytes of a paper that the actor may read, as issued.

    Who opens one that names a reporter is on record like who reveals him.
    """
    if office.rules.documents[paper.kind].reporter_fact:
        with transaction(office.engine) as session:
            clue = session.get_one(Clue, paper.clue_id)
            reason = f"打开《{paper.title}》{paper.number or ''}"
            _record(session, office, clue, (actor, now), reason)
    return office.shelf.get(paper.sha256)


def _record(
    session: Session, office: Office, clue: Clue, who: tuple[Actor, datetime], reason: str
) -> None:
    actor, now = who
    act = Act(ACTION, actor, now, {"reason": reason}, clue.state, clue.state)
    found = act_event(Thing("clue", clue.id or 0, clue.id), act)
    append(session, [found], office.keys.chain)
