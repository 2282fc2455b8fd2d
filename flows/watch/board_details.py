"""The limits and clues behind a figure of the board, page by page, what is due first on top.

The limits are those of clues and of undertakings, each under its own number.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, Protocol

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    case,
    func,
    literal,
    or_,
    tuple_,
)
from sqlalchemy import select as select_columns
from sqlmodel import Session, SQLModel, col, select

from domain.limits.board_stages import stage_of
from domain.situation.situation import Actor
from domain.tables.columns import UTCDateTime
from domain.tables.people import User
from domain.tables.process import Clock, Clue, Process
from domain.tables.undertaking import Undertaking
from flows.door.page_paths import page_path
from flows.door.visible_undertakings import visible_undertakings
from flows.lists.clue_listing import ClockLine, clock_line
from flows.lists.list_filters import along
from flows.lists.next_actor import chairs_in_words
from flows.people.viewer import Viewer, anybody
from flows.people.visible_clues import once_a_chair, visible
from flows.rows.known_ids import among_told, as_text
from flows.rows.statements import Statement, ask, told
from flows.site.office import Office
from flows.site.word_search import texts_have
from flows.watch.board import COLOURS, in_stage, of_age, running
from flows.watch.light_counts import colour, is_late

PAGE = 30
EVERYTHING = 10_000
"""As many lines as a table to take away holds."""

LATEST = "latest"
DIGITS = 15
SHAPES = 64
"""So many ways of narrowing the limits are remembered for a chair."""


@dataclass(frozen=True)
class Narrow:
    """What the lines are narrowed to; empty fields narrow nothing.

    `sort`: `latest` for what was due last on top; what was due first, otherwise.
    """

    department: str = ""
    stage: str = ""
    light: str = ""
    after: str = ""
    text: str = ""
    sort: str = ""


class Limit(Protocol):
    """What a line reads of its limit."""

    id: int
    clue_id: int
    rule: str
    owner_id: str
    due_at: datetime
    breach_at: datetime
    next_rung: int
    next_rung_at: datetime | None


@dataclass(frozen=True)
class WatchedLine:
    """A running limit, and with whom it lies; `no`, `title`: of its clue or undertaking."""

    no: str
    title: str
    path: str
    row: Limit
    clock: ClockLine
    stage: str
    who: str
    state: str
    is_of_clue: bool


@dataclass(frozen=True)
class WatchedPage:
    """A page of lines, and where the next one begins."""

    lines: tuple[WatchedLine, ...]
    older: str = ""


@dataclass(frozen=True)
class AgedPage:
    """A page of open clues, the oldest on top."""

    clues: tuple[tuple[Clue, str, str], ...]
    older: str = ""


def running_limits(
    session: Session, viewer: Viewer, narrow: Narrow, size: int = PAGE
) -> WatchedPage:
    """The running limits that are wanted, in their order."""
    return _page_of(session, viewer, _places(session, viewer, narrow, size + 1), size)


def running_counted(
    session: Session, viewer: Viewer, narrow: Narrow, most: int, size: int = PAGE
) -> tuple[WatchedPage, int]:
    """`running_limits` with how many there are on all pages together, counted no further than
    `most`: the first page is read along.
    """
    places = _places(session, viewer, replace(narrow, after=""), most)
    if narrow.after:
        return running_limits(session, viewer, narrow, size), len(places)
    return _page_of(session, viewer, places, size), len(places)


Place = tuple[datetime, int]
"""Where a limit stands in the list: when it is breached, and its id."""


@dataclass(frozen=True)
class _Said:
    """What a list of limits goes by, as its question has it."""

    now: Any
    department: Any
    moment: Any
    number: Any


_KINDS = _Said(UTCDateTime(), String(), UTCDateTime(), BigInteger())
_TOLD = _Said(**{name: told(name, kind) for name, kind in vars(_KINDS).items()})


def _places(session: Session, viewer: Viewer, narrow: Narrow, most: int) -> list[Place]:
    moment, number = read_place(narrow.after) or (None, 0)
    now = viewer.now.replace(microsecond=0)
    said = {"now": now, "department": narrow.department, "moment": moment, "number": number}
    narrow = replace(narrow, after=_one_for_all(moment))
    if narrow.text.strip() or narrow.light not in ("", "red"):
        # Words, and days by which a light goes: no two looks ask for the same.
        as_is = _Said(**{one: literal(said[one], kind) for one, kind in vars(_KINDS).items()})
        query = _limits_in_order(viewer, narrow, as_is).limit(most)
        return [(at, key or 0) for at, key in session.execute(query)]
    shape = replace(narrow, department=_one_for_all(narrow.department), text="")
    question = _first_limits(viewer.office, viewer.actor)(shape)
    [rows] = ask(session.connection(), (question, {**said, "most": most}))
    return [(one.breach_at, one.id) for one in rows]


def _one_for_all(value: object) -> str:
    return "told" if value else ""


@once_a_chair
def _first_limits(office: Office, actor: Actor) -> Callable[[Narrow], Statement]:
    """The first so many limits, put together once for all departments and all places to go on."""

    @lru_cache(maxsize=SHAPES)
    def found(shape: Narrow) -> Statement:
        query = _limits_in_order(anybody(office, actor), shape, _TOLD)
        query = query.limit(told("most", Integer()))
        return Statement(query, spelled=True, steady=not shape.department)

    return found


def _limits_in_order(viewer: Viewer, narrow: Narrow, said: _Said) -> Select[Any]:
    place, latest = (col(Clock.breach_at), col(Clock.id)), narrow.sort == LATEST
    query = (
        select_columns(*place)
        .join(Clue, col(Clue.id) == col(Clock.clue_id), isouter=True)
        .join(Undertaking, col(Undertaking.id) == col(Clock.clue_id), isouter=True)
        .where(*running(viewer), along([_is_seen(viewer)]), *_narrowed(viewer, narrow, said))
        .order_by(*(one.desc() if latest else one for one in place))
    )
    if not narrow.after:
        return query
    end = tuple_(said.moment, said.number)
    return query.where(tuple_(*place) < end if latest else tuple_(*place) > end)


def _page_of(session: Session, viewer: Viewer, places: Sequence[Place], size: int) -> WatchedPage:
    shown = [key for _, key in places[:size]]
    if not shown:
        return WatchedPage(())
    [rows] = ask(session.connection(), (LISTED, {"ids": as_text(shown)}))
    found = {one.id: one for one in rows}
    moment, last = places[len(shown) - 1]
    older = f"{moment.isoformat()}_{last}" if len(places) > size else ""
    lines = _lines(viewer, [found[key] for key in shown if key in found])
    return WatchedPage(tuple(lines), older)


def _listed() -> Statement:
    """Limits with what they are of, its handler, and the state of the process that they run in."""
    clock, handler = SQLModel.metadata.tables["clock"], _either("handler_id", "handler_user")
    named = select_columns(col(User.name)).where(col(User.id) == handler).scalar_subquery()
    query = (
        select_columns(
            clock,
            *(_either(one).label(f"root_{one}") for one in ("no", "title", "department_id")),
            case((col(Clue.id).is_not(None), "clue"), else_=col(Undertaking.kind)).label("root"),
            # A main line has the id of its own dossier, which some other process may bear too.
            func.coalesce(col(Process.state), _either("state")).label("state"),
            func.coalesce(named, handler).label("handler"),
        )
        .join(Clue, col(Clue.id) == clock.c.clue_id, isouter=True)
        .join(Undertaking, col(Undertaking.id) == clock.c.clue_id, isouter=True)
        .join(
            Process,
            and_(col(Process.id) == clock.c.process_id, col(Process.kind) == clock.c.process_kind),
            isouter=True,
        )
        .where(
            among_told(clock.c.id, "ids"),
            or_(col(Clue.id).is_not(None), col(Undertaking.id).is_not(None)),
        )
    )
    return Statement(query, steady=True)


def _either(column: str, fact: str = "") -> ColumnElement[Any]:
    """A column of a clue or, where there is none, of an undertaking; `fact`: where that has it."""
    other = col(Undertaking.facts)[fact].as_string() if fact else getattr(Undertaking, column)
    return func.coalesce(getattr(Clue, column), other)


LISTED = _listed()


def _is_seen(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on a clock's clue or undertaking under which the viewer may see it."""
    office, actor = viewer.office, viewer.actor
    return or_(
        and_(col(Clue.id).is_not(None), visible(office, actor)),
        and_(col(Undertaking.id).is_not(None), visible_undertakings(office, actor)),
    )


def read_place(after: str) -> tuple[datetime, int] | None:
    """The place a page begins after, as its address tells it; None for the first page.

    An address that somebody altered begins at the top.
    """
    moment, _, number = after.partition("_")
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return None
    is_place = number.isdecimal() and len(number) <= DIGITS and found.tzinfo
    return (found, int(number)) if is_place else None


def _narrowed(viewer: Viewer, narrow: Narrow, said: _Said) -> Iterable[ColumnElement[bool]]:
    if narrow.text.strip():
        shown = [Clue.no, Clue.title, Clue.subject_name, Undertaking.no, Undertaking.title]
        yield texts_have([col(one) for one in shown], narrow.text)
    if narrow.department:
        yield col(Clock.owner_id) == said.department
    if narrow.stage:
        yield in_stage(narrow.stage, viewer.office.rules.deadlines)
    if narrow.light == "red":
        yield is_late(said.now)
    elif narrow.light in COLOURS:
        yield colour(viewer.now, viewer.office.rules.calendar) == narrow.light


def _lines(viewer: Viewer, rows: Sequence[Any]) -> Iterable[WatchedLine]:
    office = viewer.office
    for one in rows:
        state = office.rules.lifecycles[one.process_kind].states[one.state]
        is_his = one.handler and one.owner_id == one.root_department_id
        is_his = is_his and "handler" in state.awaits
        yield WatchedLine(
            no=one.root_no,
            title=one.root_title,
            path=page_path(one.root, one.root_no),
            row=one,
            clock=clock_line(office, one, viewer.now),
            stage=stage_of(one.process_kind, one.rule, office.rules.deadlines).label,
            who=one.handler if is_his else chairs_in_words(office, state.awaits),
            state=state.label,
            is_of_clue=one.root == "clue",
        )


def handler_names(session: Session, clues: Iterable[Clue]) -> Mapping[str, str]:
    """The names of the clues' handlers, by user."""
    ids = {str(one.facts.get("handler_user") or "") for one in clues} - {""}
    rows = session.exec(select(User.id, User.name).where(col(User.id).in_(ids)))
    return dict(rows.all())


def open_clues_by_age(
    session: Session,
    viewer: Viewer,
    narrow: tuple[str, int | None],
    after: str = "",
    size: int = PAGE,
) -> AgedPage:
    """Open clues of a department and an age group with state and handler, the oldest on top."""
    department, group = narrow
    place = tuple_(col(Clue.received_at), col(Clue.id))
    query = select(Clue).where(col(Clue.ended_at).is_(None), visible(viewer.office, viewer.actor))
    if department:
        query = query.where(col(Clue.department_id) == department)
    if viewer.watched is not None:
        query = query.where(col(Clue.department_id).in_(viewer.watched))
    if group is not None:
        query = query.where(of_age(group, viewer.now))
    if last := read_place(after):
        query = query.where(place > tuple_(literal(last[0], UTCDateTime()), literal(last[1])))
    ordered = query.order_by(col(Clue.received_at), col(Clue.id)).limit(size + 1)
    found = list(session.exec(ordered))
    shown = found[:size]
    names = handler_names(session, shown)
    states = viewer.office.rules.lifecycles["clue"].states
    older = f"{shown[-1].received_at.isoformat()}_{shown[-1].id}" if len(found) > size else ""
    lines = [
        (one, states[one.state].label, names.get(str(one.facts.get("handler_user") or ""), ""))
        for one in shown
    ]
    return AgedPage(tuple(lines), older)
