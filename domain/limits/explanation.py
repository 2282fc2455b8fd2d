"""The explanation of a due date, day by day: what counts, what does not, and why.

It walks the calendar on its own, so that it also checks the arithmetic of `due_moment`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from domain.calendar.working_days import WEEKDAYS, plus_months
from domain.limits.limit import Course, Pause, at_shanghai, day_of
from domain.shapes.entries import Unit

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class DayLine:
    """One day on the way to the due date: whether it counts, as which, and why."""

    day: date
    counted: bool
    number: int | None
    why: str

    def __str__(self) -> str:
        return f"{self.day.month}月{self.day.day}日 {WEEKDAYS[self.day.weekday()]} {self.why}"


def explain(course: Course) -> tuple[DayLine, ...]:
    """Every day from the start to the due day of the strict reading, each with its Chinese reason.

    A limit counted back is told backwards from its hearing. Days in a year without a notice of
    holidays are marked 暂定.
    """
    if course.limit.unit == "hours" and course.stated is None:
        lines = list(_by_the_hour(course))
        return tuple(lines)
    if course.limit.direction == "backward" and course.stated is None:
        lines = list(_backward(course))
    else:
        lines = _forward(course)
    return tuple(_marked(line, course) for line in lines)


def _marked(line: DayLine, course: Course) -> DayLine:
    if course.calendar.is_loaded(line.day):
        return line
    return replace(line, why=f"{line.why}〔暂定：{line.day.year}年放假安排未公布〕")


# --- days ----------------------------------------------------------------------------------------


def _forward(course: Course) -> list[DayLine]:
    began = day_of(course.started_at)
    lines = [DayLine(began, False, None, "起算日，不计")]
    for day in _days(began, course.start):
        lines.append(DayLine(day, False, None, f"不计（{_rest(day, course)}，次一工作日起算）"))
    lines += _to_stated_day(course)
    for amount, unit in course.stretches(course.limit.unit):
        lines += _stretch(course, lines, amount, unit)
    if course.limit.roll_forward and course.stated is None:
        return _rolled(course, lines)
    if len(lines) > 1:
        lines[-1] = replace(lines[-1], why=f"{lines[-1].why}，届满")
    return lines


def _to_stated_day(course: Course) -> Iterator[DayLine]:
    if course.stated is None:
        return
    days = (course.stated - course.start).days
    day, number = course.start, 0
    while number < days:
        day += ONE_DAY
        pause = _pause_on(day, course)
        if pause:
            yield DayLine(day, False, None, f"暂停（{pause.reason}），不计")
            continue
        number += 1
        moved = "，因暂停相应顺延" if day > course.stated else ""
        last = f"，文书载明的届满日期{moved}" if number == days else ""
        yield DayLine(day, True, number, f"第{number}日{last}")


def _stretch(course: Course, before: list[DayLine], amount: int, unit: Unit) -> Iterator[DayLine]:
    """The days of one stretch, numbered on from those before."""
    number = next((line.number for line in reversed(before) if line.number), 0)
    day, left = before[-1].day, amount
    if unit == "months":
        left = (plus_months(day, amount) - day).days
    while left:
        day += ONE_DAY
        pause = _pause_on(day, course)
        if pause:
            yield DayLine(day, False, None, f"暂停（{pause.reason}），不计")
        elif unit == "working_days" and course.calendar.is_day_off(day):
            yield DayLine(day, False, None, f"不计（{_rest(day, course)}）")
        else:
            number, left = number + 1, left - 1
            yield DayLine(day, True, number, f"第{number}日{_make_up(day, course, unit)}")


def _rolled(course: Course, lines: list[DayLine]) -> list[DayLine]:
    """The days with the last one moved on past days off."""
    day = lines[-1].day
    if not course.calendar.is_day_off(day):
        return [*lines[:-1], replace(lines[-1], why=f"{lines[-1].why}，届满")]
    why = f"{lines[-1].why}，末日遇休息日（{_rest(day, course)}），顺延"
    moved = [replace(lines[-1], why=why)]
    while True:
        day += ONE_DAY
        pause = _pause_on(day, course)
        if pause:
            moved.append(DayLine(day, False, None, f"暂停（{pause.reason}），顺延"))
        elif course.calendar.is_day_off(day):
            moved.append(DayLine(day, False, None, f"休息日（{_rest(day, course)}），顺延"))
        else:
            moved.append(DayLine(day, False, None, "顺延至本日，届满"))
            return [*lines[:-1], *moved]


def _backward(course: Course) -> Iterator[DayLine]:
    """From the hearing back: so many whole days lie between it and the last day to act."""
    day = day_of(course.started_at)
    yield DayLine(day, False, None, "期日当天，不计，自前一日倒数")
    number = 0
    for amount, unit in course.stretches(course.limit.unit):
        left = (day - plus_months(day, -amount)).days if unit == "months" else amount
        while left:
            day -= ONE_DAY
            if unit == "working_days" and course.calendar.is_day_off(day):
                yield DayLine(day, False, None, f"不计（{_rest(day, course)}）")
                continue
            number, left = number + 1, left - 1
            yield DayLine(day, True, number, f"倒数第{number}日{_make_up(day, course, unit)}")
    day -= ONE_DAY
    while course.rolls_back and course.calendar.is_day_off(day):
        yield DayLine(day, False, None, f"休息日（{_rest(day, course)}），提前")
        day -= ONE_DAY
    yield DayLine(day, False, None, f"此前须留足{number}日，最迟应在本日完成")


def _days(after: date, until: date) -> list[date]:
    return [after + timedelta(days=number) for number in range(1, (until - after).days + 1)]


def _pause_on(day: date, course: Course) -> Pause | None:
    return next((pause for pause in course.pauses if pause.covers(day)), None)


def _rest(day: date, course: Course) -> str:
    why = course.calendar.why(day)
    return f"{why}休息" if why in WEEKDAYS else why


def _make_up(day: date, course: Course, unit: Unit) -> str:
    why = course.calendar.why(day)
    return f"（{why}）" if unit == "working_days" and why not in WEEKDAYS else ""


# --- hours ---------------------------------------------------------------------------------------


def _by_the_hour(course: Course) -> Iterator[DayLine]:
    """A limit in hours, which runs through nights and holidays."""
    begin = at_shanghai(course.started_at)
    hours = timedelta(hours=sum(amount for amount, _ in course.stretches("hours")))
    if course.limit.direction == "backward":
        yield DayLine(begin.date(), False, None, f"{begin:%H:%M} 起倒数")
        yield DayLine((begin - hours).date(), True, None, f"{begin - hours:%H:%M} 届满")
        return
    moment, left, told = begin, hours, {begin.date(): [f"{begin:%H:%M} 起算"]}
    for begun, ended, pause in _gaps(course):
        start, end = max(begun, moment), max(ended, moment)
        if start - moment >= left or end == start:
            continue
        left -= start - moment
        told.setdefault(start.date(), []).append(f"{start:%H:%M} 暂停（{pause.reason}）")
        told.setdefault(end.date(), []).append(f"{end:%H:%M} 恢复计算")
        moment = end
    told.setdefault((moment + left).date(), []).append(f"{moment + left:%H:%M} 届满")
    for day in [begin.date(), *_days(begin.date(), (moment + left).date())]:
        words = told.get(day, ["连续计算，休息日不扣除"])
        yield DayLine(day, True, None, "，".join(words))


def _gaps(course: Course) -> list[tuple[datetime, datetime, Pause]]:
    found = [
        (at_shanghai(pause.start), at_shanghai(pause.end), pause)
        for pause in course.pauses
        if pause.end is not None
    ]
    return sorted(found, key=lambda gap: gap[:2])
