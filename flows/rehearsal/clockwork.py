"""A clock that moves from event to event: who does what when, in office hours, never sleeping."""

import heapq
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from domain.calendar.working_days import WorkCalendar
from domain.situation.situation import CHINA

Story = Generator[datetime, None, None]
"""A story acts, then yields the moment at which it wants to go on."""

OPENS, CLOSES = time(8, 30), time(17, 30)


class Stuck(Exception):
    """A story waited longer than its patience."""


@dataclass(order=True, frozen=True)
class _Turn:
    at: datetime
    number: int
    name: str = field(compare=False)
    story: Story = field(compare=False)
    lasting: bool = field(default=False, compare=False)


@dataclass
class Agenda:
    """The stories still to be told, and the simulated present."""

    now: datetime
    _turns: list[_Turn] = field(default_factory=list)
    _count: int = 0

    def add(self, name: str, story: Story, at: datetime, *, lasting: bool = False) -> None:
        """The story begins at a moment; a lasting one has no end that anybody waits for."""
        self._count += 1
        heapq.heappush(self._turns, _Turn(at, self._count, name, story, lasting))

    def is_busy(self) -> bool:
        """Whether a story is still to be told to its end."""
        return any(not one.lasting for one in self._turns)

    def has_turn(self, until: datetime) -> bool:
        """Whether somebody acts up to a moment."""
        return bool(self._turns) and self._turns[0].at <= until

    @property
    def next_at(self) -> datetime:
        """When the next turn is due; now, where nobody has one."""
        return self._turns[0].at if self._turns else self.now

    def unfinished(self) -> list[str]:
        """The stories that have not ended."""
        return sorted(one.name for one in self._turns if not one.lasting)

    def play(self, until: datetime, failed: Callable[[str, Exception], None]) -> int:
        """Tells every turn up to a moment, in order; how many there were.

        A story that fails with something expected of people is reported and told no further.
        """
        told = 0
        while self._turns and self._turns[0].at <= until:
            turn = heapq.heappop(self._turns)
            self.now = max(self.now, turn.at)
            told += 1
            try:
                wanted = next(turn.story, None)
            except Stuck as stuck:
                failed(turn.name, stuck)
                continue
            if wanted is not None:
                self.add(turn.name, turn.story, max(wanted, self.now), lasting=turn.lasting)
        self.now = max(self.now, until)
        return told


def side_by_side(*stories: Story) -> Story:
    """Several stories told beside each other, each at its own moments, until the last has ended."""
    waiting = [(at, place, one) for place, one in enumerate(stories) if (at := next(one, None))]
    while waiting:
        waiting.sort(key=lambda turn: turn[:2])
        at, place, story = waiting.pop(0)
        yield at
        later = next(story, None)
        waiting += [(later, place, story)] if later else []


def on_day(day: date, clock: str) -> datetime:
    """A moment of a day in China, such as 09:30."""
    return datetime.combine(day, time.fromisoformat(clock), CHINA)


def working_day_after(now: datetime, days: int, clock: str, calendar: WorkCalendar) -> datetime:
    """A moment on the working day that comes so many working days later; 0 is today or the next."""
    today = now.astimezone(CHINA).date()
    day = calendar.add_working_days(today, days) if days else calendar.roll_forward(today)
    found = on_day(day, clock)
    return found if found > now else on_day(calendar.add_working_days(day, 1), clock)


def office_hours_later(now: datetime, hours: float, calendar: WorkCalendar) -> datetime:
    """Some hours later, or on the next working morning where the office is closed by then."""
    found = now.astimezone(CHINA) + timedelta(hours=hours)
    if not calendar.is_day_off(found.date()) and OPENS <= found.time() <= CLOSES:
        return found
    late = found.time() > CLOSES or calendar.is_day_off(found.date())
    start = found.date() + timedelta(days=1) if late else found.date()
    day = calendar.roll_forward(start)
    return datetime.combine(day, time(8, 40 + found.minute % 20), CHINA)
