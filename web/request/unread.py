"""Unread messages of a person: those of his department's desk, of his chairs, and his own."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    SQLColumnExpression,
    String,
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
from flows.lists.list_filters import along
from flows.people.visible_clues import sight
from flows.rows.statements import Order, Statement, told
from flows.site.office import Office

MOST_SHOWN = 100
RECENT = 300
"""Among how many of the newest messages the unread are counted."""


UserId = str | ColumnElement[str]


@dataclass(frozen=True)
class Reader:
    """Whose messages are asked for: his chairs, himself, and the colleagues he stands in for.

    `keeps_machinery`: he sees no dossier, and what his department's desk is told of one is not his.
    """

    department: str
    roles: tuple[str, ...]
    user: UserId
    absent: tuple[UserId, ...] = ()
    keeps_machinery: bool = False

    @classmethod
    def of(cls, office: Office, actor: Actor) -> Self:
        """The person himself."""
        absent = tuple(one.id for one in actor.acts_for)
        blind = sight(office, actor).reach == "nothing"
        return cls(actor.department, tuple(sorted(actor.roles)), actor.id, absent, blind)


def addressed_to(office: Office, actor: Actor) -> ColumnElement[bool]:
    """The condition on `InboxMessage` under which it is for the actor.

    What is about a clue is also for who stands in for the person it names, unless he wrote it.
    """
    reader = Reader.of(office, actor)
    return and_(_for_person(reader), or_(*_chairs(reader)))


def _chairs(reader: Reader) -> list[ColumnElement[bool]]:
    """The department's desk and each chair of the person's own."""
    role = col(InboxMessage.role)
    desk: ColumnElement[bool] = role.is_(None)
    if reader.keeps_machinery:
        own = col(InboxMessage.user_id) == reader.user
        desk = and_(desk, or_(own, col(InboxMessage.clue_id).is_(None)))
    return [desk, *(role == one for one in reader.roles)]


def _for_person(reader: Reader) -> ColumnElement[bool]:
    """`addressed_to` but for the chair."""
    user = col(InboxMessage.user_id)
    persons = [user.is_(None), user == reader.user]
    if reader.absent:
        absent = user.in_(reader.absent)
        writer = col(InboxMessage.written_by)
        of_others = or_(writer.is_(None), writer != reader.user)
        persons.append(absent & of_others & col(InboxMessage.clue_id).is_not(None))
    return and_(col(InboxMessage.department_id) == reader.department, or_(*persons))


def newest_of(
    reader: Reader, conditions: Sequence[ColumnElement[bool]], size: int, *, oldest: bool = False
) -> Select[tuple[int | None]]:
    """The ids of the reader's newest messages, or of his `oldest`: each chair's own are read along
    their index.
    """
    first = col(InboxMessage.id).asc() if oldest else col(InboxMessage.id).desc()
    parts = [
        select(InboxMessage.id)
        .where(_for_person(reader), chair, *conditions)
        .order_by(first)
        .limit(size)
        .subquery()
        for chair in _chairs(reader)
    ]
    found = union_all(*(select(one.c.id) for one in parts)).subquery()
    order = found.c.id.asc() if oldest else found.c.id.desc()
    return select(found.c.id).order_by(order).limit(size)


def is_new_to(reader: Reader) -> ColumnElement[bool]:
    """The condition on `InboxMessage` that it asks something still, and is counted for the reader.

    Asked message by message: most are so, and PostgreSQL would gather all to find a hundred.
    """
    return along([~settled(), ~is_uncounted(reader.user)])


def unread_by(user: UserId, message: SQLColumnExpression[int | None]) -> ColumnElement[bool]:
    """The condition that a person has not read the message of this id yet."""
    return ~exists().where(col(MessageRead.message_id) == message, col(MessageRead.user_id) == user)


def settled() -> ColumnElement[bool]:
    """The condition on `InboxMessage` that the limit it reminded of has ended."""
    return exists().where(
        col(Clock.id) == col(InboxMessage.clock_id), col(Clock.ended_at).is_not(None)
    )


def unread_count(office: Office, actor: Actor) -> Order:
    """How many unread messages the actor has, counted no further than is shown."""
    chairs, values = _chairs_of(office, actor)
    return _unread_count(chairs), values


def own_messages(
    office: Office, actor: Actor, size: int, *, oldest: bool = False, before: int = 0
) -> Order:
    """The ids of the actor's newest messages, or of his oldest, narrowed by nothing.

    `before`: the one that a page goes on from.
    """
    chairs, values = _chairs_of(office, actor)
    return _own(chairs, size, oldest, before > 0), {**values, "before": before}


@dataclass(frozen=True)
class _Chairs:
    """What of a reader stands in the text of a question, the same for all who hold these chairs and
    stand in for so many; who they are is told.
    """

    department: str
    roles: tuple[str, ...]
    absent: int
    keeps_machinery: bool

    def reader(self) -> Reader:
        """Whoever is told."""
        absent = tuple(told(_absent(place), String()) for place in range(self.absent))
        user = told("user", String())
        return Reader(self.department, self.roles, user, absent, self.keeps_machinery)


def _absent(place: int) -> str:
    return f"absent{place}"


def _chairs_of(office: Office, actor: Actor) -> tuple[_Chairs, dict[str, object]]:
    """The chairs of a reader, and who he and his absent colleagues are."""
    one = Reader.of(office, actor)
    chairs = _Chairs(one.department, one.roles, len(one.absent), one.keeps_machinery)
    absent = {_absent(place): user for place, user in enumerate(one.absent)}
    return chairs, {"user": actor.id, **absent}


@lru_cache(maxsize=1000)
def _unread_count(chairs: _Chairs) -> Statement:
    """Every page asks this: to put it together, or to plan it, would cost more than its answer."""
    reader = chairs.reader()
    newest = newest_of(reader, [is_new_to(reader)], RECENT).subquery()
    unread = unread_by(reader.user, newest.c.id)
    some = select(newest.c.id).where(unread).limit(MOST_SHOWN).subquery()
    return Statement(select(func.count()).select_from(some), spelled=True, steady=True)


@lru_cache(maxsize=1000)
def _own(chairs: _Chairs, size: int, oldest: bool, goes_on: bool) -> Statement:
    key, place = col(InboxMessage.id), told("before", Integer())
    onwards = [key > place if oldest else key < place] if goes_on else []
    query = newest_of(chairs.reader(), onwards, size, oldest=oldest)
    return Statement(query, spelled=True, steady=True)
