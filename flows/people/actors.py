"""Actors: users looked up as those who act, and the program acting for a department."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from domain.shapes.nearest import nearest
from domain.situation.situation import SYSTEM, Actor
from domain.tables.people import User
from domain.tables.session import AccountLock
from flows.people.absences import with_absences
from flows.people.chairs import actor_at

MOST_SHOWN, MOST_COMPARED = 20, 5000
"""So many users are named, and compared with a name that nobody bears."""


class UnknownPerson(Exception):
    """Nobody of that id may act."""


def actor_of(session: Session, user_id: str, now: datetime) -> Actor:
    """The user as an actor at a moment.

    UnknownPerson (in Chinese) when there is none or he serves no more.
    """
    user = session.exec(select(User).where(col(User.id) == user_id)).one_or_none()
    if user is None or not user.active:
        raise UnknownPerson(f"没有「{user_id}」这个用户{_instead(session, user_id)}")
    return with_absences(session, actor_at(user, now), now)


def in_service() -> ColumnElement[bool]:
    """Which users are let in: those who serve and whom no administrator locked out."""
    locked = select(AccountLock.user_id).where(col(AccountLock.user_id) == col(User.id))
    return and_(col(User.active), ~locked.exists())


def _instead(session: Session, user_id: str) -> str:
    """Whom the caller may have meant, or some of those there are."""
    query = select(User.id, User.name).where(col(User.active)).order_by(col(User.id))
    known = dict(session.exec(query.limit(MOST_COMPARED)).all())
    names = "、".join(list(known)[:MOST_SHOWN]) or "（还没有用户，可用 yisong user add 添加）"
    return nearest(user_id, known, known) or f"；现有：{names}"


def system_actor(department: str) -> Actor:
    """The program itself, acting for a department (given by its id)."""
    return Actor(SYSTEM, "系统", frozenset({SYSTEM}), department)
