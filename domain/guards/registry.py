"""The registries of guards, conditions and selections, and how they read dates of a form."""

from collections.abc import Callable
from datetime import date, datetime

from domain.shapes.registry import Registry
from domain.situation.situation import CHINA, Situation

Guard = Callable[[Situation], str | None]
Condition = Callable[[Situation], bool]
Selection = Callable[[Situation], tuple[int, ...]]

guard: Registry[Guard] = Registry()
"""A guard answers None, or the reason in Chinese why the action is refused."""
condition: Registry[Condition] = Registry()
"""A condition says whether a clock, a document or a consequence belongs to the step."""
selection: Registry[Selection] = Registry()
"""A selection names the processes that a consequence reaches, by id."""


def day_of(value: object) -> date | None:
    """The day in China that a form or fact holds as ISO text; None where it holds none."""
    moment = moment_of(value)
    return moment.date() if moment else None


def moment_of(value: object) -> datetime | None:
    """The moment in China's time that a form or fact holds as ISO text; None where it holds none.

    A bare day is its midnight. Raises ValueError for text that is no date.
    """
    if not isinstance(value, str) or not value:
        return None
    moment = datetime.fromisoformat(value)
    return moment.replace(tzinfo=CHINA) if moment.tzinfo is None else moment.astimezone(CHINA)
