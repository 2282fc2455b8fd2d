"""The committed calendar and time limits, read without the rest of the rulebook."""

from functools import cache
from pathlib import Path
from typing import TypeVar

from domain.calendar.working_days import WorkCalendar
from domain.shapes.calendars import CalendarYear, StatutoryYear
from domain.shapes.deadlines import DeadlineRule
from domain.shapes.yaml_source import parse, read_source

CONFIG = Path(__file__).parents[2] / "config"
T = TypeVar("T")


def read(name: str, shape: type[T]) -> T:
    source, problems = read_source(CONFIG / name, CONFIG)
    value, more = parse(source, shape, source.data)
    assert not problems and not more and value is not None, problems + more
    return value


def years() -> list[CalendarYear]:
    files = sorted((CONFIG / "calendar").glob("[0-9]*.yaml"))
    return [read(f"calendar/{path.name}", CalendarYear) for path in files]


@cache
def work_calendar(last_year: int = 2026) -> WorkCalendar:
    """The calendar as it stood when the given year was the last one announced."""
    statutory = read("calendar/statutory.yaml", list[StatutoryYear])
    known = [one for one in years() if one.year <= last_year]
    return WorkCalendar.build(known, statutory)[0]


@cache
def deadline_rules() -> dict[str, DeadlineRule]:
    return read("deadlines.yaml", dict[str, DeadlineRule])
