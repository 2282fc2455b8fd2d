"""A year of the working calendar drawn as twelve small tables."""

from calendar import Calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.calendar.working_days import WEEKDAYS, WorkCalendar

MONTHS = range(1, 13)
HEADINGS = tuple(one.removeprefix("周") for one in WEEKDAYS)


@dataclass(frozen=True)
class Day:
    """A day in its cell: what it is by a class, a sign and words; 0 is an empty cell."""

    number: int
    kind: str = ""
    sign: str = ""
    words: str = ""


@dataclass(frozen=True)
class Month:
    """A month as weeks of days."""

    name: str
    weeks: tuple[tuple[Day, ...], ...]


def months_of(calendar: WorkCalendar, year: int) -> tuple[Month, ...]:
    """The twelve months of a year."""
    return tuple(Month(f"{month}月", tuple(_weeks(calendar, year, month))) for month in MONTHS)


def _weeks(calendar: WorkCalendar, year: int, month: int) -> Iterator[tuple[Day, ...]]:
    for week in Calendar().monthdayscalendar(year, month):
        yield tuple(_day(calendar, year, month, one) for one in week)


def _day(calendar: WorkCalendar, year: int, month: int, number: int) -> Day:
    if not number:
        return Day(0)
    day = date(year, month, number)
    weekend, off = day.weekday() > 4, calendar.is_day_off(day)
    if day in calendar.reasons and off:
        return Day(number, "holiday", "休", calendar.why(day))
    if not off and weekend:
        return Day(number, "makeup", "班", calendar.why(day))
    return Day(number, "weekend" if off else "")
