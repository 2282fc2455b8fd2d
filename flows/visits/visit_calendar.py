"""A month of inspections for those who supervise: by subject and by organ."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session, col, select

from domain.tables.roster import Subject
from domain.tables.visit import EntryCount
from flows.site.office import Office
from flows.visits.frequency import frequency

MOST = 200
"""So many subjects are listed, those first that were inspected most."""


@dataclass(frozen=True)
class CalendarLine:
    """One subject in a month: its inspections, each with day, organs and number."""

    key: str
    name: str
    visits: tuple[tuple[date, tuple[str, ...], str], ...]
    this_year: int


@dataclass(frozen=True)
class Month:
    """The inspections of a month by subject, who was inspected most on top, and by organ."""

    first: date
    lines: tuple[CalendarLine, ...]
    organs: tuple[tuple[str, int], ...]
    more: int


def month_of(session: Session, office: Office, areas: frozenset[str] | None, day: date) -> Month:
    """The month of a day, over the organs of some areas (None: all)."""
    first = day.replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    organs = {
        key: one.name
        for key, one in office.rules.departments.items()
        if areas is None or one.area in areas
    }
    query = select(EntryCount).where(
        col(EntryCount.department_id).in_(organs),
        col(EntryCount.day) >= first,
        col(EntryCount.day) < after,
    )
    entries = list(session.exec(query.order_by(col(EntryCount.day), col(EntryCount.id))))
    by_subject: dict[str, list[EntryCount]] = {}
    for one in entries:
        by_subject.setdefault(one.subject_key, []).append(one)
    most = sorted(by_subject, key=lambda key: (-len(_doors(by_subject[key])), key))
    names = dict(
        session.exec(
            select(Subject.key, Subject.name).where(col(Subject.key).in_(most[:MOST]))
        ).all()
    )
    lines = tuple(
        CalendarLine(
            key=key,
            name=names.get(key, key),
            visits=tuple(_visits(by_subject[key], organs)),
            this_year=frequency(session, key, "", day).doors,
        )
        for key in most[:MOST]
    )
    counted = {
        key: len(_doors(one for one in entries if one.department_id == key)) for key in organs
    }
    told = tuple((organs[key], one) for key, one in counted.items() if one)
    by_number = tuple(sorted(told, key=lambda one: -one[1]))
    return Month(first, lines, by_number, max(0, len(most) - MOST))


def _doors(entries: Iterable[EntryCount]) -> set[str]:
    return {one.visit_no for one in entries}


def _visits(
    entries: Sequence[EntryCount], organs: Mapping[str, str]
) -> list[tuple[date, tuple[str, ...], str]]:
    found: dict[str, tuple[date, list[str]]] = {}
    for one in entries:
        found.setdefault(one.visit_no, (one.day, []))[1].append(organs[one.department_id])
    return [(day, tuple(names), number) for number, (day, names) in found.items()]
