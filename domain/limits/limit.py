"""A time limit and what happened to it: what its due moment depends on."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal
from zoneinfo import ZoneInfo

from domain.calendar.working_days import WorkCalendar
from domain.shapes.deadlines import ConfirmedReading, DeadlineRule
from domain.shapes.entries import Unit

SHANGHAI = ZoneInfo("Asia/Shanghai")
UNIT_NAMES: dict[Unit, str] = {
    "hours": "小时",
    "natural_days": "日",
    "working_days": "个工作日",
    "months": "个月",
}


class NoLimit(Exception):
    """A clock that cannot be started: the rule is not in force, or its due day is not stated."""


class NoFigure(NoLimit):
    """A limit or an extension whose figure a person or a document has to state."""


@dataclass(frozen=True)
class Limit:
    """A time limit as in force when its clock started; `limit_in_force` makes one of a rule.

    `amount` counts in `unit`: hours, natural days, working days, months. `due_on` is the day that
    a document states instead. `confirmed` is legal staff's reading, which decides what is late;
    the rest is the strict one. Raises NoFigure where neither amount nor day is given.
    """

    rule: str
    amount: int | None
    unit: Unit
    roll_forward: bool = False
    first_day: Literal["not_counted", "next_working_day"] = "not_counted"
    direction: Literal["forward", "backward"] = "forward"
    confirmed: ConfirmedReading | None = None
    due_on: date | None = None
    basis: str = ""

    def __post_init__(self) -> None:
        if self.amount is None and self.due_on is None:
            raise NoFigure(f"期限 {self.rule} 由文书载明，条文没有数字：须写明届满日期")
        if self.amount is not None and self.amount < 1:
            raise NoLimit(f"期限 {self.rule} 的数字应为正整数，不能是 {self.amount}")


@dataclass(frozen=True)
class Pause:
    """Time that does not count, from `start` until the clock resumes at `end`.

    For limits in days, the day of the pause is left out and the day of resuming counts again.
    An open pause has no end yet, or one as if it ended at that moment (`open`).
    """

    start: datetime
    end: datetime | None
    reason: str = "中止"
    open: bool = False

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise ValueError(f"暂停的结束时间（{self.end}）早于开始时间（{self.start}）")

    @property
    def is_open(self) -> bool:
        """Whether the clock has not resumed."""
        return self.open or self.end is None

    def so_far(self, now: datetime) -> "Pause":
        """The pause as if it ended now, where it is open; a closed one as it is."""
        if not self.is_open:
            return self
        return Pause(self.start, max(now, self.start), self.reason, open=True)

    def covers(self, day: date) -> bool:
        """Whether a day is left out by this pause."""
        if self.end is None:
            return False
        return day_of(self.start) <= day < day_of(self.end)


@dataclass(frozen=True)
class Extension:
    """More time as granted, on which rung; `to_total` makes the whole limit that long."""

    amount: int
    unit: Unit
    to_total: bool = False
    rung: int = 0


@dataclass(frozen=True)
class Course:
    """All that a due moment depends on: limit, start, calendar, pauses, extensions."""

    limit: Limit
    started_at: datetime
    calendar: WorkCalendar
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()

    @property
    def stated(self) -> date | None:
        """The due day that a document states, unless an extension sets the whole limit anew."""
        if self.limit.due_on is None or any(one.to_total for one in self.extensions):
            return None
        return self.limit.due_on

    @property
    def start(self) -> date:
        """The day from which days are counted, itself not counted."""
        day = day_of(self.started_at)
        # 次一工作日起算 counts that working day as the first, so the day before it is the start. A
        # weekend in between is left out of natural days; of working days it would be anyway.
        if self.limit.first_day == "next_working_day" and self.limit.direction == "forward":
            return date.fromordinal(self.calendar.next_working_day(day).toordinal() - 1)
        return day

    @property
    def rolls_back(self) -> bool:
        """Whether a count back that ends on a day off ends on the working day before it."""
        return self.limit.roll_forward or self.limit.unit == "working_days"

    def stretches(self, unit: Unit) -> tuple[tuple[int, Unit], ...]:
        """What is counted one after the other, with the limit itself read in the given unit.

        Extensions in the limit's own unit follow its reading; those in another keep their own.
        """
        if not self.extensions and self.limit.due_on is None and self.limit.amount is not None:
            return ((self.limit.amount, unit),)
        own = self.limit.unit
        done: list[tuple[int, Unit]] = []
        if self.limit.due_on is None and self.limit.amount is not None:
            done = [(self.limit.amount, unit)]
        for one in self.extensions:
            more = unit if one.unit == own else one.unit
            if one.to_total:
                done = _up_to(done, (one.amount, more))
            # One stretch, for months: 1 and 2 months after 31 January end on 30 April, not on 28.
            elif done and done[-1][1] == more:
                done[-1] = (done[-1][0] + one.amount, more)
            else:
                done.append((one.amount, more))
        return tuple(done)


def _up_to(done: list[tuple[int, Unit]], total: tuple[int, Unit]) -> list[tuple[int, Unit]]:
    """The whole limit as one stretch; an extension never shortens it."""
    if len(done) == 1 and done[0][1] == total[1] and done[0][0] > total[0]:
        return done
    return [total]


def day_of(moment: datetime) -> date:
    """The day of a moment in China; a moment without offset is an error."""
    return at_shanghai(moment).date()


def at_shanghai(moment: datetime) -> datetime:
    """The moment in China's time; ValueError for one without offset."""
    if moment.tzinfo is None:
        raise ValueError(f"a moment without offset: {moment}")
    return moment.astimezone(SHANGHAI)


def days_late(due: datetime, now: datetime) -> int:
    """How many days a due moment is past: from its day in China to today's, as all pages count."""
    return (day_of(now) - day_of(due)).days


def lateness_in_words(due: datetime, now: datetime) -> str:
    """By how many days a due moment is past, in words; without a figure on its own day."""
    days = days_late(due, now)
    return f"已逾期{days}日" if days else "已逾期"


def start_of_day(day: date) -> datetime:
    """The first moment of a day in China."""
    return datetime.combine(day, time(0), tzinfo=SHANGHAI)


def limit_in_force(
    rule_id: str, rule: DeadlineRule, day: date, due_on: date | None = None
) -> Limit:
    """The limit for a clock that starts on `day`, by the value in force on that day in China.

    Raises NoLimit where the rule was not in force then, and NoFigure where the article leaves the
    figure to a document and `due_on` does not state it.
    """
    value = rule.in_force(day)
    if value is None:
        raise NoLimit(_not_in_force(rule_id, rule, day))
    if value.amount is None and due_on is None:
        raise NoFigure(f"{rule.label}（{rule_id}）的期限由文书载明，条文没有数字：须写明届满日期")
    return Limit(
        rule=rule_id,
        amount=value.amount,
        unit=value.unit,
        roll_forward=rule.roll_forward,
        first_day=rule.first_day,
        direction=rule.direction,
        confirmed=rule.confirmed,
        due_on=due_on,
        basis=value.basis,
    )


def _not_in_force(rule_id: str, rule: DeadlineRule, day: date) -> str:
    start = f"{rule.label}（{rule_id}）自{min(rule.values)}起施行"
    if day < min(rule.values):
        return f"{start}，{day}尚未施行"
    return f"{start}，至{rule.until}失效，{day}不适用"


def is_past(now: datetime, moment: datetime) -> bool:
    """Whether a due moment is over; the second it names still belongs to the limit."""
    return now.replace(microsecond=0) > moment


def in_words(moment: datetime) -> str:
    """A moment as an officer writes it: 2026年10月22日23时59分."""
    here = at_shanghai(moment)
    return f"{here.year}年{here.month}月{here.day}日{here.hour}时{here.minute:02d}分"
