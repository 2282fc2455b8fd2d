"""The pairs of clues that look alike and wait for the person who may merge one of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache, partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    SelectBase,
    SQLColumnExpression,
    and_,
    exists,
    select,
    union_all,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from domain.situation.situation import CHINA, Actor
from domain.tables.matching import Suspicion
from domain.tables.process import Clue
from flows.lists.waiting_work import Ids, counted
from flows.people.viewer import Viewer
from flows.people.visible_clues import once_a_chair, visible
from flows.rows.statements import Order
from flows.site.office import Office
from flows.workbench.menu_counts import MOST as IN_MENU
from flows.workbench.menu_counts import CountedTo

PLACED = ("merged", "redirected")
"""Where a clue stands in one of these, nothing more is merged into it, nor it into another."""
MOST_PAIRS = 20
"""So many pairs of one block are shown; the others come forward as these are decided upon."""
BLOCKS = 10
OLDEST, ALIKE = "oldest", "alike"
ORDERS = {"": "最近提示的在前", OLDEST: "最早提示的在前", ALIKE: "最相似的在前"}
LATEST = 30
"""So many pairs decided upon are shown, so that a decision may be taken back."""


@dataclass(frozen=True)
class Pair:
    """Two clues suspected to be one: `later` would be merged into `master`.

    `later` is not sent out yet and lies with the viewer's department; `may_lead`: `master` has not
    ended, so that another may be merged into it. `decision` and `decided_at` once it was decided.
    """

    id: int
    later: Clue
    master: Clue
    score: float
    reason: str
    raised_at: datetime
    decision: str | None = None
    decided_at: datetime | None = None

    @property
    def may_lead(self) -> bool:
        """Whether something may be merged into the master at all."""
        return self.master.ended_at is None


@dataclass(frozen=True)
class Block:
    """Pairs that hang together by the clues they share; `clues` of them, `left` pairs not shown."""

    pairs: tuple[Pair, ...]
    clues: int
    left: int = 0


@dataclass(frozen=True)
class Wanted:
    """What the queue is narrowed to: clues of these numbers, and the day it was raised on.

    `sort`: of `ORDERS`; pairs that hang together stand where the first of them does.
    """

    numbers: frozenset[str] | None = None
    day: date | None = None
    sort: str = ""


@dataclass(frozen=True)
class Queue:
    """A page of blocks in the order asked for, and how many pairs wait altogether."""

    blocks: tuple[Block, ...]
    total: int
    is_last: bool


@dataclass(frozen=True)
class _Line:
    id: int
    clue_id: int
    other_id: int


def open_pairs_total(viewer: Viewer, most: int = IN_MENU) -> Order:
    """How many pairs wait for the viewer, for menu and morning; counted no further than `most`."""
    return _open_count(viewer.office, viewer.actor)(most), {}


def queue(session: Session, viewer: Viewer, wanted: Wanted, page: int = 1) -> Queue:
    """A page of what waits for the viewer; pages count from 1."""
    groups = _groups(_lines(session, viewer, wanted))
    start = (page - 1) * BLOCKS
    return Queue(
        blocks=tuple(_block(session, viewer, one) for one in groups[start : start + BLOCKS]),
        total=sum(map(len, groups)),
        is_last=start + BLOCKS >= len(groups),
    )


def waiting_groups(session: Session, viewer: Viewer, wanted: Wanted) -> list[list[int]]:
    """The suspicions of the whole queue by id, those that hang together in a list of their own."""
    return [[one.id for one in lines] for lines in _groups(_lines(session, viewer, wanted))]


def open_pairs(session: Session, viewer: Viewer, ids: Collection[int]) -> dict[int, Pair]:
    """Those of the suspicions that wait for the viewer, by id."""
    query = select(Suspicion).where(col(Suspicion.id).in_(ids))
    query = query.where(col(Suspicion.id).in_(_open(viewer.office, viewer.actor)))
    rows = list(session.execute(query).scalars())
    wanted = {key for one in rows for key in (one.clue_id, one.other_id)}
    clues = {
        one.id: one
        for one in session.execute(select(Clue).where(col(Clue.id).in_(wanted))).scalars()
    }
    return {
        one.id or 0: _pair(viewer, one, (clues[one.clue_id], clues[one.other_id])) for one in rows
    }


def decided_pairs(
    session: Session, viewer: Viewer, ids: Collection[int] | None = None
) -> tuple[Pair, ...]:
    """The pairs found related or distinct whose decision the viewer may take back, latest first.

    `ids` narrows them to these suspicions; `LATEST` at most. A pair raised both ways comes once.
    """
    query = select(Suspicion).where(
        col(Suspicion.id).in_(_decided(viewer.office, viewer.actor)),
        *([col(Suspicion.id).in_(ids)] if ids is not None else []),
    )
    query = query.order_by(col(Suspicion.decided_at).desc(), col(Suspicion.id)).limit(LATEST)
    found: dict[frozenset[int], Pair] = {}
    for row in session.execute(query).scalars():
        clues = (session.get_one(Clue, row.clue_id), session.get_one(Clue, row.other_id))
        found.setdefault(frozenset((row.clue_id, row.other_id)), _pair(viewer, row, clues))
    return tuple(found.values())


@once_a_chair
def _open(office: Office, actor: Actor) -> SelectBase:
    """The suspicions that the actor may decide upon: both clues seen, one his to merge."""
    return union_all(*_to_decide(office, actor, col(Suspicion.decision).is_(None)))


@once_a_chair
def _open_count(office: Office, actor: Actor) -> CountedTo:
    return cache(partial(counted, _to_decide(office, actor, col(Suspicion.decision).is_(None))))


@once_a_chair
def _decided(office: Office, actor: Actor) -> SelectBase:
    """The suspicions that somebody decided upon and that the actor might have."""
    return union_all(
        *_to_decide(office, actor, col(Suspicion.decision).in_(("related", "distinct")))
    )


def _to_decide(office: Office, actor: Actor, decision: ColumnElement[bool]) -> list[Ids]:
    """Those whose one clue lies unsent with the actor's department, and those whose other does."""
    one, other = aliased(Clue), aliased(Clue)
    mine = [
        and_(col(each.state) == "registered", col(each.department_id) == actor.department)
        for each in (one, other)
    ]
    found = (
        select(col(Suspicion.id))
        .join(one, col(one.id) == col(Suspicion.clue_id))
        .join(other, col(other.id) == col(Suspicion.other_id))
        .where(
            decision,
            col(Suspicion.kind) == "duplicate",
            *(col(each.state).not_in(PLACED) for each in (one, other)),
            *(_is_seen(office, actor, each) for each in (Suspicion.clue_id, Suspicion.other_id)),
        )
    )
    return [found.where(mine[0]), found.where(mine[1], ~mine[0])]


def _is_seen(office: Office, actor: Actor, key: int) -> ColumnElement[bool]:
    return exists().where(col(Clue.id) == col(key), visible(office, actor))


def _lines(session: Session, viewer: Viewer, wanted: Wanted) -> list[_Line]:
    """What is wanted, in its order; a pair raised both ways round comes once."""
    query = (
        select(col(Suspicion.id), col(Suspicion.clue_id), col(Suspicion.other_id), col(Clue.no))
        .join(Clue, col(Clue.id) == col(Suspicion.clue_id))
        .where(col(Suspicion.id).in_(_open(viewer.office, viewer.actor)))
        .order_by(*_ordered(wanted.sort))
    )
    if wanted.day:
        begin = datetime.combine(wanted.day, time(), CHINA)
        query = query.where(col(Suspicion.raised_at) >= begin)
        query = query.where(col(Suspicion.raised_at) < begin + timedelta(days=1))
    rows = session.execute(query)
    found: dict[frozenset[int], _Line] = {}
    for id_, clue_id, other_id, number in rows:
        if wanted.numbers is None or number in wanted.numbers:
            line = _Line(id_ or 0, clue_id, other_id)
            found.setdefault(frozenset((clue_id, other_id)), line)
    return list(found.values())


def _ordered(sort: str) -> tuple[SQLColumnExpression[Any], ...]:
    raised, key = col(Suspicion.raised_at), col(Suspicion.id)
    if sort == OLDEST:
        return (raised, key)
    latest = (raised.desc(), key.desc())
    return (col(Suspicion.score).desc(), *latest) if sort == ALIKE else latest


def _groups(lines: Iterable[_Line]) -> list[list[_Line]]:
    """The lines by connected parts, each part where its first line stands."""
    lines = list(lines)
    root: dict[int, int] = {}

    def top(key: int) -> int:
        while root.setdefault(key, key) != key:
            root[key] = root[root[key]]
            key = root[key]
        return key

    for one in lines:
        root[top(one.clue_id)] = top(one.other_id)
    found: defaultdict[int, list[_Line]] = defaultdict(list)
    for one in lines:
        found[top(one.clue_id)].append(one)
    return list(found.values())


def _block(session: Session, viewer: Viewer, lines: list[_Line]) -> Block:
    shown = [one.id for one in lines[:MOST_PAIRS]]
    pairs = open_pairs(session, viewer, shown)
    clues = {key for one in lines for key in (one.clue_id, one.other_id)}
    return Block(tuple(pairs[one] for one in shown), len(clues), len(lines) - len(shown))


def _pair(viewer: Viewer, row: Suspicion, clues: tuple[Clue, Clue]) -> Pair:
    """The pair with the newer of those that may be merged as the later one."""

    def is_mine(clue: Clue) -> bool:
        return clue.state == "registered" and clue.department_id == viewer.actor.department

    master, later = sorted(clues, key=lambda one: (is_mine(one), one.id or 0))
    decided = (row.decision, row.decided_at)
    return Pair(row.id or 0, later, master, row.score, row.reason, row.raised_at, *decided)
