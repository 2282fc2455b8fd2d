"""Undertakings as lists show them: sent, received, and what waits for somebody."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache

from sqlalchemy import ColumnElement, ScalarSelect, Select, SelectBase, func, or_
from sqlalchemy import select as columns
from sqlmodel import Session, SQLModel, col, select

from domain.lifecycle.awaited_chairs import waiting_for
from domain.lifecycle.plan import NEW
from domain.limits.limit import start_of_day
from domain.rulebook.usual_steps import usual_steps
from domain.situation.situation import Actor
from domain.tables.process import Clock, Process
from domain.tables.undertaking import Undertaking
from flows.door.page_paths import form_path, path_of
from flows.door.visible_undertakings import sees_whole, visible_undertakings
from flows.lists.clue_listing import ClockLine, clock_line
from flows.lists.departments_asked import departments_asked
from flows.lists.waiting_work import reached_by
from flows.people.viewer import Viewer
from flows.people.visible_clues import once_a_chair
from flows.rows.dossiers import standing
from flows.rows.statements import Statement, ask
from flows.site.office import Office
from flows.site.word_search import texts_have

PAGE = 30
VIEWS = ("waiting", "sent", "received", "all")


@dataclass(frozen=True)
class NextForm:
    """A step that waits for the viewer, and where its form is."""

    label: str
    url: str


@dataclass(frozen=True)
class UndertakingLine:
    """One line of a list; `done` of `asked` departments have done what was asked of them.

    `clock`: what is due first of it, of the viewer's department if that owes something. Who sees
    only a part of it has the departments and limits of his part.
    """

    row: Undertaking
    path: str
    label: str
    state: str
    holder: str
    asked: int
    done: int
    late: int
    clock: ClockLine | None
    steps: tuple[NextForm, ...]


@dataclass(frozen=True)
class UndertakingPage:
    """A page of a list, and where the next one begins."""

    lines: tuple[UndertakingLine, ...]
    older: int = 0


@dataclass(frozen=True)
class WantedUndertakings:
    """Which undertakings of a kind; empty fields narrow nothing. Days are those of the beginning.

    `sort`: `oldest`, or `due` for what is due first on top; empty for the newest on top. `place`:
    where the page begins, as the page before told it.
    """

    kind: str
    view: str = "all"
    text: str = ""
    state: str = ""
    department: str = ""
    since: date | None = None
    until: date | None = None
    sort: str = ""
    place: int = 0


def undertakings(session: Session, viewer: Viewer, wanted: WantedUndertakings) -> UndertakingPage:
    """A page of the undertakings that are wanted and that the viewer may see."""
    key, place = col(Undertaking.id), wanted.place
    query = select(Undertaking).where(*_wanted(viewer, wanted))
    if wanted.sort == "due":
        due = _first_due()
        query = query.order_by(due.is_(None), due, key).offset(place)
    elif wanted.sort == "oldest":
        query = query.where(key > place).order_by(key)
    else:
        query = query.where(key < place) if place else query
        query = query.order_by(key.desc())
    found = list(session.exec(query.limit(PAGE + 1)))
    shown = found[:PAGE]
    older = place + PAGE if wanted.sort == "due" else shown[-1].id or 0 if shown else 0
    lines = tuple(_lines(session, viewer, shown))
    return UndertakingPage(lines, older if len(found) > PAGE else 0)


def how_many(session: Session, viewer: Viewer, wanted: WantedUndertakings) -> int:
    """How many undertakings are wanted and visible, on all pages together."""
    query = select(func.count()).select_from(Undertaking).where(*_wanted(viewer, wanted))
    return session.exec(query).one()


def _wanted(viewer: Viewer, wanted: WantedUndertakings) -> Iterator[ColumnElement[bool]]:
    yield col(Undertaking.kind) == wanted.kind
    yield visible_undertakings(viewer.office, viewer.actor)
    yield from _in_view(viewer, wanted.view)
    if wanted.text.strip():
        yield texts_have([col(Undertaking.no), col(Undertaking.title)], wanted.text)
    if wanted.state:
        yield col(Undertaking.state) == wanted.state
    if wanted.department:
        yield col(Undertaking.department_id) == wanted.department
    if wanted.since:
        yield col(Undertaking.opened_at) >= start_of_day(wanted.since)
    if wanted.until and wanted.until < date.max:
        yield col(Undertaking.opened_at) < start_of_day(wanted.until + timedelta(days=1))


def _first_due() -> ScalarSelect[datetime]:
    return (
        select(func.min(col(Clock.due_at)))
        .where(col(Clock.clue_id) == col(Undertaking.id), col(Clock.ended_at).is_(None))
        .scalar_subquery()
    )


def counts(session: Session, viewer: Viewer, kind: str) -> Mapping[str, int]:
    """How many undertakings of a kind each view shows the viewer."""
    seen = (col(Undertaking.kind) == kind, visible_undertakings(viewer.office, viewer.actor))
    return {
        view: session.exec(
            select(func.count()).select_from(Undertaking).where(*seen, *_in_view(viewer, view))
        ).one()
        for view in VIEWS
    }


def waiting_undertakings(
    session: Session, viewer: Viewer, chairs: frozenset[str] | None = None
) -> tuple[UndertakingLine, ...]:
    """Everything of any kind in which a step waits for the viewer, what is due first on top.

    `chairs`: only what waits for these roles of his; all of them where none are named.
    """
    held = viewer.actor.roles
    statement = _first_waiting(viewer.office, viewer.actor)(
        held if chairs is None else held & chairs
    )
    [found] = ask(session.connection(), (statement, {}))
    lines = _lines(session, viewer, [standing(Undertaking, one).made for one in found])
    return tuple(sorted(lines, key=lambda one: (one.clock is None, one.clock and one.clock.due_at)))


def undertakings_waiting(
    office: Office, actor: Actor, held: frozenset[str]
) -> Select[tuple[int | None]]:
    """The ids of the undertakings that wait for a person in these chairs of his."""
    waits = _waits_for(office, actor)(held)
    return select(col(Undertaking.id)).where(visible_undertakings(office, actor), waits)


@once_a_chair
def _first_waiting(office: Office, actor: Actor) -> Callable[[frozenset[str]], Statement]:
    """What waits for the roles in which one asks, as far as a page shows it."""
    table = SQLModel.metadata.tables["undertaking"]

    @cache
    def found(roles: frozenset[str]) -> Statement:
        waits = _waits_for(office, actor)(roles)
        query = columns(*table.c).where(visible_undertakings(office, actor), waits)
        return Statement(query.order_by(table.c.id).limit(PAGE), spelled=True)

    return found


def waiting_ids(viewer: Viewer) -> SelectBase:
    """A query for the ids of the undertakings in which a step waits for the viewer."""
    return select(Undertaking.id).where(_is_waiting(viewer))


def _in_view(viewer: Viewer, view: str) -> list[ColumnElement[bool]]:
    own = col(Undertaking.department_id) == viewer.actor.department
    return {
        "waiting": [_is_waiting(viewer)],
        "sent": [own],
        "received": [_has_process(col(Process.department_id) == viewer.actor.department)],
    }.get(view, [])


def _has_process(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    mine = select(col(Process.clue_id)).where(condition)
    return col(Undertaking.id).in_(mine)


def _is_waiting(viewer: Viewer, chairs: frozenset[str] | None = None) -> ColumnElement[bool]:
    """The condition on `Undertaking` under which a step of it waits for the viewer."""
    held = viewer.actor.roles
    return _waits_for(viewer.office, viewer.actor)(held if chairs is None else held & chairs)


def is_waiting(office: Office, actor: Actor) -> ColumnElement[bool]:
    """The same for an actor in all his chairs."""
    return _waits_for(office, actor)(actor.roles)


@once_a_chair
def _waits_for(office: Office, actor: Actor) -> Callable[[frozenset[str]], ColumnElement[bool]]:
    """`_is_waiting` by the roles in which one asks, each put together once."""
    lifecycles = office.rules.lifecycles
    others = {key: one for key, one in lifecycles.items() if one.root != "clue"}

    @cache
    def found(roles: frozenset[str]) -> ColumnElement[bool]:
        waits = waiting_for(others, roles)
        own = [one for one in waits if lifecycles[one.kind].is_root]
        beside = [one for one in waits if not lifecycles[one.kind].is_root]
        ways = [reached_by(Undertaking, own, actor, office)] if own else []
        if beside:
            ways.append(_has_process(reached_by(Process, beside, actor, office)))
        return or_(col(Undertaking.id).in_([]), *ways)

    return found


def _lines(session: Session, viewer: Viewer, rows: Sequence[Undertaking]) -> list[UndertakingLine]:
    ids = [one.id or NEW for one in rows]
    if not ids:
        return []
    beside: dict[int, list[Process]] = {}
    query = select(Process).where(col(Process.clue_id).in_(ids)).order_by(col(Process.id))
    for one in session.exec(query):
        beside.setdefault(one.clue_id, []).append(one)
    clocks: dict[int, list[Clock]] = {}
    running = select(Clock).where(col(Clock.clue_id).in_(ids), col(Clock.ended_at).is_(None))
    for clock in session.exec(running.order_by(col(Clock.due_at), col(Clock.id))):
        clocks.setdefault(clock.clue_id, []).append(clock)
    return [
        _line(viewer, one, beside.get(one.id or NEW, []), clocks.get(one.id or NEW, []))
        for one in rows
    ]


def _line(
    viewer: Viewer, row: Undertaking, beside: Sequence[Process], clocks: Sequence[Clock]
) -> UndertakingLine:
    rules = viewer.office.rules
    lifecycle = rules.lifecycles[row.kind]
    if not sees_whole(viewer.office, viewer.actor, row):
        # How another addressee stands is no news to this one.
        beside = [one for one in beside if one.department_id == viewer.actor.department]
        clocks = [one for one in clocks if one.owner_id == viewer.actor.department]
    own = [one for one in clocks if one.owner_id == viewer.actor.department] or list(clocks)
    asked = departments_asked(row.kind, beside)
    late = {one.process_id for one in clocks if not one.paused and one.breach_at < viewer.now}
    return UndertakingLine(
        row=row,
        path=path_of(row),
        label=lifecycle.label,
        state=lifecycle.states[row.state].label,
        holder=rules.departments[row.department_id].name,
        asked=len(asked),
        done=sum(one.ended_at is not None for one in asked),
        late=len(late),
        clock=clock_line(viewer.office, own[0], viewer.now) if own else None,
        steps=tuple(_steps(viewer, row, beside)),
    )


def _steps(viewer: Viewer, row: Undertaking, beside: Sequence[Process]) -> list[NextForm]:
    """The usual next steps that are the viewer's own."""
    lifecycles, actor = viewer.office.rules.lifecycles, viewer.actor
    things: list[Undertaking | Process] = [row, *beside]
    return [
        NextForm(lifecycle.actions[name].label, form_path(row, lifecycle, name, one.id or NEW))
        for one in things
        if one.department_id == actor.department
        for lifecycle in [lifecycles[one.kind]]
        for name in usual_steps(one.kind, one.state)
        if actor.roles & set(lifecycle.actions[name].by)
    ]
