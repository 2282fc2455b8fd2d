"""Subjects near the published cap of an organ: at most one more inspection is within it.

One grouped look over the year's entries for each cap.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, or_
from sqlmodel import Session, col, select

from domain.tables.roster import Subject
from domain.tables.undertaking import Undertaking
from domain.tables.visit import EntryCount
from flows.site.office import Office
from flows.visits.caps import CapInForce, caps_in_force

MOST = 200
"""So many subjects are listed, those furthest beyond on top."""


@dataclass(frozen=True)
class NearCap:
    """A subject and an organ: how often this year, the cap, the day it was inspected last.

    `scope`: what the cap is about; empty for all inspections of the organ.
    """

    key: str
    name: str
    organ: str
    counted: int
    cap: int
    published: str
    scope: str
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
    organs = {
        key: one.name
        for key, one in office.rules.departments.items()
        if areas is None or one.area in areas
    }
    caps = [one for one in caps_in_force(session, office, day) if one.row.organ in organs]
    found = [
        (cap, str(key), int(counted), last)
        for cap in caps
        for key, counted, last in session.execute(_counted(cap, day))
    ]
    found.sort(key=lambda one: (one[0].row.yearly - one[2], one[0].row.organ, one[1]))
    listed = found[:MOST]
    names = _names(session, [key for _, key, _, _ in listed])
    lines = tuple(_line(cap, (organs, names), key, n, last) for cap, key, n, last in listed)
    capped = {one.row.organ for one in caps}
    return NearCaps(lines, len(found) - len(listed), len(capped), len(organs) - len(capped))


def _counted(cap: CapInForce, day: date) -> Select[tuple[str, int, date]]:
    """The subjects with so many entries of the year that at most one more is within the cap."""
    row, number = cap.row, func.count()
    query = (
        select(EntryCount.subject_key, number, func.max(EntryCount.day))
        .where(
            col(EntryCount.department_id) == row.organ,
            col(EntryCount.day) >= date(day.year, 1, 1),
            col(EntryCount.day) <= date(day.year, 12, 31),
            col(EntryCount.counts).is_(True),
        )
        .group_by(col(EntryCount.subject_key))
        .having(number >= row.yearly - 1)
    )
    if row.matters:
        named = col(Undertaking.facts)["matters"].as_string()
        about = or_(*(named.contains(f'"{one}"') for one in sorted(row.matters)))
        visits = select(Undertaking.id).where(col(Undertaking.kind) == "visit", about)
        query = query.where(col(EntryCount.visit_id).in_(visits))
    if row.kinds:
        keys = select(Subject.key).where(col(Subject.kind).in_(row.kinds))
        query = query.where(col(EntryCount.subject_key).in_(keys))
    return query


def _names(session: Session, keys: list[str]) -> Mapping[str, str]:
    named = select(Subject.key, Subject.name).where(col(Subject.key).in_(keys))
    return dict(session.exec(named).all())


def _line(
    cap: CapInForce,
    names: tuple[Mapping[str, str], Mapping[str, str]],
    key: str,
    counted: int,
    last: date,
) -> NearCap:
    organs, subjects = names
    return NearCap(
        key=key,
        name=subjects.get(key, key),
        organ=organs[cap.row.organ],
        counted=counted,
        cap=cap.row.yearly,
        published=cap.published,
        scope=cap.row.scope,
        last=last,
    )
