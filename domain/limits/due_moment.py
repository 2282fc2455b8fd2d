"""The due moment of a limit, computed from start, rule and calendar without a walk over the days.

`explanation` walks the days on its own and comes to the same end; tests hold the two together.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeVar

from domain.calendar.working_days import WorkCalendar, plus_months
from domain.limits.explanation import DayLine, explain
from domain.limits.extensions import check_extension, next_extension, open_rungs
from domain.limits.limit import (
    SHANGHAI,
    Course,
    Extension,
    Limit,
    NoFigure,
    NoLimit,
    Pause,
    at_shanghai,
    day_of,
    in_words,
    is_past,
    limit_in_force,
)
from domain.shapes.entries import Unit

__all__ = [
    "SHANGHAI",
    "DayLine",
    "Due",
    "Extension",
    "Limit",
    "NoFigure",
    "NoLimit",
    "Pause",
    "check_extension",
    "compute",
    "explain",
    "in_words",
    "is_past",
    "limit_in_force",
    "next_extension",
    "open_rungs",
]

P = TypeVar("P", int, datetime)
ONE_DAY = timedelta(days=1)
LAST_MOMENT = time(23, 59, 59, tzinfo=SHANGHAI)
"""A limit in days lasts through the whole of its last day in China."""


@dataclass(frozen=True)
class Due:
    """When a limit is due on the strict reading, and after when it is late (`breach_at`).

    Both are aware moments in China's time, the last that still belong to the limit. They differ
    only where legal staff confirmed another reading of a rule that is silent on holidays.
    `provisional`: days were counted in a year without a notice of holidays; to be computed again.
    `paused`: a pause is still open, so that the moment moves on with every day.
    """

    at: datetime
    breach_at: datetime
    provisional: bool = False
    paused: bool = False
    unit: Unit = "working_days"
    course: Course | None = field(default=None, repr=False, compare=False)

    @property
    def days(self) -> tuple[DayLine, ...]:
        """The due date told day by day; nothing for one read back from storage."""
        return explain(self.course) if self.course is not None else ()


def compute(
    limit: Limit,
    started_at: datetime,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
    extensions: Sequence[Extension] = (),
) -> Due:
    """The due moment of a limit that started then.

    `started_at` is any aware moment; its day is the day in China and is not counted. For a limit
    counted back, it is the day counted back from. Pauses are left out of the count: an open one up
    to the end it was given by `Pause.so_far`, and not at all without one. Extensions come in the
    order in which they were granted.

    Raises NoLimit for a stated day before the start and for hours extended by days,
    BeyondCalendar where nothing is known of a day, ValueError for a moment without offset.
    """
    start = at_shanghai(started_at)
    calendar.require(start.date())
    course = Course(limit, start, calendar, tuple(pauses), tuple(extensions))
    if course.stated is not None and course.stated < start.date():
        raise NoLimit(f"文书载明的届满日期{course.stated}早于起算日{start.date()}")
    at = breach_at = _moment(course, limit.unit, limit.roll_forward)
    if limit.confirmed is not None:
        breach_at = _moment(course, limit.confirmed.unit, limit.confirmed.roll_forward)
        calendar.require(breach_at.date())
    calendar.require(at.date())
    return Due(
        at=at,
        breach_at=breach_at,
        provisional=_is_provisional(course, max(at, breach_at).date()),
        paused=bool(pauses) and any(pause.is_open and pause.start <= breach_at for pause in pauses),
        unit=limit.unit,
        course=course,
    )


def _is_provisional(course: Course, last: date) -> bool:
    # Neither hours nor a day that a document states depend on holidays.
    limit = course.limit
    by_the_hour = limit.unit == "hours" and limit.confirmed is None
    if by_the_hour or (course.stated is not None and not course.extensions):
        return False
    if limit.direction == "backward":
        last = course.started_at.date() - timedelta(days=1)
    return not course.calendar.is_loaded(last)


def _moment(course: Course, unit: Unit, roll: bool) -> datetime:
    if course.stated is None and unit == "hours":
        return _after_hours(course)
    if course.stated is None and course.limit.direction == "backward":
        return _end_of(_day_before(course, unit))
    last = _last_day(course, unit)
    # A day that a document states binds as it stands; only a counted last day moves off a holiday.
    if roll and course.stated is None and course.calendar.is_day_off(last):
        last = _rolled(course, last)
    return _end_of(last)


def _end_of(day: date) -> datetime:
    return datetime.combine(day, LAST_MOMENT)


def _after_hours(course: Course) -> datetime:
    # Hours run through nights and days off, so that no calendar is asked: 24 小时内移送 ends at the
    # same minute of the next day (移送规定第五条第二款).
    if any(unit != "hours" for _, unit in course.stretches("hours")):
        raise NoLimit(f"期限 {course.limit.rule} 以小时计，只能以小时延长")
    span = timedelta(hours=sum(amount for amount, _ in course.stretches("hours")))
    # What is counted back hangs on its hearing alone; a pause before it moves nothing.
    if course.limit.direction == "backward":
        return course.started_at - span
    gaps = sorted(
        (at_shanghai(pause.start), at_shanghai(pause.end))
        for pause in course.pauses
        if pause.end is not None
    )
    return _pushed(course.started_at, course.started_at + span, gaps)


def _last_day(course: Course, unit: Unit) -> date:
    """The last counted day, before any rolling."""
    last, gaps = course.start, _gaps(course)
    if course.stated is not None:
        last = _counted(last, (course.stated - last).days, gaps)
    for amount, kind in course.stretches(unit):
        if kind == "working_days":
            last = _worked(last, amount, gaps, course.calendar)
        elif kind == "months":
            # As days, so that a pause of ten days moves the corresponding day by ten days.
            last = _counted(last, (plus_months(last, amount) - last).days, gaps)
        else:
            last = _counted(last, amount, gaps)
    return last


def _counted(start: date, amount: int, gaps: Sequence[tuple[date, date]]) -> date:
    """The day so many days after the start, days in gaps left out."""
    if not gaps:
        return start + timedelta(days=amount)
    # The start is not counted: the stretch is the half-open span from the day after it.
    first = start.toordinal() + 1
    spans = [(begin.toordinal(), end.toordinal()) for begin, end in gaps]
    return date.fromordinal(_pushed(first, first + amount, spans) - 1)


def _worked(
    start: date, amount: int, gaps: Iterable[tuple[date, date]], calendar: WorkCalendar
) -> date:
    """The working day so many working days after the start, those in gaps left out."""
    # Days become positions among working days, so that a pause takes out working days only and a
    # weekend inside it is not left out twice.
    first = calendar.position(start)
    spans = [
        (calendar.position(max(begin, start + ONE_DAY) - ONE_DAY), calendar.position(end - ONE_DAY))
        for begin, end in gaps
        if end > start
    ]
    return calendar.working_day(_pushed(first, first + amount, spans))


def _pushed(first: P, end: P, spans: Iterable[tuple[P, P]]) -> P:
    """The end of a stretch moved by every part of the spans that falls into it.

    Spans come in order of their beginning, exclude their end, and may overlap.
    """
    # `end` grows while we look: a later pause may fall into the stretch only because an earlier one
    # moved its end. `reached` keeps overlapping pauses from being left out twice.
    reached = first
    for begin, until in spans:
        left_out = max(begin, reached)
        if left_out < end and until > left_out:
            end += until - left_out
            reached = until
    return end


def _rolled(course: Course, last: date) -> date:
    """The first working day from then on that no pause leaves out."""
    # The working day after a holiday may itself be paused; gaps come in order: one pass is enough.
    day = course.calendar.roll_forward(last)
    for begin, end in _gaps(course):
        if begin <= day < end:
            day = course.calendar.roll_forward(end)
    return day


def _day_before(course: Course, unit: Unit) -> date:
    """The last day from which the whole limit still lies before the day counted back from."""
    day = course.start
    for amount, kind in course.stretches(unit):
        if kind == "working_days":
            day = course.calendar.add_working_days(day, -amount)
        elif kind == "months":
            day = plus_months(day, -amount)
        else:
            day -= timedelta(days=amount)
    # 七个工作日前 on the strict reading: seven whole working days lie between act and hearing
    # (处罚法第六十四条第（二）项), so that the act comes one day before the seventh of them. A day
    # off is left for an earlier day: a later one would be one of the seven.
    day -= ONE_DAY
    return course.calendar.roll_backward(day) if course.rolls_back else day


def _gaps(course: Course) -> list[tuple[date, date]]:
    if not course.pauses:
        return []
    return sorted(
        (day_of(pause.start), day_of(pause.end)) for pause in course.pauses if pause.end is not None
    )
