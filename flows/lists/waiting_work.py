"""Conditions of the database for what waits for a person: the words of the tables as SQL."""

from collections.abc import Callable, Iterable, Mapping

from sqlalchemy import ColumnElement, SelectBase, and_, exists, false, or_, true
from sqlmodel import col, select

from domain.lifecycle.awaited_chairs import Waiting, waiting_for
from domain.situation.access import ROUTES
from domain.situation.situation import Actor
from domain.tables.process import Clue, Process
from domain.tables.undertaking import Undertaking
from flows.people.visible_clues import sight
from flows.site.office import Office

Table = type[Clue] | type[Process] | type[Undertaking]
Place = Callable[[Table, Actor, Office], ColumnElement[bool]]


def waiting_clues(office: Office, actor: Actor) -> list[SelectBase]:
    """Queries for the ids of the clues in which something waits for the actor."""
    found = waiting_for(office.rules.of_clues, actor.roles)
    own = [reached_by(Clue, one, actor, office) for one in found if one.kind == "clue"]
    beside = [
        and_(col(Process.kind) == one.kind, reached_by(Process, one, actor, office))
        for one in found
        if one.kind != "clue"
    ]
    queries: list[SelectBase] = []
    if own:
        queries.append(select(Clue.id).where(or_(*own)))
    if beside:
        queries.append(select(Process.clue_id).where(or_(*beside)))
    return queries


def waits_here(
    office: Office, actor: Actor, waits: Iterable[Waiting]
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The conditions on clues and on processes under which one of these waits for the actor."""
    clues: list[ColumnElement[bool]] = [false()]
    processes: list[ColumnElement[bool]] = [false()]
    for one in waits:
        if one.kind == "clue":
            clues.append(reached_by(Clue, one, actor, office))
        else:
            reached = reached_by(Process, one, actor, office)
            processes.append(and_(col(Process.kind) == one.kind, reached))
    return or_(*clues), or_(*processes)


def reached_by(table: Table, one: Waiting, actor: Actor, office: Office) -> ColumnElement[bool]:
    """The condition on a table's rows under which a state that waits, waits for the actor."""
    places = [PLACES[place](table, actor, office) for place in sorted(one.places)]
    found = and_(col(table.state) == one.state, or_(*places))
    return found & ~_is_open_beside(one.unless_open) if one.unless_open else found


def _is_open_beside(kinds: tuple[str, ...]) -> ColumnElement[bool]:
    return exists().where(
        col(Process.clue_id) == col(Clue.id),
        col(Process.kind).in_(kinds),
        col(Process.ended_at).is_(None),
    )


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


def _arbiter(table: Table, actor: Actor, office: Office) -> ColumnElement[bool]:
    """Disputes of the area by their route, and those of the bureaus below a common superior."""
    known = office.rules.departments
    own = known[actor.department]
    area = [key for key, one in known.items() if one.area == own.area]
    below = [key for key, one in known.items() if one.superior == actor.department]
    route = col(table.facts)["route"].as_string()
    routes = [name for name, kind in ROUTES.items() if kind == own.kind]
    by_route = true() if own.kind == "government" else route.in_(routes)
    return or_(
        and_(col(table.department_id).in_(area), by_route),
        and_(col(table.department_id).in_(below), route == "same_system"),
    )


PLACES: Mapping[str, Place] = {
    "holder": _holder,
    "counterpart": _counterpart,
    "police": _counterpart,
    "desk": _desk,
    "any": _supervisor,
    "any_for_supervisor": _supervisor,
    "procuratorate": _procuratorate,
    "competent_arbiter": _arbiter,
}
"""The places at which something can wait; others are reached from the clue's page."""
