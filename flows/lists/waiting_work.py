"""Conditions of the database for what waits for a person: the words of the tables as SQL."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    and_,
    false,
    func,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from domain.lifecycle.awaited_chairs import Waiting, waiting_for
from domain.situation.jurisdiction import COORDINATORS, SAME_SYSTEM
from domain.situation.situation import Actor
from domain.tables.process import Clue, Process
from domain.tables.undertaking import Undertaking
from flows.people.visible_clues import once_a_chair, sight
from flows.rows.statements import Statement, numbers
from flows.site.office import Office

Table = type[Clue] | type[Process] | type[Undertaking]
Place = Callable[[Table, Actor, Office], ColumnElement[bool]]
Ways = list[ColumnElement[bool]]
Ids = Select[Any]
Groups = dict[tuple[frozenset[str], tuple[str, ...]], dict[str, list[str]]]
Below = Callable[[Office, str], list[str]]
DESK = "desk"


@once_a_chair
def waiting_clues(office: Office, actor: Actor) -> tuple[Ids, ...]:
    """Queries for the ids of the clues in which something waits for the actor."""
    found = waiting_for(office.rules.of_clues, actor.roles)
    own = ways_to_wait(Clue, [one for one in found if one.kind == "clue"], actor, office)
    beside = ways_to_wait(Process, [one for one in found if one.kind != "clue"], actor, office)
    return (
        *(select(col(Clue.id)).where(one) for one in own),
        *(select(col(Process.clue_id)).where(one) for one in beside),
    )


def anything_waits(session: Session, office: Office, actor: Actor) -> bool:
    """Whether anything may wait for the actor; if not, no limits need be looked through."""
    return numbers(session.connection(), (_any(office, actor), {})) != [0]


@once_a_chair
def _any(office: Office, actor: Actor) -> Statement:
    return counted(waiting_clues(office, actor), 1)


@once_a_chair
def beside_waiting(office: Office, actor: Actor) -> ColumnElement[bool]:
    """The condition on processes beside clues under which one waits for the actor."""
    return waits_here(office, actor, waiting_for(office.rules.of_clues, actor.roles))[1]


def waits_here(
    office: Office, actor: Actor, waits: Iterable[Waiting]
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The conditions on clues and on processes under which one of these waits for the actor."""
    known = list(waits)
    clues = [one for one in known if one.kind == "clue"]
    processes = [one for one in known if one.kind != "clue"]
    return (
        reached_by(Clue, clues, actor, office),
        reached_by(Process, processes, actor, office),
    )


def reached_by(
    table: Table, waits: Iterable[Waiting], actor: Actor, office: Office
) -> ColumnElement[bool]:
    """The condition on a table's rows under which one of these waits for the actor.

    What asks for the same places is asked for together: a page puts a dozen of these questions.
    """
    found: list[ColumnElement[bool]] = [false()]
    for (places, unless_open), by_kind in _by_places(waits).items():
        here = or_(*(PLACES[place](table, actor, office) for place in sorted(places)))
        group = and_(_stands(table, by_kind), here)
        found.append(group & ~_is_open_beside(unless_open) if unless_open else group)
    return or_(*found)


def ways_to_wait(table: Table, waits: Iterable[Waiting], actor: Actor, office: Office) -> Ways:
    """`reached_by` in its parts: each reads what it finds out of an index of states alone."""
    found: Ways = []
    for (places, unless_open), by_kind in _by_places(waits).items():
        for place, kind in product(sorted(places), by_kind):
            stands = _stands(table, {kind: by_kind[kind]})
            way = and_(stands, PLACES[place](table, actor, office))
            if place == DESK and table is Clue and not _ended(office, kind, by_kind[kind]):
                way &= col(Clue.ended_at).is_(None)  # so that the desk's open ones are read
            found.append(way & _nothing_beside(office, actor, unless_open) if unless_open else way)
    return found


def _ended(office: Office, kind: str, states: Iterable[str]) -> bool:
    """Whether something has ended in one of these states."""
    known = office.rules.lifecycles[kind].states
    return any(known[one].ended for one in states)


def _nothing_beside(office: Office, actor: Actor, kinds: tuple[str, ...]) -> ColumnElement[bool]:
    """The contrary of `_is_open_beside`, where many clues are asked.

    What is open in the actor's own department, which is nearly all, is gathered out of one index;
    only the rest is looked up clue by clue.
    """
    process = aliased(Process)
    open_here = (
        select(col(process.clue_id)).where(
            col(process.kind) == kind,
            col(process.state).in_([key for key, one in states.items() if not one.ended]),
            col(process.department_id) == actor.department,
        )
        for kind, states in ((kind, office.rules.lifecycles[kind].states) for kind in kinds)
    )
    return ~or_(col(Clue.id).in_(union_all(*open_here)), _is_open_beside(kinds))


def once_each(ways: Ways) -> Ways:
    """The same ways, each without the rows to which one before it leads."""
    return [
        and_(way, *(one.is_not(True) for one in ways[:number])) for number, way in enumerate(ways)
    ]


def counted(parts: Sequence[Ids], most: int) -> Statement:
    """The number of what all parts find together; one after another, until `most` are found."""
    nothing = select(col(Clue.id)).where(false())
    few = [select(one.limit(most).subquery()) for one in parts or [nothing]]
    found: CompoundSelect[Any] = union_all(*few)
    counting = select(func.count()).select_from(found.limit(most).subquery())
    return Statement(counting, spelled=True)


def _by_places(waits: Iterable[Waiting]) -> Groups:
    groups: Groups = {}
    for one in waits:
        states = groups.setdefault((one.places, one.unless_open), {})
        states.setdefault(one.kind, []).append(one.state)
    return groups


def _stands(table: Table, by_kind: Mapping[str, list[str]]) -> ColumnElement[bool]:
    """Whether a row is in one of the states of its kind; a clue's row is of one kind only."""
    state = col(table.state)
    if table is Clue:
        return state.in_([one for states in by_kind.values() for one in states])
    kind = col(table.kind)  # type: ignore[union-attr]
    return or_(*(and_(kind == one, state.in_(states)) for one, states in by_kind.items()))


def _is_open_beside(kinds: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether a process of these kinds is open beside a clue, looked up clue by clue.

    As EXISTS says; but for that PostgreSQL may go through all open processes of all clues.
    """
    # An alias, so that a query which itself reads processes does not take them for its own.
    process = aliased(Process)
    beside = select(col(process.clue_id)).where(
        col(process.clue_id) == col(Clue.id),
        col(process.kind).in_(kinds),
        col(process.ended_at).is_(None),
    )
    return beside.limit(1).scalar_subquery().is_not(None)


def _holder(table: Table, actor: Actor, office: Office) -> ColumnElement[bool]:
    return col(table.department_id) == actor.department


def _counterpart(table: Table, actor: Actor, office: Office) -> ColumnElement[bool]:
    return col(table.counterpart_id) == actor.department


def _desk(table: Table, actor: Actor, office: Office) -> ColumnElement[bool]:
    return col(Clue.desk_id) == actor.department if table is Clue else false()


def _supervisor(table: Table, actor: Actor, office: Office) -> ColumnElement[bool]:
    return true() if "supervisor" in actor.roles else false()


def _procuratorate(table: Table, actor: Actor, office: Office) -> ColumnElement[bool]:
    return col(table.department_id).in_(sight(office, actor).prosecutes)


def _coordinator(table: Table, actor: Actor, office: Office) -> ColumnElement[bool]:
    """Disputes of the area that the actor's organ coordinates."""
    own = office.rules.departments[actor.department]
    routes = [name for name, kind in COORDINATORS.items() if kind == own.kind]
    return and_(_of_own_area(table, actor, office), _route(table).in_(routes))


def _government(table: Table, actor: Actor, office: Office) -> ColumnElement[bool]:
    own = office.rules.departments[actor.department]
    return _of_own_area(table, actor, office) if own.kind == "government" else false()


def _of_own_area(table: Table, actor: Actor, office: Office) -> ColumnElement[bool]:
    known = office.rules.departments
    area = known[actor.department].area
    return col(table.department_id).in_([key for key, one in known.items() if one.area == area])


def _route(table: Table) -> ColumnElement[str]:
    route: ColumnElement[str] = col(table.facts)["route"].as_string()
    return route


def _arbiter(table: Table, actor: Actor, office: Office) -> ColumnElement[bool]:
    """Disputes whose two sides have the actor's organ as the next one above both."""
    known, own = office.rules.departments, actor.department
    if known[own].kind == "government":
        return and_(_route(table) != SAME_SYSTEM, _just_below(table, own, office, _governed))
    return and_(_route(table) == SAME_SYSTEM, _just_below(table, own, office, _subordinate))


def _just_below(table: Table, own: str, office: Office, below: Below) -> ColumnElement[bool]:
    """Both sides are below an organ, and not both below one that is itself next below it."""
    nearer = [key for key, one in office.rules.departments.items() if one.superior == own]

    def both(key: str) -> ColumnElement[bool]:
        found = below(office, key)
        return and_(col(table.department_id).in_(found), col(table.counterpart_id).in_(found))

    return and_(both(own), *(~both(one) for one in nearer))


def _subordinate(office: Office, key: str) -> list[str]:
    """Every bureau below another, at any depth."""
    found = [one for one, each in office.rules.departments.items() if each.superior == key]
    return [*found, *(deeper for one in found for deeper in _subordinate(office, one))]


def _governed(office: Office, key: str) -> list[str]:
    """Every department in the areas of a government and of those below it."""
    known = office.rules.departments
    if known[key].kind != "government":
        return []
    areas = {known[one].area for one in (key, *_subordinate(office, key))}
    return [one for one, each in known.items() if each.area in areas]


PLACES: Mapping[str, Place] = {
    "holder": _holder,
    "counterpart": _counterpart,
    "police": _counterpart,
    DESK: _desk,
    "any": _supervisor,
    "any_for_supervisor": _supervisor,
    "procuratorate": _procuratorate,
    "competent_arbiter": _arbiter,
    "coordinator": _coordinator,
    "local_government": _government,
}
"""The places at which something can wait; others are reached from the clue's page."""
