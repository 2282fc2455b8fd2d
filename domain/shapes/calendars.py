"""The shape of `config/calendar/` and of the reminder ladders that are placed on its days."""

from datetime import date

from domain.shapes.entries import Evidence, Record, Strings, Unit


class Rung(Record):
    """One step of the reminder ladder, placed before, at or after the due moment.

    `offset` counts in `unit`: negative before, zero at, positive after the due moment.
    """

    id: str
    label: str
    offset: int
    unit: Unit
    to: Strings
    drafts: str | None = None
    skips_days_off: bool = True


class Ladder(Record):
    """A reminder ladder: its rungs in the order in which they climb."""

    label: str
    rungs: tuple[Rung, ...]


class CalendarYear(Record):
    """A year of public holidays as the State Council announced it."""

    year: int
    notice: str
    evidence: Evidence
    holidays: dict[str, tuple[date, ...]]
    workdays: tuple[date, ...] = ()


class StatutoryYear(Record):
    """The holidays the law itself gives a year whose notice is not yet published."""

    year: int
    holidays: dict[str, tuple[date, ...]]
