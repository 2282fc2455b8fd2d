"""Which pairs wait for a person, in the order of the queue, those that hang together as one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from itertools import islice
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    SelectBase,
    SQLColumnExpression,
    and_,
    false,
    func,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from domain.situation.situation import CHINA, Actor
from domain.tables.columns import UTCDateTime
from domain.tables.matching import Suspicion
from domain.tables.process import Clue
from flows.lists.list_filters import along
from flows.lists.waiting_work import counted
from flows.people.viewer import Viewer
from flows.people.visible_clues import once_a_chair, sight, visible
from flows.rows.known_ids import Key, among, among_told, as_text
from flows.rows.statements import Order, Statement, Told, ask, told
from flows.site.office import Office
from flows.workbench.menu_counts import MOST as IN_MENU
from flows.workbench.menu_counts import CountedTo

PLACED = ("merged", "redirected")
"""Where a clue stands in one of these, nothing more is merged into it, nor it into another."""
OLDEST, ALIKE = "oldest", "alike"
ORDERS = {"": "最近提示的在前", OLDEST: "最早提示的在前", ALIKE: "最相似的在前"}
MOST_PAIRS = 20
"""So many pairs of one block are shown; the others come forward as these are decided upon."""
BLOCKS, FULL = 10, 20
"""A page has so many blocks, and none is begun where so many pairs stand on it already."""
MANY = 300
"""Where so many pairs wait, only what hangs together with the first ones is read for a page."""
NEAR = 10
"""So many pages, at most, are read so: later ones are hardly ever asked for."""
LOOKED_THROUGH = 2000
"""Among so many pairs, of whomsoever, the first ones are looked for."""
ROUNDS = 10
"""So often it is asked what hangs on these pairs; where that does not end, all are read."""
ALWAYS = (datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))
COLUMNS = (
    *(col(Suspicion.id), col(Suspicion.clue_id), col(Suspicion.other_id)),
    *(col(Suspicion.raised_at), col(Suspicion.score)),
)
IS_DUPLICATE = col(Suspicion.kind) == "duplicate"
UNDECIDED = (col(Suspicion.decision).is_(None), IS_DUPLICATE)
DECIDED = (
    col(Suspicion.decision).is_not(None),
    col(Suspicion.decision).in_(("related", "distinct")),
    IS_DUPLICATE,
)


@dataclass(frozen=True)
class Wanted:
    """What the queue is narrowed to: clues of these numbers, and the day it was raised on.

    `sort`: of `ORDERS`; pairs that hang together stand where the first of them does.
    """

    numbers: frozenset[str] | None = None
    day: date | None = None
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A suspicion of two clues, and what gives its place; the score where it does."""

    id: int
    clue_id: int
    other_id: int
    raised_at: datetime
    score: float = 0.0


@dataclass(frozen=True)
class Part:
    """The groups of one page, how many pairs wait altogether, and whether more groups follow.

    Pairs of a long queue are counted no further than `MANY`.
    """

    groups: Sequence[Sequence[Line]]
    total: int
    is_last: bool


def open_pairs_total(viewer: Viewer, most: int = IN_MENU) -> Order:
    """How many pairs wait for the viewer, for menu and morning; counted no further than `most`."""
    return _open_count(viewer.office, viewer.actor)(most), {}


def page_of_groups(session: Session, viewer: Viewer, wanted: Wanted, page: int) -> Part:
    """A page of the queue; pages count from 1.

    Where thousands wait, the first pages read their pairs along their order, and then what hangs
    together with them.
    """
    groups = None
    if wanted.numbers is None:
        some = _some(session, viewer, wanted)
        if len(some) < MANY:
            groups = _grouped(_in_order(some, wanted.sort))
        elif (
            page <= NEAR
            and wanted.sort != ALIKE
            and (found := _near_page(session, viewer, wanted, page))
        ):
            return found
    groups = all_groups(session, viewer, wanted) if groups is None else groups
    pages = list(_pages(groups))
    shown = pages[page - 1] if page <= len(pages) else []
    return Part(shown, sum(map(len, groups)), page >= len(pages))


def all_groups(session: Session, viewer: Viewer, wanted: Wanted) -> list[list[Line]]:
    """The whole queue: its pairs by connected parts, each part where its first pair stands."""
    parts = _to_decide(viewer.office, viewer.actor, COLUMNS, UNDECIDED)
    narrow = list(_narrowed(session, wanted))
    query = union_all(*(one.where(*narrow) for one, _ in parts))
    return _grouped(_in_order(_lines(session, query), wanted.sort))


def to_decide_upon(office: Office, actor: Actor) -> ColumnElement[bool]:
    """The condition that the actor may decide upon a suspicion at hand."""
    return and_(*UNDECIDED, _row_by_row(office, actor))


def decided_upon(office: Office, actor: Actor) -> ColumnElement[bool]:
    """The condition that somebody decided upon a suspicion at hand, and that the actor might."""
    return and_(*DECIDED, _row_by_row(office, actor))


@once_a_chair
def all_decided(office: Office, actor: Actor) -> SelectBase:
    """The ids of all of them."""
    return union_all(*(one for one, _ in _to_decide(office, actor, (col(Suspicion.id),), DECIDED)))


@once_a_chair
def _open_count(office: Office, actor: Actor) -> CountedTo:
    """The newest clue first, of which most pairs are: who counts no further is done with few."""
    ways = _to_decide(office, actor, (col(Suspicion.id),), UNDECIDED)
    return cache(partial(counted, [one.order_by(own.desc()) for one, own in ways]))


def _to_decide(
    office: Office,
    actor: Actor,
    columns: Sequence[SQLColumnExpression[Any]],
    conditions: Sequence[ColumnElement[bool]],
) -> list[tuple[Select[Any], Key]]:
    """Those whose one clue lies unsent with the actor's department, and those whose other does.

    Each with the id of that clue.
    """
    (first, one), (second, other) = (
        (
            select(*columns)
            .join(own, col(own.id) == here)
            .join(Clue, col(Clue.id) == there)
            .where(*conditions, *_is_ones_own(office, actor, own)),
            col(own.id),
        )
        for own, here, there in _both_ways()
    )
    return [(first, one), (second.where(~_is_mine(actor, Clue)), other)]


@once_a_chair
def _row_by_row(office: Office, actor: Actor) -> ColumnElement[bool]:
    """The same as a condition on a suspicion, looked at where it stands."""
    found = (
        select(col(own.id))
        .join(Clue, col(Clue.id) == there)
        .where(col(own.id) == here, *_is_ones_own(office, actor, own))
        for own, here, there in _both_ways()
    )
    there_is = (one.correlate(Suspicion).limit(1).scalar_subquery() for one in found)
    return along([or_(*(one.is_not(None) for one in there_is))])


def _both_ways() -> Iterator[tuple[type[Clue], Key, Key]]:
    """A name for one's own clue, where a suspicion names it, and where it names the other."""
    one, other = col(Suspicion.clue_id), col(Suspicion.other_id)
    yield aliased(Clue), one, other
    yield aliased(Clue), other, one


def _is_ones_own(office: Office, actor: Actor, own: type[Clue]) -> Iterator[ColumnElement[bool]]:
    """That the one clue may be merged, and the other, joined as `Clue`, is seen and there still.

    Who sees anything at all of clues that were not delivered sees those of his department.
    """
    yield _is_mine(actor, own)
    yield col(Clue.state).not_in(PLACED)
    yield visible(office, actor)
    found = sight(office, actor)
    if not (found.sees_all or found.reach == "department"):
        yield false()


def _is_mine(actor: Actor, clue: type[Clue]) -> ColumnElement[bool]:
    return and_(col(clue.state) == "registered", col(clue.department_id) == actor.department)


# --- a queue that is not long ---------------------------------------------------------------------


def _some(session: Session, viewer: Viewer, wanted: Wanted) -> list[Line]:
    """Any `MANY` of the pairs raised on the day that is wanted: all, where there are fewer."""
    order: Order = _some_of(viewer.office, viewer.actor)(MANY), _told(wanted)
    return [Line(*row) for row in ask(session.connection(), order)[0]]


@once_a_chair
def _some_of(office: Office, actor: Actor) -> CountedTo:
    """The newest clues first, as they are counted: who has read enough of them is done."""
    ways = _to_decide(office, actor, COLUMNS, UNDECIDED)
    newest = [one.where(along([_in_span()])).order_by(own.desc()) for one, own in ways]

    @cache
    def statement(most: int) -> Statement:
        parts = (one.limit(most).subquery() for one in newest)
        found = union_all(*(select(*one.c) for one in parts)).limit(most)
        return Statement(found, spelled=True, steady=True)

    return statement


# --- the beginning of a long queue ----------------------------------------------------------------


def _near_page(session: Session, viewer: Viewer, wanted: Wanted, page: int) -> Part | None:
    """None where it takes the whole queue to tell what the page is."""
    first, touching = _beginning(viewer.office, viewer.actor)
    span = _told(wanted)
    connection = session.connection()
    [rows] = ask(connection, (first[wanted.sort == OLDEST], {**span, "most": MANY}))
    lines = [Line(*row) for row in rows]
    if len(lines) < MANY:
        return None
    asked: set[int] = set()
    for _ in range(ROUNDS):
        groups = _grouped(_in_order(lines, wanted.sort))
        pages = list(islice(_pages(groups), page + 1))
        if len(pages) <= page:
            return None
        near = (one for shown in pages[:page] for group in shown for one in group)
        known = {key for one in near for key in (one.clue_id, one.other_id)}
        if known <= asked:
            return Part(pages[page - 1], MANY, is_last=False)
        keys, asked = as_text(sorted(known - asked)), asked | known
        [rows] = ask(connection, (touching, {**span, "clues": keys}))
        lines = list({one.id: one for one in (*lines, *(Line(*row) for row in rows))}.values())
    return None


@once_a_chair
def _beginning(office: Office, actor: Actor) -> tuple[tuple[Statement, Statement], Statement]:
    """The first pairs, from the newest and from the oldest on; and those of clues that are told."""
    raised, key = col(Suspicion.raised_at), col(Suspicion.id)
    in_span, (since, until) = _in_span(), _ends()
    query = select(*COLUMNS[:-1]).where(to_decide_upon(office, actor))
    open_ones = select(raised).where(col(Suspicion.decision).is_(None), in_span)

    def first(*order: SQLColumnExpression[Any], newest: bool) -> Select[Any]:
        last = open_ones.order_by(*order).offset(LOOKED_THROUGH).limit(1).scalar_subquery()
        near = (
            raised >= func.coalesce(last, since) if newest else raised <= func.coalesce(last, until)
        )
        return query.where(in_span, near).order_by(*order).limit(told("most", Integer()))

    ends = (col(Suspicion.clue_id), col(Suspicion.other_id))
    near_by = query.where(along([in_span]))
    clauses = (
        first(raised.desc(), key.desc(), newest=True),
        first(raised, key, newest=False),
        union_all(*(near_by.where(among_told(end, "clues")) for end in ends)),
    )
    newest, oldest, touching = (Statement(one, spelled=True, steady=True) for one in clauses)
    return (newest, oldest), touching


# --- lines and groups -----------------------------------------------------------------------------


def _lines(session: Session, query: Any) -> list[Line]:
    return [Line(*row) for row in session.execute(query)]


def _narrowed(session: Session, wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    since, until = _span(wanted)
    yield col(Suspicion.raised_at) >= since
    yield col(Suspicion.raised_at) < until
    if wanted.numbers is not None:
        named = select(col(Clue.id)).where(col(Clue.no).in_(sorted(wanted.numbers)))
        yield among(col(Suspicion.clue_id), session.execute(named).scalars())


def _ends() -> tuple[Told, Told]:
    return told("since", UTCDateTime()), told("until", UTCDateTime())


def _in_span() -> ColumnElement[bool]:
    """That a pair was raised within the moments that `_told` tells."""
    since, until = _ends()
    return and_(col(Suspicion.raised_at) >= since, col(Suspicion.raised_at) < until)


def _told(wanted: Wanted) -> dict[str, datetime]:
    since, until = _span(wanted)
    return {"since": since, "until": until}


def _span(wanted: Wanted) -> tuple[datetime, datetime]:
    """From when until before when a pair was raised that is wanted."""
    if wanted.day is None:
        return ALWAYS
    begin = datetime.combine(wanted.day, time(), CHINA)
    return begin, begin + timedelta(days=1)


def _in_order(lines: Iterable[Line], sort: str) -> list[Line]:
    """In the order of the queue; a pair raised both ways round comes once."""

    def place(one: Line) -> tuple[float, datetime, int]:
        return one.score if sort == ALIKE else 0.0, one.raised_at, one.id

    found: dict[tuple[int, int], Line] = {}
    for one in sorted(lines, key=place, reverse=sort != OLDEST):
        low, high = sorted((one.clue_id, one.other_id))
        found.setdefault((low, high), one)
    return list(found.values())


def _grouped(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines by connected parts, each part where its first line stands."""
    root: dict[int, int] = {}

    def top(key: int) -> int:
        while root.setdefault(key, key) != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for one in lines:
        root[top(one.clue_id)] = top(one.other_id)
    found: defaultdict[int, list[Line]] = defaultdict(list)
    for one in lines:
        found[top(one.clue_id)].append(one)
    return list(found.values())


def _pages(groups: Iterable[list[Line]]) -> Iterator[list[list[Line]]]:
    """The groups page by page, each page full of blocks or of pairs; one page where there are
    none.
    """
    page: list[list[Line]] = []
    pairs = 0
    for group in groups:
        if len(page) == BLOCKS or pairs >= FULL:
            yield page
            page, pairs = [], 0
        page.append(group)
        pairs += min(len(group), MOST_PAIRS)
    yield page
