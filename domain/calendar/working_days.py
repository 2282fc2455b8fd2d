"""Working days: public holidays and make-up days by year, and what is known beyond them."""

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from domain.shapes.calendars import CalendarYear, StatutoryYear

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
YEARS_BEYOND = 50
"""How far past the last loaded year provisional dates reach."""

Complaint = tuple[int, str]
"""A year of the calendar and what is wrong with it."""


class BeyondCalendar(Exception):
    """A day before the first loaded year or more than `YEARS_BEYOND` years after the last."""


@dataclass(frozen=True, repr=False)
class WorkCalendar:
    """Working days of China, counted once at load so that every question is one look-up.

    All days are days in China's time. Past the last loaded year the answers are provisional and on
    the strictest assumption: every Monday to Friday works unless the law itself names it a holiday,
    and no weekend does. Whatever takes a day raises BeyondCalendar where nothing is known of it.
    """

    # `workdays` has every working day as an ordinal, `before` for every day since `origin` how many
    # of them come before it: adding days and counting them are then two look-ups and no loop.
    origin: int
    first_year: int
    last_year: int
    loaded: frozenset[int]
    reasons: Mapping[date, str]
    workdays: tuple[int, ...]
    before: tuple[int, ...]

    @classmethod
    def build(
        cls, years: Iterable[CalendarYear], statutory: Iterable[StatutoryYear] = ()
    ) -> tuple["WorkCalendar", list[Complaint]]:
        """The calendar of the announced years, and every complaint about them with its year.

        `statutory` says which days the law itself gives, by year: they stand in for notices that
        are not out yet. Complaints do not stop the building; the caller decides what they mean.
        """
        known = sorted(years, key=lambda one: one.year)
        expected = sorted(statutory, key=lambda one: one.year)
        complaints = _complaints(known, expected)
        holidays: dict[date, str] = {}
        workdays: set[date] = set()
        for year in known:
            holidays |= _by_day(year)
            workdays |= set(year.workdays)
        loaded = frozenset(one.year for one in known)
        first, last = (min(loaded), max(loaded)) if loaded else (date.min.year, date.min.year)
        for year_beyond in _years_beyond(expected, last):
            # An announced year rules over the law's bare list; the list is only for what follows.
            if year_beyond.year > last:
                holidays |= _by_day(year_beyond)
        reasons = {day: f"{name}休假" for day, name in holidays.items()}
        reasons |= dict.fromkeys(workdays, "调休上班")
        positions = _positions(first, last + YEARS_BEYOND, set(holidays) - workdays, workdays)
        origin = date(first, 1, 1).toordinal()
        return cls(origin, first, last, loaded, reasons, *positions), complaints

    def is_day_off(self, day: date) -> bool:
        """Whether nobody works on a day: a holiday, or a weekend without make-up work."""
        index = self._index(day)
        return self.before[index] == self.before[index + 1]

    def why(self, day: date) -> str:
        """What a day is, in words: 周一, 周六, 国庆节休假 or 调休上班."""
        self._index(day)
        return self.reasons.get(day) or WEEKDAYS[day.weekday()]

    def is_loaded(self, day: date) -> bool:
        """Whether a day lies in a year whose holidays were announced."""
        return day.year in self.loaded

    def position(self, day: date) -> int:
        """How many working days there are from the beginning of the calendar through a day.

        A day off has the position of the working day before it.
        """
        return self.before[self._index(day) + 1]

    def working_day(self, position: int) -> date:
        """The working day at a position, the first one being 1."""
        if not 1 <= position <= len(self.workdays):
            raise self._beyond()
        return date.fromordinal(self.workdays[position - 1])

    def add_working_days(self, day: date, count: int) -> date:
        """The working day that many after a day (before it, when negative), the day not counted.

        Nought gives the day itself, even a day off.
        """
        if count > 0:
            return self.working_day(self.position(day) + count)
        if count < 0:
            # Counted from what lies before the day: back from a Sunday, Friday is the first.
            return self.working_day(self.before[self._index(day)] + count + 1)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and including `end`."""
        return self.position(end) - self.position(start)

    def next_working_day(self, day: date) -> date:
        """The first working day after a day."""
        return self.add_working_days(day, 1)

    def roll_forward(self, day: date) -> date:
        """The day itself where it works, or else the next working day."""
        return self.next_working_day(day) if self.is_day_off(day) else day

    def roll_backward(self, day: date) -> date:
        """The day itself where it works, or else the last working day before it."""
        return self.add_working_days(day, -1) if self.is_day_off(day) else day

    def require(self, day: date) -> None:
        """Nothing, or BeyondCalendar for a day of which nothing is known."""
        self._index(day)

    def __repr__(self) -> str:
        return f"WorkCalendar({self.first_year}-{self.last_year})"

    def _index(self, day: date) -> int:
        index = day.toordinal() - self.origin
        if not 0 <= index < len(self.before) - 1:
            raise self._beyond(day)
        return index

    def _beyond(self, day: date | None = None) -> BeyondCalendar:
        what = f"{day.year}年{day.month}月{day.day}日" if day else "所求日期"
        known = f"自{self.first_year}年1月1日起，至{self.last_year + YEARS_BEYOND}年12月31日止"
        return BeyondCalendar(f"{what}超出日历范围：工作日历{known}，无法计算")


def _by_day(year: CalendarYear | StatutoryYear) -> dict[date, str]:
    names: dict[date, str] = {}
    for name, day in _named_days(year):
        names[day] = f"{names[day]}、{name}" if day in names else name
    return names


def _named_days(year: CalendarYear | StatutoryYear) -> Iterable[tuple[str, date]]:
    return ((name, day) for name, days in year.holidays.items() for day in days)


def _positions(
    first: int, last: int, holidays: set[date], workdays: set[date]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """All working days as ordinals, and how many of them come before each day."""
    start, end = date(first, 1, 1).toordinal(), date(last, 12, 31).toordinal() + 1
    at_work = {day.toordinal() for day in workdays}
    at_rest = {day.toordinal() for day in holidays}
    found: list[int] = []
    before = [0]
    for day in range(start, end):
        # Ordinal 1 (0001-01-01) was a Monday, so that 6 and 0 are Saturday and Sunday.
        if day in at_work or (day % 7 not in (6, 0) and day not in at_rest):
            found.append(day)
        before.append(len(found))
    return tuple(found), tuple(before)


def _years_beyond(expected: Sequence[StatutoryYear], last: int) -> Iterable[StatutoryYear]:
    """The years the law gives, then years with those holidays alone whose date never moves."""
    yield from expected
    # Spring, Qingming, Dragon Boat and Mid-Autumn move with the moon or the sun; what stands on the
    # same day in every known year does not. One year alone cannot tell the two apart.
    if len(expected) < 2:
        return
    years = [{(name, day.month, day.day) for name, day in _named_days(one)} for one in expected]
    fixed = sorted(set.intersection(*years))
    given = {one.year for one in expected}
    for year in range(last + 1, last + YEARS_BEYOND + 1):
        if year not in given:
            holidays: dict[str, tuple[date, ...]] = {}
            for name, month, day in fixed:
                holidays[name] = (*holidays.get(name, ()), date(year, month, day))
            yield StatutoryYear(year=year, holidays=holidays)


def _complaints(
    known: Sequence[CalendarYear], expected: Sequence[StatutoryYear]
) -> list[Complaint]:
    found = [complaint for year in known for complaint in _year_complaints(year)]
    found += [one for year in expected for one in _strangers(year, _by_day(year))]
    if not known:
        return [*found, (0, "没有任何年度的放假安排")]
    years = [one.year for one in known]
    twice = sorted({year for year in years if years.count(year) > 1})
    found += [(year, f"{year}年的放假安排重复") for year in twice]
    missing = sorted(set(range(years[0], years[-1])) - set(years))
    return found + [(year, f"缺少{year}年的放假安排：各年应当连续") for year in missing]


def _year_complaints(year: CalendarYear) -> Iterable[Complaint]:
    holidays = _by_day(year)
    if not year.notice.strip():
        yield year.year, "notice 不能为空：应写明国务院办公厅放假通知的文号"
    yield from _strangers(year, [*holidays, *year.workdays])
    for day in year.workdays:
        if day.weekday() < 5:
            yield (
                year.year,
                f"workdays 中的{day}是{WEEKDAYS[day.weekday()]}：调休上班日应为周六或周日",
            )
        if day in holidays:
            yield year.year, f"{day}既是{holidays[day]}休假，又是调休上班日：只能列一处"


def _strangers(year: CalendarYear | StatutoryYear, days: Iterable[date]) -> Iterable[Complaint]:
    for day in days:
        if day.year != year.year:
            yield year.year, f"{day}不在{year.year}年：应写入当年的文件"


def plus_months(day: date, months: int) -> date:
    """The corresponding day of a later (or earlier) month, or its last day where there is none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
