"""How many messages wait for a person: of his department's desk, his chairs, or himself."""

from fastapi import Request
from sqlalchemy import ColumnElement, func, or_
from sqlmodel import col, select

from domain.situation import Actor
from domain.tables.work import InboxMessage
from flows.store import reading
from web.deps import office_of

MOST_SHOWN = 100


def addressed_to(actor: Actor) -> ColumnElement[bool]:
    """The condition on `InboxMessage` under which it is for the actor."""
    role, user = col(InboxMessage.role), col(InboxMessage.user_id)
    return (
        (col(InboxMessage.department_id) == actor.department)
        & or_(role.is_(None), role.in_(sorted(actor.roles)))
        & or_(user.is_(None), user == actor.id)
    )


def unread_messages(request: Request, actor: Actor) -> int:
    """How many unread messages the actor has, counted no further than is shown."""
    some = (
        select(InboxMessage.id)
        .where(addressed_to(actor), col(InboxMessage.read_at).is_(None))
        .limit(MOST_SHOWN)
        .subquery()
    )
    with reading(office_of(request).engine) as session:
        return session.exec(select(func.count()).select_from(some)).one()
