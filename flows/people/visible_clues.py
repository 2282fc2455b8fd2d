"""The clues a person may see, as a condition of the database that every list and look-up bears."""

from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, exists, false, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from domain.lifecycle.visibility import KEPT_KINDS, NOT_DELIVERED, NOT_SENT, Sight, sight_of
from domain.situation.situation import Actor
from domain.tables.process import Clue, Process
from flows.site.office import Office


class NotForYou(LookupError):
    """There is no such clue, or it is not the person's to see: the two are told alike."""


def sight(office: Office, actor: Actor) -> Sight:
    """How far the actor sees in this office."""
    return sight_of(actor, office.rules.roles, office.rules.departments)


def visible(office: Office, actor: Actor) -> ColumnElement[bool]:
    """The condition on `Clue` under which the actor may see it, for the WHERE of any query on it.

    Of what is visible, `sight_on` says how much of it is shown.
    """
    found = sight(office, actor)
    if found.sees_all:
        return true()
    if found.reach == "department":
        return _is_party(found.department)
    if found.reach == "referrals":
        return _was_delivered(found)
    return false()


@dataclass(frozen=True)
class Way:
    """One way in which a person comes to see clues: their ids, in the order of `key`."""

    ids: SelectOfScalar[int] | SelectOfScalar[None] | SelectOfScalar[int | None]
    key: SQLColumnExpression[int | None]


def ways_to_see(office: Office, actor: Actor) -> list[Way]:
    """All ways that together are `visible`: each is read along an index, from its newest clue."""
    found = sight(office, actor)
    if found.sees_all:
        return [Way(select(Clue.id), col(Clue.id))]
    if found.reach == "department":
        return _party_ways(found.department)
    if found.reach == "referrals":
        return [way for one in _outside_ways(found, Process) for way in _through_process(one)]
    return []


def _party_ways(department: str) -> list[Way]:
    own = [Clue.department_id, Clue.sender_id, Clue.desk_id, Clue.counterpart_id]
    beside = [Process.department_id, Process.counterpart_id]
    return [
        *(Way(select(Clue.id).where(col(one) == department), col(Clue.id)) for one in own),
        *(way for one in beside for way in _through_process(col(one) == department)),
    ]


def _through_process(condition: ColumnElement[bool]) -> list[Way]:
    """Through processes that go on, and through those that ended: each has an index of its own."""
    key, ended_at = col(Process.clue_id), col(Process.ended_at)
    ids = select(key).join(Clue, col(Clue.id) == key).where(condition).distinct()
    return [Way(ids.where(one), key) for one in (ended_at.is_(None), ended_at.is_not(None))]


def _is_party(department: str) -> ColumnElement[bool]:
    # An alias, so that a query which itself reads processes does not take them for its own.
    process = aliased(Process)
    beside = exists().where(
        col(process.clue_id) == col(Clue.id),
        or_(col(process.department_id) == department, col(process.counterpart_id) == department),
    )
    own = [Clue.department_id, Clue.sender_id, Clue.desk_id, Clue.counterpart_id]
    return or_(*(col(one) == department for one in own), beside)


def _was_delivered(found: Sight) -> ColumnElement[bool]:
    process = aliased(Process)
    ways = _outside_ways(found, process)
    return exists().where(col(process.clue_id) == col(Clue.id), or_(*ways))


def _outside_ways(found: Sight, process: type[Process]) -> list[ColumnElement[bool]]:
    """The conditions on a process under any of which police or procuratorate see its clue."""
    asked = and_(col(process.kind) == "request", col(process.department_id) == found.department)
    return [asked, *_delivered_ways(found, process)]


def _delivered_ways(found: Sight, process: type[Process]) -> list[ColumnElement[bool]]:
    """The conditions under any of which a process is a referral that was delivered to them."""
    left = and_(col(process.kind) == "referral", col(process.state).not_in(NOT_DELIVERED))
    own = [and_(left, col(process.counterpart_id) == found.department)]
    if found.prosecutes:
        own.append(and_(left, col(process.department_id).in_(found.prosecutes)))
    return own


def delivered_referral(found: Sight, referral: SQLColumnExpression[int]) -> ColumnElement[bool]:
    """The condition that the referral of this id was delivered to police or procuratorate."""
    process = aliased(Process)
    ways = _delivered_ways(found, process)
    return exists().where(col(process.id) == referral, or_(*ways))


def kept_by(department: str, process: type[Process]) -> ColumnElement[bool]:
    """The condition on a process that others do not see under which a department is party to it."""
    sent = col(process.state).not_in(NOT_SENT)
    return and_(
        col(process.kind).in_(sorted(KEPT_KINDS)),
        or_(
            col(process.department_id) == department,
            and_(col(process.counterpart_id) == department, sent),
        ),
    )


def sight_on(session: Session, office: Office, actor: Actor, clue: Clue) -> Sight:
    """How far the actor sees into one clue that is visible to him."""
    found = sight(office, actor)
    if not found.oversees:
        keeps = _is_there(session, clue, kept_by(found.department, Process))
        found = replace(found, keeps=keeps)
    if found.reach != "referrals":
        return found
    delivered = _is_there(session, clue, or_(*_delivered_ways(found, Process)))
    return replace(found, delivered=delivered)


def _is_there(session: Session, clue: Clue, condition: ColumnElement[bool]) -> bool:
    query = select(col(Process.id)).where(col(Process.clue_id) == clue.id, condition).limit(1)
    return session.exec(query).first() is not None


def seen_clue(session: Session, office: Office, actor: Actor, number: str) -> Clue:
    """The clue of that number if the actor may see it.

    Raises NotForYou (a LookupError) in the same words whether there is none or it is not his.
    """
    query = select(Clue).where(col(Clue.no) == number, visible(office, actor))
    clue = session.exec(query).one_or_none()
    if clue is None:
        raise NotForYou(f"没有编号为「{number}」的线索，或者您无权查看")
    return clue
