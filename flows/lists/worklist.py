"""Lists of clues, what is due first on top, read page by page along the clocks' own order.

A page costs what it shows: neither closed clues nor those far from their limit are read.
"""

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import (
    ColumnElement,
    SelectBase,
    and_,
    exists,
    false,
    literal,
    or_,
    true,
    tuple_,
    union,
)
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from domain.lifecycle.awaited_chairs import limits_ended_by
from domain.lifecycle.visibility import OPEN_KINDS
from domain.tables.columns import UTCDateTime
from domain.tables.matching import Suspicion
from domain.tables.process import Clock, Clue, Process
from flows.lists.waiting_work import waiting_clues
from flows.lists.work_lines import WorkLine, work_lines
from flows.people.viewer import Viewer
from flows.people.visible_clues import sight, visible, ways_to_see
from flows.site.word_search import Key, clues_with_words

PAGE = 30
SOON = timedelta(days=3)
NOBODY_YET, MINE = "", "mine"
CURSOR = re.compile(r"|n?\d{1,15}|\d{4}-[-0-9T:.]{14,21}\+00:00_\d{1,15}")
"""Where a page may begin; any other word is none."""


@dataclass(frozen=True)
class Wanted:
    """What a list is narrowed to; empty fields narrow nothing.

    `view`: `waiting` for the actor, `open`, or `ended`. `whose`: `mine` leaves out what colleagues
    handle. `light`: `red` late, `yellow` due soon. `alike`: `yes` for suspected duplicates only.
    """

    view: str = "open"
    whose: str = ""
    state: str = ""
    department: str = ""
    channel: str = ""
    matter: str = ""
    light: str = ""
    alike: str = ""
    text: str = ""
    after: str = ""


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


def _with_clock(session: Session, viewer: Viewer, wanted: Wanted, size: int) -> list[_Place]:
    clock = aliased(Clock)
    place = tuple_(col(clock.due_at), col(clock.id))
    query = (
        select(col(Clue.id), col(clock.due_at), col(clock.id))
        .join(Clue, col(Clue.id) == col(clock.clue_id))
        .where(
            col(clock.ended_at).is_(None),
            _is_owned(clock, viewer),
            visible(viewer.office, viewer.actor),
            *_narrowed(session, viewer, wanted, col(clock.clue_id)),
            ~_is_preceded(clock, viewer, wanted),
        )
        .order_by(col(clock.due_at), col(clock.id))
        .limit(size)
    )
    if wanted.view == "waiting":
        query = query.where(or_(*(col(clock.clue_id).in_(one) for one in _waiting(viewer))))
    if wanted.light == "red":
        query = query.where(col(clock.breach_at) < viewer.now, col(clock.paused).is_(False))
    if wanted.light == "yellow":
        soon = viewer.now + SOON
        query = query.where(col(clock.breach_at) >= viewer.now, col(clock.due_at) < soon)
    if wanted.after:
        moment, _, number = wanted.after.partition("_")
        last = tuple_(literal(_moment(moment), UTCDateTime()), literal(int(number)))
        query = query.where(place > last)
    return [
        _Place(clue_id or 0, f"{due.isoformat()}_{clock_id}", clock_id or 0)
        for clue_id, due, clock_id in session.exec(query)
    ]


def _is_owned(clock: type[Clock], viewer: Viewer) -> ColumnElement[bool]:
    if viewer.owner is not None:
        return col(clock.owner_id) == viewer.owner
    return true() if viewer.watched is None else col(clock.process_kind).in_(sorted(OPEN_KINDS))


def _is_preceded(clock: type[Clock], viewer: Viewer, wanted: Wanted) -> ColumnElement[bool]:
    """Whether another clock of the clue gives it its place.

    What waits for somebody is placed by a limit that a step of his ends, if there is one.
    """
    other = aliased(Clock)
    precedes = tuple_(col(other.due_at), col(other.id)) < tuple_(col(clock.due_at), col(clock.id))
    if wanted.view == "waiting" and not wanted.light:
        rules = limits_ended_by(viewer.office.rules.lifecycles, viewer.actor.roles)
        his, its = col(other.rule).in_(rules), col(clock.rule).in_(rules)
        precedes = or_(and_(his, ~its), and_(or_(his, ~its), precedes))
    return exists().where(
        col(other.clue_id) == col(clock.clue_id),
        col(other.ended_at).is_(None),
        _is_owned(other, viewer),
        precedes,
    )


def _without_clock(
    session: Session, viewer: Viewer, wanted: Wanted, span: tuple[int, int]
) -> list[_Place]:
    after, size = span
    queries = _waiting(viewer) if wanted.view == "waiting" else _open(viewer)
    candidates: SelectBase = union(*queries)
    clock = exists().where(
        col(Clock.clue_id) == col(Clue.id),
        col(Clock.ended_at).is_(None),
        _is_owned(Clock, viewer),
    )
    query = (
        select(Clue.id)
        .where(
            col(Clue.id).in_(candidates),
            col(Clue.id) > after,
            ~clock,
            visible(viewer.office, viewer.actor),
            *_narrowed(session, viewer, wanted, col(Clue.id)),
        )
        .order_by(col(Clue.id))
        .limit(size)
    )
    return [_Place(one or 0, f"n{one}") for one in session.exec(query)]


def _waiting(viewer: Viewer) -> list[SelectBase]:
    return waiting_clues(viewer.office, viewer.actor) or [select(Clue.id).where(false())]


def _open(viewer: Viewer) -> list[SelectBase]:
    """The clues that have not ended, or that a department still has something open in."""
    clues = select(Clue.id).where(col(Clue.ended_at).is_(None))
    if viewer.owner is None:
        return [clues]
    beside = select(Process.clue_id).where(col(Process.ended_at).is_(None))
    prosecutes = sight(viewer.office, viewer.actor).prosecutes
    return [
        clues.where(col(Clue.department_id) == viewer.owner),
        beside.where(col(Process.department_id) == viewer.owner),
        beside.where(col(Process.counterpart_id) == viewer.owner),
        beside.where(col(Process.kind) == "referral", col(Process.department_id).in_(prosecutes)),
    ]


def _ended(session: Session, viewer: Viewer, wanted: Wanted, size: int) -> list[_Place]:
    """The newest that each way of seeing them leads to; the newest of those together."""
    conditions = [
        col(Clue.ended_at).is_not(None),
        *_narrowed(session, viewer, wanted, col(Clue.id)),
    ]
    if wanted.after.isdecimal():
        conditions.append(col(Clue.id) < int(wanted.after))
    found: set[int] = set()
    for way in ways_to_see(viewer.office, viewer.actor):
        newest = way.ids.where(*conditions).order_by(way.key.desc()).limit(size)
        found.update(one or 0 for one in session.exec(newest))
    return [_Place(one, str(one)) for one in sorted(found, reverse=True)[:size]]


def _narrowed(
    session: Session, viewer: Viewer, wanted: Wanted, key: Key
) -> list[ColumnElement[bool]]:
    columns = {
        Clue.state: wanted.state,
        Clue.department_id: wanted.department,
        Clue.channel: wanted.channel,
        Clue.matter_id: wanted.matter,
    }
    found = [col(one) == value for one, value in columns.items() if value]
    if wanted.whose == MINE:
        handler = col(Clue.facts)["handler_user"].as_string()
        elsewhere = col(Clue.department_id) != viewer.actor.department
        own = handler.in_([NOBODY_YET, viewer.actor.id])
        found.append(or_(elsewhere, handler.is_(None), own))
    if wanted.alike:
        pair = or_(col(Suspicion.clue_id) == key, col(Suspicion.other_id) == key)
        found.append(exists().where(pair, col(Suspicion.decision).is_(None)))
    if wanted.text.strip():
        found.append(clues_with_words(session, wanted.text, key))
    return found


def _moment(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
