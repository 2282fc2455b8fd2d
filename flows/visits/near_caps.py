"""Subjects near the published cap of an organ: at most one more inspection is within it.

One grouped look over the year's entries of the organs that have a cap.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func
from sqlmodel import Session, col, select

from domain.tables.roster import Subject
from domain.tables.visit import EntryCount
from flows.site.office import Office

MOST = 200
"""So many subjects are listed, those furthest beyond on top."""


@dataclass(frozen=True)
class NearCap:
    """A subject and an organ: how often this year, the cap, the day it was inspected last."""

    key: str
    name: str
    organ: str
    counted: int
    cap: int
    published: str
    last: date

    @property
    def left(self) -> int:
        """How many more are within the cap; negative beyond it."""
        return self.cap - self.counted


@dataclass(frozen=True)
class NearCaps:
    """Who is at most one short of a cap; how many are not listed; the organs without any cap."""

    lines: tuple[NearCap, ...]
    more: int
    organs: int
    without: int


def near_caps(
    session: Session, office: Office, areas: frozenset[str] | None, day: date
) -> NearCaps:
    """The subjects at most one inspection short of a cap of an organ of some areas (None: all)."""
    departments = {
        key: one
        for key, one in office.rules.departments.items()
        if areas is None or one.area in areas
    }
    caps = {key: one for key, one in office.rules.inspection.caps.items() if key in departments}
    number, last = func.count(), func.max(EntryCount.day)
    query = (
        select(EntryCount.subject_key, EntryCount.department_id, number, last)
        .where(
            col(EntryCount.department_id).in_(caps),
            col(EntryCount.day) >= date(day.year, 1, 1),
            col(EntryCount.day) <= date(day.year, 12, 31),
            col(EntryCount.counts).is_(True),
        )
        .group_by(col(EntryCount.subject_key), col(EntryCount.department_id))
    )
    found = [
        (subject, organ, counted, on)
        for subject, organ, counted, on in session.exec(query)
        if counted >= caps[organ].yearly - 1
    ]
    found.sort(key=lambda one: (caps[one[1]].yearly - one[2], one[1], one[0]))
    wanted = [subject for subject, *_ in found[:MOST]]
    named = select(Subject.key, Subject.name).where(col(Subject.key).in_(wanted))
    names = dict(session.exec(named).all())
    lines = tuple(
        NearCap(
            key=subject,
            name=names.get(subject, subject),
            organ=departments[organ].name,
            counted=counted,
            cap=caps[organ].yearly,
            published=caps[organ].published,
            last=on,
        )
        for subject, organ, counted, on in found[:MOST]
    )
    return NearCaps(lines, max(0, len(found) - MOST), len(caps), len(departments) - len(caps))
