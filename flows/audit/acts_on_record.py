"""The acts of a name in the record, whatever they were done to: each kind along the index of acts.

The record tells of some dozens of kinds. Which these are is seen from the index alone, from one
kind to the next, however many events there are.
"""

import sqlalchemy
from sqlalchemy import ColumnElement, exists, func, union_all
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from domain.tables.record import Event

Numbers = sqlalchemy.Select[tuple[int]]


def is_act(*actions: str) -> ColumnElement[bool]:
    """The condition on `Event` that it is one of these acts, of any kind on record."""
    kinds = sqlalchemy.select(_kinds().c.kind)
    return col(Event.process_kind).in_(kinds) & col(Event.action).in_(actions)


def newest_of_act(session: Session, action: str, numbers: Numbers, most: int) -> list[int]:
    """The newest of these numbers of events that are of one action, the newest first."""
    number = col(Event.seq).desc()
    parts = [
        numbers.where(col(Event.process_kind) == kind, col(Event.action) == action)
        .order_by(number)
        .limit(most)
        .subquery()
        for kind in _kinds_with(session, action)
    ]
    if not parts:
        return []
    found = union_all(*(sqlalchemy.select(one) for one in parts)).subquery()
    query = sqlalchemy.select(found.c[0]).order_by(found.c[0].desc()).limit(most)
    return list(session.execute(query).scalars())


def _kinds_with(session: Session, action: str) -> list[str]:
    kinds = _kinds()
    told = exists().where(col(Event.process_kind) == kinds.c.kind, col(Event.action) == action)
    return list(session.execute(sqlalchemy.select(kinds.c.kind).where(told)).scalars())


def _kinds() -> sqlalchemy.CTE:
    """Every kind on record, and one that is null behind the last."""
    later = aliased(Event)
    first = select(func.min(Event.process_kind).label("kind")).cte("kinds", recursive=True)
    following = select(func.min(later.process_kind)).where(col(later.process_kind) > first.c.kind)
    return first.union_all(
        sqlalchemy.select(following.scalar_subquery()).where(first.c.kind.is_not(None))
    )
