"""The clues a person may see, as a condition of the database: every list and object asks it."""

from sqlalchemy import ColumnElement, and_, exists, false, or_, true
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from domain.situation import Actor
from domain.tables.process import Clue, Process
from domain.visibility import NOT_DELIVERED, Sight, sight_of
from flows.office import Office


class NotForYou(LookupError):
    """There is no such clue, or it is not the person's to see: the two are told alike."""


def sight(office: Office, actor: Actor) -> Sight:
    """How far the actor sees in this office."""
    return sight_of(actor, office.rules.roles, office.rules.departments)


def visible(office: Office, actor: Actor) -> ColumnElement[bool]:
    """The condition on `Clue` under which the actor may see it."""
    found = sight(office, actor)
    if found.sees_all:
        return true()
    if found.reach == "department":
        return _is_party(found.department)
    if found.reach == "referrals":
        return _was_delivered(found)
    return false()


def visible_clues(
    query: SelectOfScalar[Clue], office: Office, actor: Actor
) -> SelectOfScalar[Clue]:
    """A query over `Clue`, narrowed to what the actor may see."""
    return query.where(visible(office, actor))


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
    addressed = col(process.counterpart_id) == found.department
    if found.prosecutes:
        addressed = or_(addressed, col(process.department_id).in_(found.prosecutes))
    referral = and_(
        col(process.kind) == "referral", col(process.state).not_in(NOT_DELIVERED), addressed
    )
    asked = and_(col(process.kind) == "request", col(process.department_id) == found.department)
    return exists().where(col(process.clue_id) == col(Clue.id), or_(referral, asked))


def seen_clue(session: Session, office: Office, actor: Actor, number: str) -> Clue:
    """The clue of that number if the actor may see it; NotForYou otherwise."""
    query = select(Clue).where(col(Clue.no) == number, visible(office, actor))
    clue = session.exec(query).one_or_none()
    if clue is None:
        raise NotForYou(f"没有编号为「{number}」的线索，或者您无权查看")
    return clue
