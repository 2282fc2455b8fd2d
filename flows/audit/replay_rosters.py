"""The rosters held against the record: subjects with tags and classes, officers, experts."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from sqlmodel import Session, col, select

from domain.rosters.listed_subject import listed_subject
from domain.tables.record import Event
from domain.tables.roster import CreditClass, Subject, SubjectChange, SubjectTag
from flows.audit.replay_kept import misfits_of
from flows.site.office import Office
from flows.site.row_marks import CHANGES, MARKS, changes_mark

AT_ONCE = 500
PEOPLE = {
    "officer": frozenset({"import_officers", "leave_roster"}),
    "expert": frozenset({"import_experts", "leave_roster"}),
    "avoidance": frozenset({"avoid"}),
}
"""Rows with marks of their own, and the acts that write them."""


@dataclass
class _Told:
    """What events tell: a mark of the changes of each, and marks of people by kind and number.

    `older`: kinds of whose rows an event from before marks may tell.
    """

    changes: dict[int, str] = field(default_factory=dict)
    people: dict[str, dict[int, str]] = field(default_factory=lambda: {one: {} for one in PEOPLE})
    older: set[str] = field(default_factory=set)


def replay_rosters(session: Session, office: Office) -> Iterator[str]:
    """Rows of the rosters that are not as their changes say, and changes that are not as noted."""
    told = _told(session)
    for kind in PEOPLE:
        older = None if kind in told.older else 0
        yield from misfits_of(session, office, kind, told.people[kind], older)
    facts: dict[int, dict[str, object]] = {}
    changes = select(SubjectChange).order_by(col(SubjectChange.event), col(SubjectChange.id))
    rows = session.exec(changes).yield_per(AT_ONCE)
    for event, written in groupby(rows, key=lambda one: one.event):
        group = list(written)
        mark = changes_mark(group, office.keys.chain)
        if told.changes.pop(event, mark) not in ("", mark):
            yield f"检查主体名录的调整（第{event}条办理记录）与办理记录不符"
        for one in group:
            _take(facts.setdefault(one.subject_id, {}), one)
    for event in sorted(seq for seq, mark in told.changes.items() if mark):
        yield f"检查主体名录的调整（第{event}条办理记录）有办理记录而登记内容已被删除"
    yield from _subjects(session, facts)


def _told(session: Session) -> _Told:
    query = select(Event).where(col(Event.clue_id).is_(None), col(Event.process_kind) == "subject")
    found = _Told()
    for event in session.exec(query.order_by(col(Event.seq))):
        marks = dict(event.detail.get(MARKS) or {})
        found.changes[event.seq] = marks.pop(CHANGES, "")
        for name, mark in marks.items():
            kind, _, number = name.partition("-")
            found.people[kind][int(number)] = mark
        if not marks:
            found.older |= {kind for kind, acts in PEOPLE.items() if event.action in acts}
    return found


def _take(facts: dict[str, object], change: SubjectChange) -> None:
    """A change laid over what was known; of several classes the one of the latest day stays."""
    after = dict(change.after)
    day = str(after.get("grade_day", facts.get("grade_day", "")))
    if day < str(facts.get("grade_day", "")):
        after.pop("grade", None)
        after.pop("grade_day", None)
    facts.update(after)


def _subjects(session: Session, facts: dict[int, dict[str, object]]) -> Iterator[str]:
    tags: dict[int, set[str]] = {}
    for tag in session.exec(select(SubjectTag).where(col(SubjectTag.until).is_(None))):
        tags.setdefault(tag.subject_id, set()).add(tag.tag)
    grades: dict[int, CreditClass] = {}
    order = (col(CreditClass.from_day), col(CreditClass.id))
    for grade in session.exec(select(CreditClass).order_by(*order)):
        grades[grade.subject_id] = grade
    for row in session.exec(select(Subject).order_by(col(Subject.id))).yield_per(AT_ONCE):
        known = facts.pop(row.id or 0, None)
        if known is None:
            yield f"检查主体 {row.name}（{row.key}）没有登记的记录"
        elif (
            known
            != listed_subject(row, tags.get(row.id or 0, set()), grades.get(row.id or 0)).facts
        ):
            yield f"检查主体 {row.name}（{row.key}）的登记与其调整记录不符"
    for gone in sorted(facts):
        yield f"检查主体（第{gone}号）有调整记录而登记内容已被删除"
