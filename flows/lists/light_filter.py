"""Which limits a list is narrowed to: late, due today, due soon, or new."""

from datetime import datetime, time, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import col

from domain.limits.limit import SHANGHAI, day_of
from domain.tables.process import Clock

SOON, NEW = timedelta(days=3), timedelta(days=1)
LIGHTS = {"red": "已逾期", "today": "今天届满", "yellow": "三日内届满", "new": "新到（一日内）"}
"""What a list may be narrowed to, in words."""


def in_light(clock: type[Clock], light: str, now: datetime) -> list[ColumnElement[bool]]:
    """The conditions on a limit: late and not paused, due by the end of the day, within three days.

    `new`: it began to run within a day. Any other word narrows nothing.
    """
    running = col(clock.breach_at) >= now
    if light == "red":
        return [col(clock.breach_at) < now, col(clock.paused).is_(False)]
    if light == "today":
        evening = datetime.combine(day_of(now) + timedelta(days=1), time(0), SHANGHAI)
        return [running, col(clock.due_at) <= evening]
    if light == "yellow":
        return [running, col(clock.due_at) < now + SOON]
    if light == "new":
        return [col(clock.started_at) > now - NEW]
    return []
