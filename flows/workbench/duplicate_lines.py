"""Which pairs wait for a person, in the order of the queue, those that hang together as one."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    SelectBase,
    SQLColumnExpression,
    and_,
    bindparam,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from domain.situation.situation import CHINA, Actor
from domain.tables.matching import Suspicion
from domain.tables.process import Clue
from flows.lists.list_filters import along
from flows.lists.waiting_work import counted
from flows.people.viewer import Viewer
from flows.people.visible_clues import once_a_chair, visible
from flows.rows.known_ids import among, among_told, as_text
from flows.rows.statements import Order, Statement, ask, numbers
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
ROUNDS = 10
"""So often it is asked what hangs on the first pairs; where that does not end, all are read."""
ALWAYS = (datetime(1970, 1, 1, tzinfo=UTC), datetime(9999, 1, 1, tzinfo=UTC))
COLUMNS = (
    *(col(Suspicion.id), col(Suspicion.clue_id), col(Suspicion.other_id)),
    *(col(Suspicion.raised_at), col(Suspicion.score)),
)
UNDECIDED = (col(Suspicion.decision).is_(None), col(Suspicion.kind) == "duplicate")


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

    Where thousands wait, the first page reads its pairs along their order, and then what hangs
    together with them.
    """
    if page == 1 and wanted.numbers is None and wanted.sort != ALIKE:
        waiting = numbers(session.connection(), open_pairs_total(viewer, MANY))
        if waiting == [MANY] and (found := _first_page(session, viewer, wanted)):
            return found
    groups = all_groups(session, viewer, wanted)
    pages = list(_pages(groups))
    shown = pages[page - 1] if page <= len(pages) else []
    return Part(shown, sum(map(len, groups)), page >= len(pages))


def all_groups(session: Session, viewer: Viewer, wanted: Wanted) -> list[list[Line]]:
    """The whole queue: its pairs by connected parts, each part where its first pair stands."""
    parts = _to_decide(viewer.office, viewer.actor, COLUMNS, UNDECIDED)
    narrow = list(_narrowed(session, wanted))
    query = union_all(*(one.where(*narrow) for one in parts))
    return _grouped(_in_order(_lines(session, query), wanted.sort))


def to_decide_upon(office: Office, actor: Actor) -> ColumnElement[bool]:
    """The condition that the actor may decide upon a suspicion at hand."""
    return _row_by_row(office, actor)


@once_a_chair
def decided_upon(office: Office, actor: Actor) -> SelectBase:
    """The suspicions that somebody decided upon and that the actor might have."""
    said = (
        col(Suspicion.decision).in_(("related", "distinct")),
        col(Suspicion.kind) == "duplicate",
    )
    return union_all(*_to_decide(office, actor, (col(Suspicion.id),), said))


@once_a_chair
def _open_count(office: Office, actor: Actor) -> CountedTo:
    return cache(partial(counted, _to_decide(office, actor, (col(Suspicion.id),), UNDECIDED)))


def _to_decide(
    office: Office,
    actor: Actor,
    columns: Sequence[SQLColumnExpression[Any]],
    conditions: Sequence[ColumnElement[bool]],
) -> list[Select[Any]]:
    """Those whose one clue lies unsent with the actor's department, and those whose other does."""
    one, other = aliased(Clue), aliased(Clue)
    mine = [_is_mine(actor, each) for each in (one, other)]
    found = (
        select(*columns)
        .join(one, col(one.id) == col(Suspicion.clue_id))
        .join(other, col(other.id) == col(Suspicion.other_id))
        .where(
            *conditions,
            *(col(each.state).not_in(PLACED) for each in (one, other)),
            *(_is_seen(office, actor, each) for each in (Suspicion.clue_id, Suspicion.other_id)),
        )
    )
    return [found.where(mine[0]), found.where(mine[1], ~mine[0])]


@once_a_chair
def _row_by_row(office: Office, actor: Actor) -> ColumnElement[bool]:
    """The same as a condition on a suspicion, looked at where it stands."""
    one, other = aliased(Clue), aliased(Clue)
    found = (
        select(col(one.id))
        .join(other, col(other.id) == col(Suspicion.other_id))
        .where(
            col(one.id) == col(Suspicion.clue_id),
            or_(*(_is_mine(actor, each) for each in (one, other))),
            *(col(each.state).not_in(PLACED) for each in (one, other)),
            *(_is_seen(office, actor, each) for each in (Suspicion.clue_id, Suspicion.other_id)),
        )
    )
    there = found.correlate(Suspicion).limit(1).scalar_subquery().is_not(None)
    return and_(*UNDECIDED, along([there]))


def _is_mine(actor: Actor, clue: type[Clue]) -> ColumnElement[bool]:
    return and_(col(clue.state) == "registered", col(clue.department_id) == actor.department)


def _is_seen(office: Office, actor: Actor, key: int) -> ColumnElement[bool]:
    seen = select(col(Clue.id)).where(col(Clue.id) == col(key), visible(office, actor))
    return seen.correlate(Suspicion).limit(1).scalar_subquery().is_not(None)


# --- the beginning of a long queue ----------------------------------------------------------------


def _first_page(session: Session, viewer: Viewer, wanted: Wanted) -> Part | None:
    """None where it takes the whole queue to tell what the first page is."""
    first, touching = _beginning(viewer.office, viewer.actor)
    since, until = _span(wanted)
    span = {"since": since, "until": until}
    connection = session.connection()
    [rows] = ask(connection, (first[wanted.sort == OLDEST], {**span, "most": MANY}))
    lines = [Line(*row) for row in rows]
    if len(lines) < MANY:
        return None
    asked: set[int] = set()
    for _ in range(ROUNDS):
        groups = _grouped(_in_order(lines, wanted.sort))
        shown = next(_pages(groups))
        known = {key for group in shown for one in group for key in (one.clue_id, one.other_id)}
        if len(shown) == len(groups):
            return None
        if known <= asked:
            return Part(shown, MANY, is_last=False)
        keys, asked = as_text(sorted(known - asked)), asked | known
        [rows] = ask(connection, (touching, {**span, "one": keys, "other": keys}))
        lines = list({one.id: one for one in (*lines, *(Line(*row) for row in rows))}.values())
    return None


@once_a_chair
def _beginning(office: Office, actor: Actor) -> tuple[tuple[Statement, Statement], Statement]:
    """The first pairs, from the newest and from the oldest on; and those of clues that are told."""
    raised, key = col(Suspicion.raised_at), col(Suspicion.id)
    most: BindParameter[int] = bindparam("most")
    query = select(*COLUMNS[:-1]).where(
        to_decide_upon(office, actor), raised >= bindparam("since"), raised < bindparam("until")
    )
    newest = query.order_by(raised.desc(), key.desc()).limit(most)
    oldest = query.order_by(raised, key).limit(most)
    ends = {"one": col(Suspicion.clue_id), "other": col(Suspicion.other_id)}
    touching = (query.where(among_told(end, name)) for name, end in ends.items())
    return (Statement(newest), Statement(oldest)), Statement(union_all(*touching))


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
