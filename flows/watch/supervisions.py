"""Supervisions and what became of each: ordered, acknowledged, reported, closed, or carried on."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache

from sqlalchemy import ColumnElement, exists, func, or_
from sqlalchemy import select as columns
from sqlmodel import Session, col, select

from domain.situation.situation import Actor
from domain.tables.process import Clock, Clue, Process
from domain.tables.record import Event, IssuedDocument
from flows.lists.clue_listing import ClockLine, clock_line
from flows.people.viewer import Viewer, anybody
from flows.people.visible_clues import NotForYou, once_a_chair, visible
from flows.rows.statements import Order, Statement
from flows.site.office import Office
from flows.site.word_search import clues_with_words, number_has
from flows.watch.board_details import PAGE
from flows.watch.supervision_form import addressee

KIND = "supervision"
STEPS = (
    "draft",
    "urge",
    "order",
    "acknowledge",
    "report",
    "give_opinion",
    "give_decision",
    "publicise",
    "close",
    "drop",
)
"""The actions that a supervision is followed by, in their usual order."""
MAIN_STEPS = ("order", "acknowledge", "report", "close")
"""The steps that are shown even before they were taken."""


DRAFTED, SILENT = ("drafted",), ("urged", "ordered")
"""The states of one that nobody issued yet, and of one that waits for its answer."""


@dataclass(frozen=True)
class StepTaken:
    """One step of a supervision, and when it was taken; None where it is still to come."""

    action: str
    label: str
    at: datetime | None


@dataclass(frozen=True)
class SupervisionLine:
    """One supervision as a list shows it."""

    process: Process
    clue: Clue
    to: str
    state: str
    numbers: tuple[str, ...]
    trigger: str
    steps: tuple[StepTaken, ...]
    clocks: tuple[ClockLine, ...]

    @property
    def is_ended(self) -> bool:
        """Whether nothing follows any more."""
        return self.process.ended_at is not None


@dataclass(frozen=True)
class SupervisionPage:
    """A page of supervisions, the newest on top."""

    lines: tuple[SupervisionLine, ...]
    older: int = 0


@dataclass(frozen=True)
class Which:
    """Which supervisions are wanted."""

    ended: bool = False
    state: str = ""
    department: str = ""
    before: int = 0
    text: str = ""


def supervisions(
    session: Session, viewer: Viewer, which: Which, size: int = PAGE
) -> SupervisionPage:
    """The supervisions that the viewer may see, the newest on top."""
    query = (
        select(Process, Clue)
        .join(Clue, col(Clue.id) == col(Process.clue_id))
        .where(*_wanted(session, viewer, which))
        .order_by(col(Process.id).desc())
        .limit(size + 1)
    )
    found = list(session.exec(query).all())
    shown = found[:size]
    older = shown[-1][0].id or 0 if len(found) > size else 0
    return SupervisionPage(tuple(_lines(session, viewer, shown)), older)


def how_many(session: Session, viewer: Viewer, which: Which) -> int:
    """How many supervisions are wanted, on all pages together."""
    query = select(func.count()).select_from(Process).join(Clue, col(Clue.id) == Process.clue_id)
    wanted = _wanted(session, viewer, replace(which, before=0))
    return session.exec(query.where(*wanted)).one()


def one_supervision(session: Session, viewer: Viewer, process_id: int) -> SupervisionLine:
    """One supervision; NotForYou where there is none that the viewer may see."""
    query = (
        select(Process, Clue)
        .join(Clue, col(Clue.id) == col(Process.clue_id))
        .where(col(Process.id) == process_id, *_seen(viewer))
    )
    found = session.exec(query).all()
    for line in _lines(session, viewer, found):
        return line
    raise NotForYou("没有这件督办，或者您无权查看")


def _seen(viewer: Viewer) -> list[ColumnElement[bool]]:
    found = [col(Process.kind) == KIND, visible(viewer.office, viewer.actor)]
    if viewer.watched is not None:
        own = col(Process.department_id).in_(viewer.watched)
        found.append(or_(own, col(Process.counterpart_id).in_(viewer.watched)))
    return found


def _wanted(session: Session, viewer: Viewer, which: Which) -> Iterable[ColumnElement[bool]]:
    yield from _seen(viewer)
    if which.text.strip():
        yield or_(clues_with_words(session, which.text), _has_letter(which.text))
    ended = col(Process.ended_at)
    yield ended.is_not(None) if which.ended else ended.is_(None)
    if which.state:
        yield col(Process.state) == which.state
    if which.department:
        yield col(Process.department_id) == which.department
    if which.before:
        yield col(Process.id) < which.before


def _has_letter(number: str) -> ColumnElement[bool]:
    """Whether one of its letters bears this number."""
    return exists().where(
        col(IssuedDocument.process_kind) == KIND,
        col(IssuedDocument.process_id) == col(Process.id),
        number_has(col(IssuedDocument.number), number),
    )


def _lines(
    session: Session, viewer: Viewer, rows: Sequence[tuple[Process, Clue]]
) -> Iterable[SupervisionLine]:
    office = viewer.office
    clues = {process.clue_id for process, _ in rows}
    numbers = _numbers(session, clues)
    taken = _taken(session, clues)
    clocks = _clocks(session, clues)
    lifecycle = office.rules.lifecycles[KIND]
    for process, clue in rows:
        key = process.id or 0
        yield SupervisionLine(
            process=process,
            clue=clue,
            to=office.rules.departments[addressee(process)].name,
            state=lifecycle.states[process.state].label,
            numbers=tuple(numbers.get(key, ())),
            trigger=str(process.facts.get("trigger") or process.facts.get("message") or ""),
            steps=tuple(_steps(office, taken.get(key, {}), process.ended_at is not None)),
            clocks=tuple(clock_line(office, one, viewer.now) for one in clocks.get(key, ())),
        )


def _steps(office: Office, taken: Mapping[str, datetime], is_over: bool) -> Iterable[StepTaken]:
    actions = office.rules.lifecycles[KIND].actions
    for name in STEPS:
        if name in taken or (name in MAIN_STEPS and not is_over):
            yield StepTaken(name, actions[name].label, taken.get(name))


def _numbers(session: Session, clues: Iterable[int]) -> Mapping[int, list[str]]:
    query = select(IssuedDocument.process_id, IssuedDocument.title, IssuedDocument.number).where(
        col(IssuedDocument.clue_id).in_(clues),
        col(IssuedDocument.process_kind) == KIND,
        col(IssuedDocument.number).is_not(None),
        col(IssuedDocument.voided_at).is_(None),
    )
    found: dict[int, list[str]] = {}
    for process, title, number in session.exec(query.order_by(col(IssuedDocument.id))):
        found.setdefault(process, []).append(f"《{title}》{number}")
    return found


def _taken(session: Session, clues: Iterable[int]) -> Mapping[int, dict[str, datetime]]:
    """The latest moment of each step."""
    query = select(Event.process_id, Event.action, Event.at).where(
        col(Event.clue_id).in_(clues), col(Event.process_kind) == KIND
    )
    found: dict[int, dict[str, datetime]] = {}
    for process, action, at in session.exec(query.order_by(col(Event.seq))):
        found.setdefault(process, {})[action] = at
    return found


def _clocks(session: Session, clues: Iterable[int]) -> Mapping[int, list[Clock]]:
    query = select(Clock).where(
        col(Clock.clue_id).in_(clues),
        col(Clock.process_kind) == KIND,
        col(Clock.ended_at).is_(None),
    )
    found: dict[int, list[Clock]] = {}
    for one in session.exec(query.order_by(col(Clock.due_at), col(Clock.id))):
        found.setdefault(one.process_id, []).append(one)
    return found


def supervisions_in(viewer: Viewer, states: tuple[str, ...]) -> Order:
    """How many supervisions of the departments that the viewer watches are in these states."""
    return _counted(viewer.office, viewer.actor)(states), {}


@once_a_chair
def _counted(office: Office, actor: Actor) -> Callable[[tuple[str, ...]], Statement]:
    watched = anybody(office, actor).watched

    @cache
    def statement(states: tuple[str, ...]) -> Statement:
        query = columns(func.count(col(Process.id))).where(
            col(Process.kind) == KIND,
            col(Process.ended_at).is_(None),
            col(Process.state).in_(states),
        )
        if watched is not None:
            query = query.where(col(Process.department_id).in_(watched))
        return Statement(query, spelled=True)

    return statement
