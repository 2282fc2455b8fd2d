"""Unread messages of a person: those of his department's desk, of his chairs, and his own."""

from collections.abc import Sequence
from functools import lru_cache

from sqlalchemy import (
    ColumnElement,
    Select,
    SQLColumnExpression,
    and_,
    exists,
    func,
    or_,
    union_all,
)
from sqlmodel import col, select

from domain.situation.situation import Actor
from domain.tables.process import Clock
from domain.tables.work import InboxMessage, MessageRead
from flows.afterwards.notice_wishes import is_uncounted
from flows.rows.statements import Statement

MOST_SHOWN = 100
RECENT = 300
"""Among how many of the newest messages the unread are counted."""


def addressed_to(actor: Actor) -> ColumnElement[bool]:
    """The condition on `InboxMessage` under which it is for the actor.

    What is about a clue is also for who stands in for the person it names, unless he wrote it.
    """
    role = col(InboxMessage.role)
    return and_(_for_person(actor), or_(role.is_(None), role.in_(sorted(actor.roles))))


def _for_person(actor: Actor) -> ColumnElement[bool]:
    """`addressed_to` but for the chair."""
    user = col(InboxMessage.user_id)
    persons = [user.is_(None), user == actor.id]
    if actor.acts_for:
        absent = user.in_([one.id for one in actor.acts_for])
        writer = col(InboxMessage.written_by)
        of_others = or_(writer.is_(None), writer != actor.id)
        persons.append(absent & of_others & col(InboxMessage.clue_id).is_not(None))
    return and_(col(InboxMessage.department_id) == actor.department, or_(*persons))


def newest_of(
    actor: Actor, conditions: Sequence[ColumnElement[bool]], size: int, *, oldest: bool = False
) -> Select[tuple[int | None]]:
    """The ids of the actor's newest messages, or of his `oldest`: each chair's own are read along
    their index.
    """
    role = col(InboxMessage.role)
    chairs = [role.is_(None), *(role == one for one in sorted(actor.roles))]
    first = col(InboxMessage.id).asc() if oldest else col(InboxMessage.id).desc()
    parts = [
        select(InboxMessage.id)
        .where(_for_person(actor), chair, *conditions)
        .order_by(first)
        .limit(size)
        .subquery()
        for chair in chairs
    ]
    found = union_all(*(select(one.c.id) for one in parts)).subquery()
    order = found.c.id.asc() if oldest else found.c.id.desc()
    return select(found.c.id).order_by(order).limit(size)


def unread_by(actor: Actor, message: SQLColumnExpression[int | None]) -> ColumnElement[bool]:
    """The condition that the actor himself has not read the message of this id yet."""
    return ~exists().where(
        col(MessageRead.message_id) == message, col(MessageRead.user_id) == actor.id
    )


def settled() -> ColumnElement[bool]:
    """The condition on `InboxMessage` that the limit it reminded of has ended."""
    return exists().where(
        col(Clock.id) == col(InboxMessage.clock_id), col(Clock.ended_at).is_not(None)
    )


@lru_cache(maxsize=1000)
def unread_count(actor: Actor) -> Statement:
    """How many unread messages the actor has, counted no further than is shown.

    Every page asks this: to put the statement together would cost more than its answer.
    """
    newest = newest_of(actor, [~settled(), ~is_uncounted(actor)], RECENT).subquery()
    some = select(newest.c.id).where(unread_by(actor, newest.c.id)).limit(MOST_SHOWN).subquery()
    return Statement(select(func.count()).select_from(some))
