"""Who stands in for whom at a moment, as actors and messages need it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, String, bindparam, literal
from sqlalchemy import select as sqlalchemy_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from domain.situation.situation import CHINA, Absent, Actor
from domain.tables.people import User
from domain.tables.session import WebSession
from domain.tables.substitution import Substitution
from flows.people.chairs import ENTRUSTED
from flows.people.user_form import APART
from flows.rows.statements import Statement, ask

KEPT = frozenset({*APART, *ENTRUSTED})
"""Chairs that no substitution lends: those that watch, and those a paper entrusts (decision 20)."""


def lendable(roles: Iterable[str]) -> frozenset[str]:
    """The chairs in which a colleague may stand in for who holds these."""
    return frozenset(roles) - KEPT


def in_force(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions on `Substitution` that it holds at a moment; its first and last day count."""
    return _in_force_on(literal(day_told(now)))


def day_told(now: datetime) -> str:
    """The day in China as substitutions tell their first and last."""
    return now.astimezone(CHINA).date().isoformat()


def _in_force_on(day: ColumnElement[str]) -> tuple[ColumnElement[bool], ...]:
    return (
        col(Substitution.ended_at).is_(None),
        col(Substitution.first_day) <= day,
        col(Substitution.last_day) >= day,
    )


ABSENT = (
    sqlalchemy_select(col(User.id), col(User.name), col(User.roles))
    .join(Substitution, col(Substitution.absent_id) == col(User.id))
    .where(
        col(Substitution.substitute_id) == bindparam("substitute"),
        col(User.department_id) == bindparam("department"),
        *_in_force_on(bindparam("today", type_=String())),
    )
    .order_by(col(User.id))
)
"""Every page asks this: a statement put together once costs half of one put together each time."""

_HOLDER = aliased(User)
ABSENT_OF_SESSION = Statement(
    sqlalchemy_select(col(User.id), col(User.name), col(User.roles))
    .join(Substitution, col(Substitution.absent_id) == col(User.id))
    .join(WebSession, col(WebSession.user_id) == col(Substitution.substitute_id))
    .join(_HOLDER, col(_HOLDER.id) == col(WebSession.user_id))
    .where(
        col(WebSession.id_sha256) == bindparam("session"),
        col(User.department_id) == col(_HOLDER.department_id),
        *_in_force_on(bindparam("today", type_=String())),
    )
    .order_by(col(User.id)),
    steady=True,
)
"""The same of who holds a session, asked for together with it."""


def with_absences(session: Session, actor: Actor, now: datetime) -> Actor:
    """The actor with those colleagues of his department for whom he stands in at a moment.

    Each with the chairs that both hold; none is left where they share none any more.
    """
    who = {"substitute": actor.id, "department": actor.department, "today": day_told(now)}
    return standing_in(actor, session.connection().execute(ABSENT, who))


def standing_in(actor: Actor, absent: Iterable[Any]) -> Actor:
    """The actor with these colleagues: rows of id, name and roles."""
    found = (Absent(one.id, one.name, lendable(one.roles) & actor.roles) for one in absent)
    return replace(actor, acts_for=tuple(one for one in found if one.roles))


def stood_in_for(session: Session, department: str, now: datetime) -> dict[str, tuple[str, ...]]:
    """The names of those who stand in at a moment, by the id of the absent colleague."""
    query = (
        select(Substitution.absent_id, User.name)
        .join(User, col(User.id) == col(Substitution.substitute_id))
        .where(
            col(Substitution.department_id) == department,
            col(User.department_id) == department,
            col(User.active),
            *in_force(now),
        )
    )
    found: dict[str, tuple[str, ...]] = {}
    for absent, name in session.exec(query.order_by(col(Substitution.id))):
        found[absent] = (*found.get(absent, ()), name)
    return found


NAME = Statement(sqlalchemy_select(col(User.name)).where(col(User.id) == bindparam("user")))
_ABSENT = aliased(User)
SUBSTITUTES = Statement(
    sqlalchemy_select(col(User.name))
    .join(Substitution, col(Substitution.substitute_id) == col(User.id))
    .join(_ABSENT, col(_ABSENT.id) == col(Substitution.absent_id))
    .where(
        col(Substitution.absent_id) == bindparam("user"),
        col(User.active),
        col(User.department_id) == col(_ABSENT.department_id),
        *_in_force_on(bindparam("day", type_=String())),
    )
    .order_by(col(Substitution.id))
)


def names_of(session: Session, user_id: str, now: datetime) -> tuple[str, tuple[str, ...]]:
    """The name of a user, and of those who stand in for him at a moment; empty for none."""
    told = {"user": user_id, "day": day_told(now)}
    names, others = ask(session.connection(), (NAME, told), (SUBSTITUTES, told))
    return names[0].name if names else "", tuple(one.name for one in others)


def substitutes_of(session: Session, user_id: str, now: datetime) -> tuple[User, ...]:
    """Who stands in for a user at a moment, and still serves in his department."""
    absent = select(User.department_id).where(col(User.id) == user_id).scalar_subquery()
    query = (
        select(User)
        .join(Substitution, col(Substitution.substitute_id) == col(User.id))
        .where(
            col(Substitution.absent_id) == user_id,
            col(User.active),
            col(User.department_id) == absent,
            *in_force(now),
        )
    )
    return tuple(session.exec(query))
