"""The limits and clues behind a figure of the board, page by page, what is due first on top.

The limits are those of clues and of undertakings, each under its own number.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import ColumnElement, and_, literal, or_, tuple_
from sqlalchemy import select as select_columns
from sqlalchemy.orm import load_only
from sqlmodel import Session, col, select

from domain.limits.board_stages import stage_of
from domain.tables.columns import UTCDateTime
from domain.tables.people import User
from domain.tables.process import Clock, Clue, Process
from domain.tables.undertaking import Undertaking
from flows.door.locked_dossier import Root
from flows.door.page_paths import path_of
from flows.door.visible_undertakings import visible_undertakings
from flows.lists.clue_listing import ClockLine, clock_line
from flows.lists.list_filters import along
from flows.lists.next_actor import chairs_in_words
from flows.people.viewer import Viewer
from flows.people.visible_clues import visible
from flows.rows.known_ids import among
from flows.site.word_search import texts_have
from flows.watch.board import COLOURS, in_stage, of_age, running
from flows.watch.light_counts import colour, is_late

PAGE = 30
EVERYTHING = 10_000
"""As many lines as a table to take away holds."""


LATEST = "latest"
SHOWN = (
    load_only(Clue.no, Clue.title, Clue.state, Clue.department_id, Clue.facts),  # type: ignore[arg-type]
)
"""What the lists tell of a clue."""


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


@dataclass(frozen=True)
class WatchedLine:
    """A running limit of a clue or undertaking, and with whom it lies."""

    root: Root
    path: str
    row: Clock
    clock: ClockLine
    stage: str
    who: str
    state: str


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


def _places(session: Session, viewer: Viewer, narrow: Narrow, most: int) -> list[Place]:
    place, latest = (col(Clock.breach_at), col(Clock.id)), narrow.sort == LATEST
    query = (
        select_columns(*place)
        .join(Clue, col(Clue.id) == col(Clock.clue_id), isouter=True)
        .join(Undertaking, col(Undertaking.id) == col(Clock.clue_id), isouter=True)
        .where(*running(viewer), along([_is_seen(viewer)]), *_narrowed(viewer, narrow))
        .order_by(*(one.desc() if latest else one for one in place))
        .limit(most)
    )
    if last := read_place(narrow.after):
        end = tuple_(literal(last[0], UTCDateTime()), literal(last[1]))
        query = query.where(tuple_(*place) < end if latest else tuple_(*place) > end)
    return [(moment, key or 0) for moment, key in session.execute(query)]


def _page_of(session: Session, viewer: Viewer, places: Sequence[Place], size: int) -> WatchedPage:
    shown = [key for _, key in places[:size]]
    if not shown:
        return WatchedPage(())
    query = (
        select(Clock, Clue, Undertaking)
        .join(Clue, col(Clue.id) == col(Clock.clue_id), isouter=True)
        .join(Undertaking, col(Undertaking.id) == col(Clock.clue_id), isouter=True)
        .where(among(col(Clock.id), shown))
        .options(*SHOWN)
    )
    rows: dict[int, tuple[Clock, Root]] = {}
    for clock, clue, other in session.exec(query):
        if (root := clue or other) is not None:
            rows[clock.id or 0] = (clock, root)
    found = [rows[key] for key in shown if key in rows]
    moment, last = places[len(shown) - 1]
    older = f"{moment.isoformat()}_{last}" if len(places) > size else ""
    return WatchedPage(tuple(_lines(session, viewer, found)), older)


def _is_seen(viewer: Viewer) -> ColumnElement[bool]:
    """The condition on a clock's clue or undertaking under which the viewer may see it."""
    office, actor = viewer.office, viewer.actor
    return or_(
        and_(col(Clue.id).is_not(None), visible(office, actor)),
        and_(col(Undertaking.id).is_not(None), visible_undertakings(office, actor)),
    )


def read_place(after: str) -> tuple[datetime, int] | None:
    """The place a page begins after, as its address tells it; None for the first page."""
    moment, _, number = after.partition("_")
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (found, int(number)) if number.isdecimal() and found.tzinfo else None


def _narrowed(viewer: Viewer, narrow: Narrow) -> Iterable[ColumnElement[bool]]:
    if narrow.text.strip():
        shown = [Clue.no, Clue.title, Clue.subject_name, Undertaking.no, Undertaking.title]
        yield texts_have([col(one) for one in shown], narrow.text)
    if narrow.department:
        yield col(Clock.owner_id) == narrow.department
    if narrow.stage:
        yield in_stage(narrow.stage, viewer.office.rules.deadlines)
    if narrow.light == "red":
        yield is_late(viewer.now)
    elif narrow.light in COLOURS:
        yield colour(viewer.now, viewer.office.rules.calendar) == narrow.light


def _lines(
    session: Session, viewer: Viewer, rows: Sequence[tuple[Clock, Root]]
) -> Iterable[WatchedLine]:
    office = viewer.office
    processes = _processes(session, [clock for clock, _ in rows])
    names = handler_names(session, [root for _, root in rows])
    for clock, root in rows:
        # A main line has the id of its own dossier, which some other process may bear too.
        beside = processes.get((clock.process_kind, clock.process_id))
        current = root.state if beside is None else beside.state
        state = office.rules.lifecycles[clock.process_kind].states[current]
        handler = str(root.facts.get("handler_user") or "")
        is_his = handler and clock.owner_id == root.department_id and "handler" in state.awaits
        yield WatchedLine(
            root=root,
            path=path_of(root),
            row=clock,
            clock=clock_line(office, clock, viewer.now),
            stage=stage_of(clock.process_kind, clock.rule, office.rules.deadlines).label,
            who=names.get(handler, handler) if is_his else chairs_in_words(office, state.awaits),
            state=state.label,
        )


def _processes(session: Session, clocks: Sequence[Clock]) -> Mapping[tuple[str, int], Process]:
    ids = {one.process_id for one in clocks}
    states = load_only(Process.kind, Process.state)  # type: ignore[arg-type]
    rows = session.exec(select(Process).where(among(col(Process.id), ids)).options(states))
    return {(one.kind, one.id or 0): one for one in rows}


def handler_names(session: Session, clues: Iterable[Root]) -> Mapping[str, str]:
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
