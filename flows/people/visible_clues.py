"""The clues a person may see, as a condition of the database that every list and look-up bears."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache, wraps
from typing import TypeVar

from sqlalchemy import (
    ColumnElement,
    Integer,
    SQLColumnExpression,
    and_,
    bindparam,
    false,
    or_,
    true,
    union_all,
)
from sqlalchemy import select as plain_select
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from domain.lifecycle.visibility import (
    KEPT_KINDS,
    NOT_DELIVERED,
    NOT_SENT,
    OUTSIDE_KINDS,
    ClueSight,
    Sight,
    may_reveal,
    serves_reporters,
    sight_of,
)
from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import Actor
from domain.tables.process import Clue, Process
from flows.rows.statements import Statement, ask, told
from flows.site.office import Office

Found = TypeVar("Found")
MOST = 256
"""Chairs for which a condition is remembered; it is put together anew where there are more."""


class NotForYou(LookupError):
    """There is no such clue, or it is not the person's to see: the two are told alike."""


def once_a_chair(work: Callable[[Office, Actor], Found]) -> Callable[[Office, Actor], Found]:
    """`work`, done once for each rulebook, area, department and set of roles.

    It looks at nothing else of office and actor, and what it finds is never changed: a page asks a
    dozen times for the same conditions, and to put them together takes longer than to ask them.
    """
    done: dict[tuple[int, str, str, frozenset[str]], tuple[Rulebook, Found]] = {}

    @wraps(work)
    def found(office: Office, actor: Actor) -> Found:
        key = (id(office.rules), office.settings.area, actor.department, actor.roles)
        known = done.get(key)
        # The rulebook is held with what was found: no other one can have its identity meanwhile.
        if known is None:
            if len(done) >= MOST:
                done.clear()
            known = done.setdefault(key, (office.rules, work(office, actor)))
        return known[1]

    return found


@once_a_chair
def sight(office: Office, actor: Actor) -> Sight:
    """How far the actor sees in this office."""
    return sight_of(actor, office.rules.roles, office.rules.departments, office.settings.area)


@once_a_chair
def visible(office: Office, actor: Actor) -> ColumnElement[bool]:
    """The condition on `Clue` under which the actor may see it, for the WHERE of any query on it.

    Of what is visible, `sight_on` says how much of it is shown.
    """
    found = sight(office, actor)
    if found.sees_all:
        return true() if found.within is None else _of_the_area(found)
    if found.reach == "department":
        own = is_party(found)
        return or_(own, _was_delivered(found)) if found.organ_outside else own
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
    if found.sees_all and found.within is None:
        return [Way(select(Clue.id), col(Clue.id))]
    if found.within is not None and found.sees_all:
        places = [Clue.department_id, Clue.desk_id]
        here = (
            Way(select(Clue.id).where(col(one).in_(found.within)), col(Clue.id)) for one in places
        )
        return [*here, *_party_ways(found)]
    ways: list[Way] = []
    if found.reach == "department":
        ways += _party_ways(found)
    if found.is_outside or (ways and found.organ_outside):
        delivered = _outside_ways(found, Process)
        ways += [way for one in delivered for way in _through_process(one)]
    return ways


def few_to_see(session: Session, office: Office, actor: Actor, most: int) -> set[int] | None:
    """The clues that somebody sees, where they are at most so many; None where they are more.

    Of police and procuratorate it is not asked: their referrals have no order to be read in.
    """
    found = sight(office, actor)
    if found.is_outside or found.organ_outside:
        return None
    # The way by which most is seen is asked alone: for nearly all who see many it is enough.
    clues: set[int] = set()
    for statement in _first_to_see(office, actor):
        [rows] = ask(session.connection(), (statement, {"most": most + 1}))
        clues.update(one[0] for one in rows)
        if len(clues) > most:
            return None
    return clues


@once_a_chair
def _first_to_see(office: Office, actor: Actor) -> tuple[Statement, ...]:
    """The first so many clues of the first way of seeing them, and of each of the others."""
    most = told("most", Integer())
    each = [one.ids.limit(most).subquery() for one in ways_to_see(office, actor)]
    first, others = each[:1], each[1:]
    return tuple(
        Statement(union_all(*(plain_select(*one.c) for one in ways)))
        for ways in (first, others)
        if ways
    )


def _party_ways(found: Sight) -> list[Way]:
    own = [Clue.department_id, Clue.sender_id, Clue.desk_id, Clue.counterpart_id]
    beside = [Process.department_id, Process.counterpart_id]
    department, parts = found.department, _parts(found, Process)
    return [
        *(Way(select(Clue.id).where(col(one) == department), col(Clue.id)) for one in own),
        *(way for one in beside for way in _through_process(and_(col(one) == department, parts))),
    ]


def _through_process(condition: ColumnElement[bool]) -> list[Way]:
    """Through processes that go on, and through those that ended: each has an index of its own."""
    key, ended_at = col(Process.clue_id), col(Process.ended_at)
    ids = select(key).join(Clue, col(Clue.id) == key).where(condition).distinct()
    return [Way(ids.where(one), key) for one in (ended_at.is_(None), ended_at.is_not(None))]


def is_party(found: Sight) -> ColumnElement[bool]:
    """The condition on `Clue` that the department has a part in it, and sees it as one."""
    # An alias, so that a query which itself reads processes does not take them for its own.
    process, department = aliased(Process), found.department
    beside = there_is(
        process,
        col(process.clue_id) == col(Clue.id),
        or_(col(process.department_id) == department, col(process.counterpart_id) == department),
        _parts(found, process),
    )
    own = [Clue.department_id, Clue.sender_id, Clue.desk_id, Clue.counterpart_id]
    return or_(*(col(one) == department for one in own), beside)


def _parts(found: Sight, process: type[Process]) -> ColumnElement[bool]:
    """Which processes make a department a party: not those by which an organ is sent a case."""
    kinds = sorted(OUTSIDE_KINDS) if found.organ_outside else []
    return col(process.kind).not_in(kinds) if kinds else true()


def _of_the_area(found: Sight) -> ColumnElement[bool]:
    """What a department of the area registered or holds, and what one's own is party to."""
    places = [col(one).in_(found.within or ()) for one in (Clue.desk_id, Clue.department_id)]
    return or_(*places, is_party(found))


def _was_delivered(found: Sight) -> ColumnElement[bool]:
    process = aliased(Process)
    ways = _outside_ways(found, process)
    return there_is(process, col(process.clue_id) == col(Clue.id), or_(*ways))


def there_is(process: type[Process], *conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """The condition that there is such a process beside a row, asked row by row.

    As EXISTS says; but for that PostgreSQL may gather all such processes of all clues first.
    """
    return select(process.id).where(*conditions).limit(1).scalar_subquery().is_not(None)


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


def own_processes(found: Sight, process: type[Process]) -> ColumnElement[bool]:
    """The condition that a department is party to a process: it is with it, or was sent to it."""
    if found.is_outside:
        asked = or_(
            col(process.department_id) == found.department,
            col(process.counterpart_id) == found.department,
        )
        return or_(and_(col(process.kind) == "request", asked), *_delivered_ways(found, process))
    kept = col(process.kind).in_(sorted(KEPT_KINDS))
    undelivered = or_(
        and_(col(process.kind) == "referral", col(process.state).in_(NOT_DELIVERED)),
        and_(kept, col(process.state).in_(NOT_SENT)),
    )
    sent = and_(col(process.counterpart_id) == found.department, ~undelivered)
    return or_(col(process.department_id) == found.department, sent)


def sight_on(session: Session, office: Office, actor: Actor, clue: Clue) -> ClueSight:
    """How far the actor sees into one clue that is visible to him."""
    found = sight(office, actor)
    if found.sees_files and not _is_of_the_area(found, clue):
        # As any department that has a part in it.
        found = replace(found, reach="department")
    if found.organ_outside and found.reach == "department":
        party = select(Clue.id).where(col(Clue.id) == clue.id, is_party(found))
        if session.exec(party).first() is None:
            found = replace(found, reach="referrals")
    bare = ClueSight(
        found,
        reveals=may_reveal(actor, clue.desk_id, clue.department_id),
        serves=serves_reporters(actor),
    )
    if found.sees_files or found.reach == "nothing":
        return bare
    [rows] = ask(session.connection(), (_own_of_clue(found), {"clue": clue.id}))
    return replace(bare, keeps=_keeps(found, clue), own=frozenset(one.id for one in rows))


@lru_cache(maxsize=MOST)
def _own_of_clue(found: Sight) -> Statement:
    """The processes of a clue to which a department is party."""
    of_clue = col(Process.clue_id) == bindparam("clue")
    return Statement(select(Process.id).where(of_clue, own_processes(found, Process)))


def _is_of_the_area(found: Sight, clue: Clue) -> bool:
    return found.within is None or bool({clue.desk_id, clue.department_id} & set(found.within))


def _keeps(found: Sight, clue: Clue) -> bool:
    """Whether the organ holds the clue; while it lies with its desk there is no file yet."""
    return found.department == clue.department_id != clue.desk_id


@once_a_chair
def _numbered(office: Office, actor: Actor) -> SelectOfScalar[Clue]:
    return select(Clue).where(col(Clue.no) == bindparam("number"), visible(office, actor))


def seen_clue(session: Session, office: Office, actor: Actor, number: str) -> Clue:
    """The clue of that number if the actor may see it.

    Raises NotForYou (a LookupError) in the same words whether there is none or it is not his.
    """
    clue = session.exec(_numbered(office, actor), params={"number": number}).one_or_none()
    if clue is None:
        raise NotForYou(f"没有编号为「{number}」的线索，或者您无权查看")
    return clue
