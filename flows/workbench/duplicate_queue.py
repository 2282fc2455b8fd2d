"""The pairs of clues that look alike and wait for the person who may merge one of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import load_only
from sqlmodel import Session, col

from domain.tables.matching import Suspicion
from domain.tables.process import Clue
from flows.people.viewer import Viewer
from flows.workbench.duplicate_lines import (
    MOST_PAIRS,
    Line,
    Wanted,
    all_groups,
    decided_upon,
    page_of_groups,
    to_decide_upon,
)

LATEST = 30
"""So many pairs decided upon are shown, so that a decision may be taken back."""
SHOWN = load_only(
    *(Clue.no, Clue.state, Clue.version, Clue.department_id, Clue.ended_at),  # type: ignore[arg-type]
    *(Clue.title, Clue.subject_name, Clue.place, Clue.received_at, Clue.content),  # type: ignore[arg-type]
)
"""What is told of the clues of a pair."""


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
    query = select(Suspicion).where(
        col(Suspicion.id).in_(ids), to_decide_upon(viewer.office, viewer.actor)
    )
    rows = list(session.execute(query).scalars())
    wanted = {key for one in rows for key in (one.clue_id, one.other_id)}
    named = select(Clue).where(col(Clue.id).in_(wanted)).options(SHOWN)
    clues = {one.id: one for one in session.execute(named).scalars()}
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
        col(Suspicion.id).in_(decided_upon(viewer.office, viewer.actor)),
        *([col(Suspicion.id).in_(ids)] if ids is not None else []),
    )
    query = query.order_by(col(Suspicion.decided_at).desc(), col(Suspicion.id)).limit(LATEST)
    found: dict[frozenset[int], Pair] = {}
    for row in session.execute(query).scalars():
        clues = (session.get_one(Clue, row.clue_id), session.get_one(Clue, row.other_id))
        found.setdefault(frozenset((row.clue_id, row.other_id)), _pair(viewer, row, clues))
    return tuple(found.values())


def _block(lines: Sequence[Line], pairs: dict[int, Pair]) -> Block:
    """What was decided upon since the lines were read is passed over."""
    shown = lines[:MOST_PAIRS]
    clues = {key for one in lines for key in (one.clue_id, one.other_id)}
    found = tuple(pairs[one.id] for one in shown if one.id in pairs)
    return Block(found, len(clues), len(lines) - len(shown))


def _pair(viewer: Viewer, row: Suspicion, clues: tuple[Clue, Clue]) -> Pair:
    """The pair with the newer of those that may be merged as the later one."""

    def is_mine(clue: Clue) -> bool:
        return clue.state == "registered" and clue.department_id == viewer.actor.department

    master, later = sorted(clues, key=lambda one: (is_mine(one), one.id or 0))
    decided = (row.decision, row.decided_at)
    return Pair(row.id or 0, later, master, row.score, row.reason, row.raised_at, *decided)
