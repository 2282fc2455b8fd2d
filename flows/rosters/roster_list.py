"""The rosters as people read them: subjects by tag and name, officers and certificates, experts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, func, or_
from sqlmodel import Session, col, select

from domain.tables.process import Clue
from domain.tables.roster import (
    Avoidance,
    RosterExpert,
    RosterOfficer,
    Subject,
    SubjectChange,
    SubjectTag,
)
from flows.people.viewer import Viewer
from flows.people.visible_clues import visible

READERS = (
    *("handler", "department_head", "principal", "section_head"),
    *("legal_reviewer", "supervisor", "auditor"),
)
"""The chairs that read the rosters of their area."""
PAGE = 50
NAMED, LATEST = "name", "latest"
ORDERS = {"": "先列入的在前", LATEST: "最近列入的在前", NAMED: "按名称"}
SOON = timedelta(days=60)
"""A certificate that ends within these days is shown beforehand (本级约定)."""


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for in the roster of an area, in which order, and what he has read.

    `after`: the subject after which he reads on. `sort`: of `ORDERS`.
    """

    area: str
    words: str = ""
    tag: str = ""
    kind: str = ""
    after: int = 0
    sort: str = ""


@dataclass(frozen=True)
class SubjectPage:
    """A page of subjects with the tags of a day, how many there are, and where the next begins."""

    rows: tuple[Subject, ...]
    tags: dict[int, tuple[str, ...]]
    total: int
    more: int = 0


def subjects(session: Session, wanted: Wanted, day: date, size: int = PAGE) -> SubjectPage:
    """A page of an area's subjects as they are listed, with the tags they bear on a day."""
    conditions = _fitting(wanted, day)
    query = select(Subject).where(*conditions, *_beyond(session, wanted))
    found = list(session.exec(query.order_by(*_ordered(wanted.sort)).limit(size + 1)))
    shown = found[:size]
    total = session.exec(select(func.count()).select_from(Subject).where(*conditions)).one()
    more = (shown[-1].id or 0) if len(found) > size else 0
    return SubjectPage(tuple(shown), tags_of(session, shown, day), total, more)


def _ordered(sort: str) -> tuple[SQLColumnExpression[Any], ...]:
    named = (col(Subject.name), col(Subject.id))
    return {NAMED: named, LATEST: (col(Subject.id).desc(),)}.get(sort, (col(Subject.id),))


def _beyond(session: Session, wanted: Wanted) -> tuple[ColumnElement[bool], ...]:
    """The condition of what comes after the subject that was read last, in the order asked for."""
    last = session.get(Subject, wanted.after) if wanted.after else None
    if last is None:
        return ()
    later = col(Subject.id) > last.id
    if wanted.sort == LATEST:
        return (col(Subject.id) < last.id,)
    if wanted.sort != NAMED:
        return (later,)
    return (or_(col(Subject.name) > last.name, and_(col(Subject.name) == last.name, later)),)


def tags_of(session: Session, rows: Sequence[Subject], day: date) -> dict[int, tuple[str, ...]]:
    """The tags that subjects bear on a day."""
    query = select(SubjectTag).where(
        col(SubjectTag.subject_id).in_([one.id for one in rows]), *borne_on(day)
    )
    found: dict[int, tuple[str, ...]] = {}
    for one in session.exec(query.order_by(col(SubjectTag.id))):
        found[one.subject_id] = (*found.get(one.subject_id, ()), one.tag)
    return found


def borne_on(day: date) -> tuple[ColumnElement[bool], ...]:
    """The conditions on `SubjectTag` under which it is borne on a day."""
    until = col(SubjectTag.until)
    return (col(SubjectTag.since) <= day, or_(until.is_(None), until > day))


def _fitting(wanted: Wanted, day: date) -> list[ColumnElement[bool]]:
    found = [col(Subject.area) == wanted.area]
    if wanted.kind:
        found.append(col(Subject.kind) == wanted.kind)
    if wanted.tag:
        bearing = select(SubjectTag.subject_id).where(
            col(SubjectTag.tag) == wanted.tag, *borne_on(day)
        )
        found.append(col(Subject.id).in_(bearing))
    if words := wanted.words.strip():
        named = or_(
            col(Subject.name).contains(words, autoescape=True), col(Subject.key) == words.upper()
        )
        found.append(named)
    return found


@dataclass(frozen=True)
class SubjectSheet:
    """One subject whole: its tags ever borne, its adjustments, who avoids it, and its clues.

    `clues` are those of this party that the viewer may see, the newest first.
    """

    row: Subject
    tags: tuple[SubjectTag, ...]
    changes: tuple[SubjectChange, ...]
    avoided: tuple[tuple[Avoidance, RosterOfficer], ...]
    clues: tuple[Clue, ...]


def subject_sheet(session: Session, viewer: Viewer, row: Subject) -> SubjectSheet:
    """Everything the roster knows of a subject, and the clues about it that the viewer may see."""
    mine = col(SubjectTag.subject_id) == row.id
    tags = session.exec(select(SubjectTag).where(mine).order_by(col(SubjectTag.id)))
    changed = select(SubjectChange).where(col(SubjectChange.subject_id) == row.id)
    newest = changed.order_by(col(SubjectChange.id).desc()).limit(PAGE)
    avoided = select(Avoidance, RosterOfficer).join(
        RosterOfficer, col(RosterOfficer.id) == col(Avoidance.officer_id)
    )
    return SubjectSheet(
        row=row,
        tags=tuple(tags),
        changes=tuple(session.exec(newest)),
        avoided=tuple(session.exec(avoided.where(col(Avoidance.subject_id) == row.id))),
        clues=_clues(session, viewer, row),
    )


def _clues(session: Session, viewer: Viewer, row: Subject) -> tuple[Clue, ...]:
    if row.party_key is None:
        return ()
    query = select(Clue).where(
        col(Clue.subject_key) == row.party_key, visible(viewer.office, viewer.actor)
    )
    return tuple(session.exec(query.order_by(col(Clue.id).desc()).limit(PAGE)))


@dataclass(frozen=True)
class OfficerLine:
    """An officer of the roster, and whether his certificate is over or will soon be."""

    row: RosterOfficer
    is_over: bool
    ends_soon: bool


def officers(session: Session, departments: Sequence[str], day: date) -> tuple[OfficerLine, ...]:
    """The officers of some departments, by department, whose certificate ends first on top."""
    mine = col(RosterOfficer.department_id).in_(departments)
    query = select(RosterOfficer).where(mine, col(RosterOfficer.left_on).is_(None))
    ordered = query.order_by(
        col(RosterOfficer.department_id), col(RosterOfficer.valid_until), col(RosterOfficer.id)
    )
    return tuple(_officer_line(one, day) for one in session.exec(ordered))


def _officer_line(row: RosterOfficer, day: date) -> OfficerLine:
    until = row.valid_until
    is_over = until is None or until < day
    return OfficerLine(row, is_over, not is_over and until is not None and until - day <= SOON)


def experts(session: Session, area: str) -> tuple[RosterExpert, ...]:
    """The experts of an area."""
    query = select(RosterExpert).where(
        col(RosterExpert.area) == area, col(RosterExpert.left_on).is_(None)
    )
    return tuple(session.exec(query.order_by(col(RosterExpert.id))))
