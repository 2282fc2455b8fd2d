"""The caps in force on a day: those published here as rows, and those that a site entered.

What is published here holds from its day on, in the version of that day, and ends with it; a cap
that the site entered for an organ (`config/inspection.yaml`) holds where the organ has published
none for all its inspections here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from documents.values.filters import cn_date
from domain.publications.cap_rows import CapRow, Known, ReadCaps, read_caps
from domain.tables.roster import Subject
from domain.tables.undertaking import Undertaking
from domain.visits.frequency import Frequency
from flows.publications.in_force import begins_on, in_force
from flows.site.office import Office

CAPS = "caps"


@dataclass(frozen=True)
class CapInForce:
    """A row that binds on the day, and in what it was published; empty: nowhere yet."""

    row: CapRow
    published: str


@dataclass(frozen=True)
class CapState:
    """The cap that leaves an inspection the least room; `so_far`: what it counts, without it.

    `scope`: what the cap is about, in its own words; empty for all inspections of the organ.
    """

    yearly: int
    published: str
    scope: str
    so_far: int

    @property
    def is_reached(self) -> bool:
        """Whether one more would go beyond it."""
        return self.so_far >= self.yearly


@dataclass(frozen=True)
class Visited:
    """What an inspection is, as a cap asks: whose, of what, at whom, and the year's entries."""

    organ: str
    matters: Sequence[str]
    kind: str
    found: Frequency


def caps_read(office: Office, row: Undertaking) -> ReadCaps:
    """What a publication of caps binds, and which of its rows are left to people."""
    partners = row.facts.get("co_departments")
    named = partners if isinstance(partners, list) else []
    rules = office.rules
    agreed = frozenset({row.department_id, *map(str, named)})
    known = Known(rules.departments, rules.matters, rules.rosters.kinds, agreed)
    return read_caps(str(row.facts.get("content") or ""), known)


def caps_in_force(session: Session, office: Office, day: date) -> list[CapInForce]:
    """The caps that hold on a day, the oldest publication first, then those the site entered."""
    found = [
        CapInForce(row, _named(one))
        for one in in_force(session, {CAPS}, day)
        for row in caps_read(office, one).rows
    ]
    general = {one.row.organ for one in found if not one.row.scope}
    entered = office.rules.inspection.caps.items()
    return found + [
        CapInForce(CapRow(key, cap.yearly), cap.published)
        for key, cap in entered
        if key not in general
    ]


def _named(row: Undertaking) -> str:
    version = row.facts.get("version") or 1
    return f"《{row.title}》{row.no}第{version}版，{cn_date(begins_on(row))}起施行"


def tightest(session: Session, caps: Iterable[CapInForce], visit: Visited) -> CapState | None:
    """The cap that leaves an inspection the least room; None where none is about it."""
    found = [
        CapState(one.row.yearly, one.published, one.row.scope, _counted(session, one.row, visit))
        for one in caps
        if one.row.organ == visit.organ and one.row.covers(visit.matters, visit.kind)
    ]
    return min(found, key=lambda one: one.yearly - one.so_far, default=None)


def _counted(session: Session, cap: CapRow, visit: Visited) -> int:
    """How many of the organ's counted inspections of the year a cap is about."""
    if not cap.matters:
        return visit.found.own
    entries = visit.found.entries
    numbers = {one.visit for one in entries if one.department == visit.organ and one.counts}
    query = select(Undertaking).where(col(Undertaking.no).in_(numbers))
    rows = session.exec(query) if numbers else ()
    return sum(bool(cap.matters & set(matters_of(one))) for one in rows)


def visited(session: Session, row: Undertaking, organ: str, found: Frequency) -> Visited:
    """An inspection as a cap of an organ asks for it."""
    key = str(row.facts.get("subject_key") or row.facts.get("object") or "")
    kind = session.exec(select(Subject.kind).where(col(Subject.key) == key)).one_or_none()
    return Visited(organ, matters_of(row), kind or "", found)


def matters_of(row: Undertaking) -> list[str]:
    """The ids of the matters that an inspection is about."""
    return [str(one) for one in row.facts.get("matters") or ()]
