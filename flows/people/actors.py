"""Actors: users looked up as those who act, and the program acting for a department."""

from datetime import datetime

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from domain.situation.situation import SYSTEM, Actor
from domain.tables.people import User
from domain.tables.session import AccountLock
from flows.people.chairs import actor_at


class UnknownPerson(Exception):
    """Nobody of that id may act."""


def actor_of(session: Session, user_id: str, now: datetime) -> Actor:
    """The user as an actor at a moment.

    UnknownPerson (in Chinese) when there is none or he serves no more.
    """
    user = session.exec(select(User).where(col(User.id) == user_id)).one_or_none()
    if user is None or not user.active:
        known = session.exec(
            select(col(User.id)).where(col(User.active)).order_by(col(User.id)).limit(20)
        )
        names = "、".join(known) or "（还没有用户，可用 yisong user add 添加）"
        raise UnknownPerson(f"没有「{user_id}」这个用户；现有：{names}")
    return actor_at(user, now)


def in_service() -> ColumnElement[bool]:
    """Which users are let in: those who serve and whom no administrator locked out."""
    locked = select(AccountLock.user_id).where(col(AccountLock.user_id) == col(User.id))
    return and_(col(User.active), ~locked.exists())


def system_actor(department: str) -> Actor:
    """The program itself, acting for a department (given by its id)."""
    return Actor(SYSTEM, "系统", frozenset({SYSTEM}), department)
