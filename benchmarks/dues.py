"""Due dates per second, against counting day by day over two calendars."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import chinese_calendar

from benchmarks.effort import Effort
from benchmarks.report import figure, spread, table
from benchmarks.rounds import Contender, Spread, Stopwatch, race
from domain.calendar.working_days import WorkCalendar
from domain.limits.due_moment import SHANGHAI, Limit, compute, limit_in_force
from domain.rulebook.rulebook_reading import load_rulebook

TITLE = "Due dates"
OURS = "ours, strict and late date"
WALK = "day by day over our calendar"
OTHER = "day by day over chinesecalendar"
RULES = ("sign_for", "cx18", "ld17")
"""A short, a middling and a long limit in working days."""
FIRST_DAY, DAYS = date(2023, 1, 4), 800
ONE_DAY = timedelta(days=1)
IsDayOff = Callable[[date], bool]


def measure(effort: Effort, folder: Path) -> str:
    """The section on due dates."""
    rules = load_rulebook()
    limits = [limit_in_force(name, rules.deadlines[name], FIRST_DAY, None) for name in RULES]
    return "\n".join(_limit(rules.calendar, limit, effort) for limit in limits)


def _limit(calendar: WorkCalendar, limit: Limit, effort: Effort) -> str:
    days = [FIRST_DAY + timedelta(days=number % DAYS) for number in range(effort.dates)]
    starts = [datetime.combine(day, time(10), SHANGHAI) for day in days]
    amount = limit.amount or 0
    _must_agree(calendar, limit, starts)

    def ours(watch: Stopwatch) -> None:
        with watch.lap(len(starts)):
            for start in starts:
                compute(limit, start, calendar)

    contest = race(
        {
            OURS: ours,
            WALK: _walker(calendar.is_day_off, days, amount),
            OTHER: _walker(chinese_calendar.is_holiday, days, amount),
        },
        effort.rounds,
    )
    second = Spread.of([1 / one for one in contest.cpu[OURS]])
    ratios = " and ".join(spread(contest.ratio(name, OURS, "cpu")) for name in (WALK, OTHER))
    return (
        f"### {amount} working days ({limit.rule})\n\n{table(contest, OURS)}\n"
        f"- {figure(second.median)} due dates per second of CPU; "
        f"the walks take {ratios} times as long.\n"
    )


def _walker(is_day_off: IsDayOff, days: list[date], amount: int) -> Contender:
    def run(watch: Stopwatch) -> None:
        with watch.lap(len(days)):
            for day in days:
                _walk(day, amount, is_day_off)

    return run


def _walk(day: date, amount: int, is_day_off: IsDayOff) -> date:
    while amount:
        day += ONE_DAY
        amount -= not is_day_off(day)
    return day


def _must_agree(calendar: WorkCalendar, limit: Limit, starts: list[datetime]) -> None:
    for start in starts:
        found = compute(limit, start, calendar).at.date()
        for is_day_off in (calendar.is_day_off, chinese_calendar.is_holiday):
            walked = _walk(start.date(), limit.amount or 0, is_day_off)
            if walked != found:
                raise RuntimeError(f"{limit.rule} from {start}: {found}, counted {walked}")
