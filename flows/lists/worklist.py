"""Lists of clues, what is due first on top, read page by page along the clocks' own order.

A page costs what it shows: neither closed clues nor those far from their limit are read.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import func, literal, tuple_
from sqlmodel import Session, col, select

from domain.tables.columns import UTCDateTime
from domain.tables.process import Clue
from flows.lists.list_queries import (
    LIMIT,
    Wanted,
    clock_query,
    clockless_query,
    narrowed,
    numbered_query,
)
from flows.lists.work_lines import WorkLine, work_lines
from flows.people.viewer import Viewer
from flows.people.visible_clues import ways_to_see

PAGE, IN_MENU, COUNTED = 30, 100, 300
NEWEST, OLDEST = "newest", "oldest"
SORTS = (NEWEST, OLDEST)
CURSOR = re.compile(r"|n?\d{1,15}|\d{4}-[-0-9T:.]{14,21}\+00:00_\d{1,15}")
"""Where a page may begin; any other word is none."""


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
    if not CURSOR.fullmatch(wanted.after):
        wanted = replace(wanted, after="")
    if wanted.view == "ended":
        ids = _ended(session, viewer, wanted, size + 1)
    elif wanted.view == "open" and wanted.sort in SORTS:
        ids = _by_number(session, viewer, wanted, size + 1)
    else:
        ids = _by_due(session, viewer, wanted, size + 1)
    shown = ids[:size]
    older = shown[-1].cursor if len(ids) > size else ""
    clues = [one.clue_id for one in shown]
    ordering = {one.clock_id for one in shown}
    return Page(tuple(work_lines(session, viewer, clues, ordering)), older)


@dataclass(frozen=True)
class _Place:
    """A clue's place in a list, and the clock that gives it."""

    clue_id: int
    cursor: str
    clock_id: int = 0


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
    if wanted.view == "ended":
        return len(_ended(session, viewer, wanted, most))
    # In the order of the list, or the database counts along another one that may begin far off.
    order = (col(LIMIT.due_at), col(LIMIT.id))
    with_clock = clock_query(session, viewer, wanted).order_by(*order).limit(most).subquery()
    found = session.exec(select(func.count()).select_from(with_clock)).one()
    if not wanted.light and found < most:
        rest = clockless_query(session, viewer, wanted).limit(most - found).subquery()
        found += session.exec(select(func.count()).select_from(rest)).one()
    return found


def _with_clock(session: Session, viewer: Viewer, wanted: Wanted, size: int) -> list[_Place]:
    place = tuple_(col(LIMIT.due_at), col(LIMIT.id))
    query = clock_query(session, viewer, wanted)
    query = query.order_by(col(LIMIT.due_at), col(LIMIT.id)).limit(size)
    if wanted.after:
        moment, _, number = wanted.after.partition("_")
        last = tuple_(literal(_moment(moment), UTCDateTime()), literal(int(number)))
        query = query.where(place > last)
    return [
        _Place(clue_id or 0, f"{due.isoformat()}_{clock_id}", clock_id or 0)
        for clue_id, due, clock_id in session.execute(query)
    ]


def _without_clock(
    session: Session, viewer: Viewer, wanted: Wanted, span: tuple[int, int]
) -> list[_Place]:
    after, size = span
    query = clockless_query(session, viewer, wanted).where(col(Clue.id) > after)
    rows = session.execute(query.order_by(col(Clue.id)).limit(size)).scalars()
    return [_Place(one or 0, f"n{one}") for one in rows]


def _by_number(session: Session, viewer: Viewer, wanted: Wanted, size: int) -> list[_Place]:
    """The open ones as they were registered."""
    newest, key = wanted.sort == NEWEST, col(Clue.id)
    query = numbered_query(session, viewer, wanted)
    if wanted.after.isdecimal():
        after = int(wanted.after)
        query = query.where(key < after if newest else key > after)
    found = session.execute(query.order_by(key.desc() if newest else key).limit(size)).scalars()
    return [_Place(one or 0, str(one)) for one in found]


def _ended(session: Session, viewer: Viewer, wanted: Wanted, size: int) -> list[_Place]:
    """The newest that each way of seeing them leads to; the newest of those together."""
    conditions = [
        col(Clue.ended_at).is_not(None),
        *narrowed(session, viewer, wanted, col(Clue.id)),
    ]
    if wanted.after.isdecimal():
        conditions.append(col(Clue.id) < int(wanted.after))
    found: set[int] = set()
    for way in ways_to_see(viewer.office, viewer.actor):
        newest = way.ids.where(*conditions).order_by(way.key.desc()).limit(size)
        found.update(one or 0 for one in session.exec(newest))
    return [_Place(one, str(one)) for one in sorted(found, reverse=True)[:size]]


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
