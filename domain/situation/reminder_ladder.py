"""The moments of a reminder ladder's rungs, kept off nights and days off.

Moments come in and go out aware; office hours and days off are those of China.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from domain.calendar.working_days import WorkCalendar
from domain.shapes.calendars import Ladder, Rung
from domain.situation.situation import CHINA

OFFICE_OPENS = time(9, 0)


def rung_moment(rung: Rung, due_at: datetime, calendar: WorkCalendar) -> datetime:
    """The moment a rung fires for a due moment: office opening, or to the minute for hour clocks.

    A reminder before or at the due day that would fall on a day off comes earlier, one after it
    later; so nobody is warned on a day on which nobody reads it.
    """
    # A limit in hours runs through the night, and so does its warning.
    if rung.unit == "hours":
        return due_at + timedelta(hours=rung.offset)
    due_day = due_at.astimezone(CHINA).date()
    day = _shifted(due_day, rung, calendar)
    if rung.skips_days_off:
        day = calendar.roll_backward(day) if rung.offset <= 0 else calendar.roll_forward(day)
    return datetime.combine(day, OFFICE_OPENS, CHINA)


def _shifted(day: date, rung: Rung, calendar: WorkCalendar) -> date:
    if rung.unit == "working_days" and rung.offset:
        return calendar.add_working_days(day, rung.offset)
    return day + timedelta(days=rung.offset)


def next_rung(
    ladder: Ladder, due_at: datetime, calendar: WorkCalendar, after: datetime
) -> tuple[int, datetime | None]:
    """The place of the first rung that lies after a moment, with its own moment.

    When all are past: the number of rungs, and None.
    """
    for index, moment in _moments(ladder, due_at, calendar):
        if moment > after:
            return index, moment
    return len(ladder.rungs), None


def rung_at(
    ladder: Ladder, index: int, due_at: datetime, calendar: WorkCalendar
) -> datetime | None:
    """The moment of the rung with that index, or None past the last one."""
    if index >= len(ladder.rungs):
        return None
    return rung_moment(ladder.rungs[index], due_at, calendar)


def may_send(rung: Rung, now: datetime, calendar: WorkCalendar) -> bool:
    """Whether a rung may be sent now: never on a day off or before office opening."""
    return not rung.skips_days_off or is_open(now, calendar)


def is_open(now: datetime, calendar: WorkCalendar) -> bool:
    """Whether somebody will read today what is sent now: a working day, and not before opening."""
    local = now.astimezone(CHINA)
    return not calendar.is_day_off(local.date()) and local.time() >= OFFICE_OPENS


def opening(day: date, calendar: WorkCalendar) -> datetime:
    """When offices open on a day, or on the last working day before it."""
    return datetime.combine(calendar.roll_backward(day), OFFICE_OPENS, CHINA)


def next_opening(now: datetime, calendar: WorkCalendar) -> datetime:
    """The next moment at which an office opens."""
    local = now.astimezone(CHINA)
    day = local.date() if local.time() < OFFICE_OPENS else local.date() + timedelta(days=1)
    return datetime.combine(calendar.roll_forward(day), OFFICE_OPENS, CHINA)


def _moments(
    ladder: Ladder, due_at: datetime, calendar: WorkCalendar
) -> Iterable[tuple[int, datetime]]:
    for index, rung in enumerate(ladder.rungs):
        yield index, rung_moment(rung, due_at, calendar)
