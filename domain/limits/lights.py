"""The light of a clock: green, yellow, red or grey, each with a word and a shape of its own."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

from domain.calendar.working_days import WorkCalendar
from domain.limits.due_moment import Due
from domain.limits.limit import SHANGHAI, day_of, is_past

LAST_PART = 5
"""Yellow begins with the last fifth of the time."""


@dataclass(frozen=True)
class Light:
    """How a clock stands; the word and the shape say it without the colour."""

    colour: Literal["green", "yellow", "red", "grey"]
    word: str
    shape: str


GREEN = Light("green", "正常", "●")
YELLOW = Light("yellow", "临期", "◆")
RED = Light("red", "逾期", "▲")
GREY = Light("grey", "暂停", "■")
LAPSED = Light("grey", "期满", "■")
"""Of a right that was not used in its time: nobody is late."""


def light(due: Due, now: datetime, calendar: WorkCalendar, started_at: datetime) -> Light:
    """Grey when paused, red when late, yellow near or past the strict due moment, else green.

    Late is what `breach_at` says: between the strict moment and a confirmed later one, yellow.
    """
    if due.paused:
        return GREY
    if is_past(now, due.breach_at):
        return RED
    return YELLOW if now >= yellow_from(due, calendar, started_at) else GREEN


def yellow_from(due: Due, calendar: WorkCalendar, started_at: datetime) -> datetime:
    """The beginning of the last fifth or of the last working day, whichever comes first.

    A limit in hours has the last fifth only; one counted back from a hearing the last day only.
    """
    fifth = due.at - (due.at - started_at) / LAST_PART
    if due.unit == "hours":
        return fifth
    last = calendar.roll_backward(day_of(due.at))
    morning = datetime.combine(last, time(0), tzinfo=SHANGHAI)
    # A limit counted back starts at its hearing, after it is due: its fifth would mean nothing.
    return morning if started_at > due.at else min(fifth, morning)
