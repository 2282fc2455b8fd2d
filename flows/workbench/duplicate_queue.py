"""The pairs of clues that look alike and wait for the person who may merge one of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import Select, select, union_all
from sqlmodel import Session, col

from domain.situation.situation import Actor
from domain.tables.matching import Suspicion
from domain.tables.process import Clue
from flows.people.viewer import Viewer
from flows.people.visible_clues import once_a_chair, visible
from flows.rows.known_ids import among_told, as_text
from flows.rows.statements import Statement, ask
from flows.site.office import Office
from flows.workbench.duplicate_lines import (
    DECIDED,
    MOST_PAIRS,
    UNDECIDED,
    Line,
    Wanted,
    all_decided,
    all_groups,
    decided_upon,
    page_of_groups,
    to_decide_upon,
)

LATEST = 30
"""So many pairs decided upon are shown, so that a decision may be taken back."""
LOOKED_AT = 300
"""Those are looked for among so many that were decided upon last, whosoever they are."""
PAIR = (
    *(col(Suspicion.id), col(Suspicion.clue_id), col(Suspicion.other_id), col(Suspicion.score)),
    *(col(Suspicion.reason), col(Suspicion.raised_at)),
    *(col(Suspicion.decision), col(Suspicion.decided_at)),
)


class PairedClue(Protocol):
    """What is told of a clue of a pair."""

    id: int
    no: str
    state: str
    version: int
    department_id: str
    ended_at: datetime | None
    title: str
    subject_name: str
    place: str
    received_at: datetime
    content: str


def _clues_of_pairs() -> Select[Any]:
    ends = (col(Suspicion.clue_id), col(Suspicion.other_id))
    wanted = union_all(*(select(one).where(among_told(col(Suspicion.id), "ids")) for one in ends))
    return select(
        *(col(Clue.id), col(Clue.no), col(Clue.state), col(Clue.version), col(Clue.department_id)),
        *(col(Clue.ended_at), col(Clue.title), col(Clue.subject_name), col(Clue.place)),
        *(col(Clue.received_at), col(Clue.content)),
    ).where(col(Clue.id).in_(wanted))


CLUES = Statement(_clues_of_pairs(), steady=True)


@dataclass(frozen=True)
class Pair:
    """Two clues suspected to be one: `later` would be merged into `master`.

    `later` is not sent out yet and lies with the viewer's department; `may_lead`: `master` has not
    ended, so that another may be merged into it. `decision` and `decided_at` once it was decided.
    """

    id: int
    later: PairedClue
    master: PairedClue
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
class Queue:
    """A page of blocks in the order asked for, and how many pairs wait altogether."""

    blocks: tuple[Block, ...]
    total: int
    is_last: bool


def queue(session: Session, viewer: Viewer, wanted: Wanted, page: int = 1) -> Queue:
    """A page of what waits for the viewer; pages count from 1."""
    part = page_of_groups(session, viewer, wanted, page)
    shown = [one.id for group in part.groups for one in group[:MOST_PAIRS]]
    pairs = open_pairs(session, viewer, shown)
    blocks = (_block(one, pairs) for one in part.groups)
    return Queue(tuple(one for one in blocks if one.pairs), part.total, part.is_last)


def waiting_groups(session: Session, viewer: Viewer, wanted: Wanted) -> list[list[int]]:
    """The suspicions of the whole queue by id, those that hang together in a list of their own."""
    return [[one.id for one in lines] for lines in all_groups(session, viewer, wanted)]


def open_pairs(session: Session, viewer: Viewer, ids: Collection[int]) -> dict[int, Pair]:
    """Those of the suspicions that wait for the viewer, by id."""
    found = _pairs(session, viewer, _waiting_of(viewer.office, viewer.actor), ids)
    return {one.id: one for one in found}


def masters_of(session: Session, viewer: Viewer, clues: Collection[int]) -> dict[int, str]:
    """For each of some clues the number of the open one that it repeats most, if any."""
    if not clues:
        return {}
    order = _masters_of(viewer.office, viewer.actor), {"clues": as_text(clues)}
    # The most alike comes last and stays.
    return {one.clue_id: one.no for one in ask(session.connection(), order)[0]}


def decided_pairs(
    session: Session, viewer: Viewer, ids: Collection[int] | None = None
) -> tuple[Pair, ...]:
    """The pairs found related or distinct whose decision the viewer may take back, latest first.

    `ids` narrows them to these suspicions; `LATEST` at most. A pair raised both ways comes once.
    """
    if ids is None:
        ids = _latest(session, viewer)
    if not ids:
        return ()
    found: dict[frozenset[int], Pair] = {}
    for pair in _pairs(session, viewer, _decided_of(viewer.office, viewer.actor), ids):
        found.setdefault(frozenset((pair.later.id, pair.master.id)), pair)
    return tuple(found.values())


def _latest(session: Session, viewer: Viewer) -> list[int]:
    """The suspicions that were decided upon last: among all that were, where it takes all."""
    newest, every = _latest_decided(viewer.office, viewer.actor)
    connection = session.connection()
    [looked_at] = ask(connection, (newest, {}))
    found = [one.id for one in looked_at if one.is_his]
    if len(looked_at) < LOOKED_AT or len(found) >= LATEST:
        return found[:LATEST]
    return [one.id for one in ask(connection, (every, {}))[0]]


def _pairs(
    session: Session, viewer: Viewer, statement: Statement, ids: Collection[int]
) -> list[Pair]:
    told = {"ids": as_text(ids)}
    rows, clues = ask(session.connection(), (statement, told), (CLUES, told))
    known = {one.id: one for one in clues}
    return [_pair(viewer, one, (known[one.clue_id], known[one.other_id])) for one in rows]


# --- statements ----------------------------------------------------------------------------------


@once_a_chair
def _waiting_of(office: Office, actor: Actor) -> Statement:
    """Those of some suspicions that wait for the actor."""
    query = select(*PAIR).where(among_told(col(Suspicion.id), "ids"), to_decide_upon(office, actor))
    return Statement(query, spelled=True, steady=True)


@once_a_chair
def _masters_of(office: Office, actor: Actor) -> Statement:
    """The open clues that some clues may repeat, the most alike last."""
    query = (
        select(col(Suspicion.clue_id), col(Clue.no))
        .join(Clue, col(Clue.id) == col(Suspicion.other_id))
        .where(
            among_told(col(Suspicion.clue_id), "clues"),
            *UNDECIDED,
            col(Clue.ended_at).is_(None),
            visible(office, actor),
        )
        .order_by(col(Suspicion.score))
    )
    return Statement(query, spelled=True, steady=True)


@once_a_chair
def _decided_of(office: Office, actor: Actor) -> Statement:
    """Those of some suspicions that were decided upon, latest first."""
    query = select(*PAIR).where(among_told(col(Suspicion.id), "ids"), decided_upon(office, actor))
    return Statement(_latest_first(query).limit(LATEST), spelled=True, steady=True)


@once_a_chair
def _latest_decided(office: Office, actor: Actor) -> tuple[Statement, Statement]:
    """The latest that were decided upon, and which are the actor's; and his among all."""
    is_his = decided_upon(office, actor).label("is_his")
    newest = _latest_first(select(col(Suspicion.id), is_his).where(*DECIDED)).limit(LOOKED_AT)
    his = select(col(Suspicion.id)).where(col(Suspicion.id).in_(all_decided(office, actor)))
    every = _latest_first(his).limit(LATEST)
    return Statement(newest, spelled=True), Statement(every, spelled=True)


def _latest_first(query: Select[Any]) -> Select[Any]:
    return query.order_by(col(Suspicion.decided_at).desc(), col(Suspicion.id))


# --- pairs and blocks ----------------------------------------------------------------------------


def _block(lines: Sequence[Line], pairs: dict[int, Pair]) -> Block:
    """What was decided upon since the lines were read is passed over."""
    shown = lines[:MOST_PAIRS]
    clues = {key for one in lines for key in (one.clue_id, one.other_id)}
    found = tuple(pairs[one.id] for one in shown if one.id in pairs)
    return Block(found, len(clues), len(lines) - len(shown))


def _pair(viewer: Viewer, row: Any, clues: tuple[PairedClue, PairedClue]) -> Pair:
    """The pair with the newer of those that may be merged as the later one."""

    def is_mine(clue: PairedClue) -> bool:
        return clue.state == "registered" and clue.department_id == viewer.actor.department

    master, later = sorted(clues, key=lambda one: (is_mine(one), one.id))
    decided = (row.decision, row.decided_at)
    return Pair(row.id, later, master, row.score, row.reason, row.raised_at, *decided)
