"""Lists of clues, what is due first on top, read page by page along the clocks' own order.

A page costs what it shows: neither closed clues nor those far from their limit are read.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache

import sqlalchemy
from sqlalchemy import Integer, literal
from sqlmodel import Session, col

from domain.situation.situation import Actor
from domain.tables.columns import UTCDateTime
from domain.tables.process import Clue
from flows.lists.list_filters import Asking, Wanted, asked_of_any, asking, moments_of
from flows.lists.list_queries import (
    FIRST,
    SHAPES,
    clock_query,
    clockless_query,
    first_clocks,
    likely_to_do,
    list_of_view,
    looked_up,
    number_in,
    numbered_query,
    of_ended,
    of_newest_ended,
    placed,
)
from flows.lists.waiting_work import anything_waits
from flows.lists.work_lines import WorkLine, work_lines
from flows.people.viewer import Viewer
from flows.people.visible_clues import once_a_chair, ways_to_see
from flows.rows.known_ids import as_text
from flows.rows.statements import Statement, ask, told
from flows.site.office import Office
from flows.site.word_search import few_with_words, spoken

PAGE, COUNTED = 30, 300
NEWEST, OLDEST = "newest", "oldest"
SORTS = (NEWEST, OLDEST)
CURSOR = re.compile(r"|n?\d{1,15}|\d{4}-[-0-9T:.]{14,21}\+00:00_\d{1,15}")
"""Where a page may begin; any other word is none."""


Limited = tuple[int, datetime, int]
"""A clue, the due moment of the limit that gives it its place, and that limit."""


@dataclass(frozen=True)
class Page:
    """A page of a list, and where the next one begins."""

    lines: tuple[WorkLine, ...]
    older: str = ""


def read_page(session: Session, viewer: Viewer, wanted: Wanted, size: int = PAGE) -> Page:
    """One page of what is wanted and visible, what is due first on top.

    The next page begins after `older`, which goes into `Wanted.after`; an address somebody altered
    begins at the top. Pages go on from the last place shown and not from a count, so that nothing
    is passed over when something above it is done in between.
    """
    wanted = _from_a_place(wanted)
    return _page_of(session, viewer, _places(session, viewer, wanted, size + 1), size)


def read_counted(
    session: Session, viewer: Viewer, wanted: Wanted, most: int = COUNTED, size: int = PAGE
) -> tuple[Page, int]:
    """`read_page` with how many there are on all pages, of which the first is read along."""
    wanted = _from_a_place(wanted)
    if wanted.after:
        page = read_page(session, viewer, wanted, size)
        return page, count_of(session, viewer, replace(wanted, after=""), most)
    places = _places(session, viewer, wanted, most)
    return _page_of(session, viewer, places, size), len(places)


def page_from(
    session: Session,
    viewer: Viewer,
    wanted: Wanted,
    found: Iterable[Limited],
    rest: Callable[[], Iterable[int]] | None = None,
) -> Page:
    """`read_page` where the first places with a limit were found before, up to one too many.

    `rest`: tells the first without one, where the caller knows them.
    """
    places = [_place(*one) for one in found]
    size = PAGE + 1 - len(places)
    if size > 0 and rest is not None:
        places += [_unlimited(one) for one in rest()][:size]
    elif size > 0:
        places += _without_clock(session, viewer, wanted, (0, size))
    return _page_of(session, viewer, places, PAGE)


def has_any(session: Session, viewer: Viewer, wanted: Wanted) -> bool:
    """Whether a list holds anything."""
    return bool(_places(session, viewer, wanted, 1))


def _from_a_place(wanted: Wanted) -> Wanted:
    return wanted if CURSOR.fullmatch(wanted.after) else replace(wanted, after="")


@dataclass(frozen=True)
class _Place:
    """A clue's place in a list, and the clock that gives it, where one does."""

    clue_id: int
    mark: str = ""
    due_at: datetime | None = None
    clock_id: int = 0

    @property
    def cursor(self) -> str:
        """Where a page goes on that ends with it."""
        due = self.due_at
        if due is None:
            return self.mark
        due = due.replace(tzinfo=UTC) if due.tzinfo is None else due.astimezone(UTC)
        return f"{due.isoformat()}_{self.clock_id}"


def _places(session: Session, viewer: Viewer, wanted: Wanted, size: int) -> list[_Place]:
    """The first places of a list, from where its page begins."""
    if wanted.view == "ended":
        return _ended(session, viewer, wanted, size)
    if wanted.view == "waiting" and not anything_waits(session, viewer.office, viewer.actor):
        return []
    wanted = looked_up(session, viewer, wanted)
    if wanted.among == ():
        return []
    if wanted.view == "open" and wanted.sort in SORTS:
        return _by_number(session, viewer, wanted, size)
    return _by_due(session, viewer, wanted, size)


def _page_of(session: Session, viewer: Viewer, places: list[_Place], size: int) -> Page:
    shown = places[:size]
    clues = [one.clue_id for one in shown]
    ordering = {one.clock_id for one in shown}
    older = shown[-1].cursor if len(places) > size else ""
    return Page(tuple(work_lines(session, viewer, clues, ordering)), older)


def _by_due(session: Session, viewer: Viewer, wanted: Wanted, size: int) -> list[_Place]:
    """First those with a clock, in its order; after the last of them those without."""
    found: list[_Place] = []
    if not wanted.after.startswith("n"):
        found = _with_clock(session, viewer, wanted, size)
    if len(found) < size and not wanted.light:
        after = int(wanted.after[1:]) if wanted.after.startswith("n") else 0
        found += _without_clock(session, viewer, wanted, (after, size - len(found)))
    return found


def count_of(session: Session, viewer: Viewer, wanted: Wanted, most: int = COUNTED) -> int:
    """How many clues are wanted and visible, counted no further than `most`."""
    return len(_places(session, viewer, wanted, most))


def _with_clock(session: Session, viewer: Viewer, wanted: Wanted, size: int) -> list[_Place]:
    """Where many things are asked, the limits that come first are tried before all of them.

    Nothing but a view and a light, as most lists begin, is one statement made once.
    """
    if wanted == Wanted(view=wanted.view, light=wanted.light):
        query = list_of_view(viewer.office, viewer.actor)(wanted.view, wanted.light, size)
        at = vars(moments_of(viewer.now))
        return [_place(*one) for one in ask(session.connection(), (query, at))[0]]
    asked = asking(session, wanted)
    moment, _, number = wanted.after.partition("_")
    after, found = (_moment(moment), number), list[_Place]()
    most = FIRST if wanted.asks_much else 0
    while most:
        found += _limits(session, viewer, asked, (after, size - len(found), most))
        if len(found) == size:
            return found
        most = likely_to_do(len(found), size) if most == FIRST else 0
        after = _after(found, after)
    return found + _limits(session, viewer, asked, (after, size - len(found), 0))


def _after(found: list[_Place], before: tuple[datetime, str]) -> tuple[datetime, str]:
    """Where the search goes on: behind the last that was found, for up to it all are known."""
    last = found[-1] if found else None
    return (last.due_at, str(last.clock_id)) if last and last.due_at else before


def _limits(
    session: Session,
    viewer: Viewer,
    asked: Asking,
    span: tuple[tuple[datetime, str], int, int],
) -> list[_Place]:
    """So many places after a limit: among so many that come first, or among all (0)."""
    (moment, number), size, most = span
    if asked.is_asked_alike:
        question = _limits_alike(viewer.office, viewer.actor)
        statement = question(asked.wanted, bool(most), bool(number))
        begins = {"since": moment, "moment": moment, "number": int(number or 0)}
        values = {**asked.values, **begins, "most": most, "size": size}
        return [_place(*one) for one in ask(session.connection(), (statement, values))[0]]
    since = literal(moment, UTCDateTime())
    first = first_clocks(viewer, asked, (since, literal(most))) if most else None
    query = clock_query(viewer, asked) if first is None else first
    after = (since, literal(int(number))) if number else None
    return [_place(*one) for one in session.execute(placed(query, after, size))]


def _place(clue_id: int | None, due: datetime, clock_id: int | None) -> _Place:
    return _Place(clue_id or 0, due_at=due, clock_id=clock_id or 0)


def _without_clock(
    session: Session, viewer: Viewer, wanted: Wanted, span: tuple[int, int]
) -> list[_Place]:
    after, size = span
    asked = asking(session, wanted)
    if asked.is_asked_alike:
        statement = _clues_alike(viewer.office, viewer.actor)(asked.wanted)
        values = {**asked.values, "after": after, "size": size}
        return [_unlimited(one.id) for one in ask(session.connection(), (statement, values))[0]]
    query = clockless_query(viewer, asked).where(col(Clue.id) > after)
    rows = session.execute(query.order_by(col(Clue.id)).limit(size)).scalars()
    return [_unlimited(one or 0) for one in rows]


def _unlimited(clue_id: int) -> _Place:
    return _Place(clue_id, f"n{clue_id}")


def _by_number(session: Session, viewer: Viewer, wanted: Wanted, size: int) -> list[_Place]:
    """The open ones as they were registered."""
    newest, key = wanted.sort == NEWEST, col(Clue.id)
    query = numbered_query(viewer, asking(session, wanted))
    after = number_in(wanted.after)
    if after is not None:
        query = query.where(key < after if newest else key > after)
    found = session.execute(query.order_by(key.desc() if newest else key).limit(size)).scalars()
    return [_Place(one or 0, str(one)) for one in found]


def _ended(session: Session, viewer: Viewer, wanted: Wanted, size: int) -> list[_Place]:
    """The newest of those that are seen.

    They are looked for among the newest of all, and where these do not fill the list, along each
    way of seeing them: who sees many finds enough in the first, who sees few has short ways.
    """
    ways = ways_to_see(viewer.office, viewer.actor)
    words = "" if wanted.inside else wanted.text.strip()
    few = few_with_words(session, words) if words else None
    asked = asking(session, wanted)
    found: Sequence[int | None] = ()
    if few is not None or words or len(ways) > 1:
        found = _newest_that_ended(session, viewer, asked, few, size)
    if few is None and len(found) < size and ways:
        conditions = of_ended(viewer, asked)
        each = [
            one.ids.where(*conditions).order_by(one.key.desc()).limit(size).subquery()
            for one in ways
        ]
        parts = [sqlalchemy.select(*one.c) for one in each]
        found = session.execute(sqlalchemy.union_all(*parts)).scalars().all()
    ids = sorted({one or 0 for one in found}, reverse=True)[:size]
    return [_Place(one, str(one)) for one in ids]


def _newest_that_ended(
    session: Session, viewer: Viewer, asked: Asking, few: tuple[int, ...] | None, size: int
) -> Sequence[int | None]:
    values = {**asked.values, "few": as_text(few or ())}
    among_few = few is not None
    if asked.is_asked_alike:
        statement = _ended_alike(viewer.office, viewer.actor)(asked.wanted, among_few)
        [rows] = ask(session.connection(), (statement, {**values, "size": size}))
        return [one.id for one in rows]
    query = of_newest_ended(viewer, replace(asked, say=spoken(values)), among_few)
    return session.execute(query.limit(size)).scalars().all()


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)


# --- columns and words, asked alike by many ------------------------------------------------------


@once_a_chair
def _limits_alike(office: Office, actor: Actor) -> Callable[[Wanted, bool, bool], Statement]:
    """`clock_query`, or `first_clocks`, asked alike, from the top or from a place on.

    Put together once for all words that are as rare: it takes as long as to ask.
    """
    viewer = Viewer(office, actor, datetime.min.replace(tzinfo=UTC))
    moment, since = (told(one, UTCDateTime()) for one in ("moment", "since"))
    number, most, size = (told(one, Integer()) for one in ("number", "most", "size"))

    @lru_cache(maxsize=SHAPES)
    def found(wanted: Wanted, is_first: bool, goes_on: bool) -> Statement:
        asked = asked_of_any(wanted)
        every = clock_query(viewer, asked) if not is_first else None
        query = first_clocks(viewer, asked, (since, most)) if every is None else every
        return Statement(placed(query, (moment, number) if goes_on else None, size))

    return found


@once_a_chair
def _clues_alike(office: Office, actor: Actor) -> Callable[[Wanted], Statement]:
    """The first of `clockless_query`, likewise."""
    viewer = Viewer(office, actor, datetime.min.replace(tzinfo=UTC))

    @lru_cache(maxsize=SHAPES)
    def found(wanted: Wanted) -> Statement:
        query = clockless_query(viewer, asked_of_any(wanted))
        query = query.where(col(Clue.id) > told("after", Integer())).order_by(col(Clue.id))
        return Statement(query.limit(told("size", Integer())))

    return found


@once_a_chair
def _ended_alike(office: Office, actor: Actor) -> Callable[[Wanted, bool], Statement]:
    """The first of `of_newest_ended`, likewise."""
    viewer = Viewer(office, actor, datetime.min.replace(tzinfo=UTC))

    @lru_cache(maxsize=SHAPES)
    def found(wanted: Wanted, among_few: bool) -> Statement:
        query = of_newest_ended(viewer, asked_of_any(wanted), among_few)
        return Statement(query.limit(told("size", Integer())))

    return found
