"""Pauses that were asked about: which count for a limit, which do not, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from domain.limits.due_moment import Due
from domain.limits.limit import Limit, Pause, at_shanghai, day_of, in_words
from domain.rulebook.rulebook import Rulebook

UNNAMED = "不计入期限"
"""The reason of a pause that was given without one."""


@dataclass(frozen=True)
class JudgedPause:
    """A pause and whether it is left out of the limit."""

    pause: Pause
    counts: bool
    why: str

    def __str__(self) -> str:
        span = f"{in_words(self.pause.start)}至{in_words(self.pause.end or self.pause.start)}"
        verdict = "已扣除" if self.counts else "未扣除"
        return f"{span}（{self.pause.reason}）{verdict}" + (f"：{self.why}" if self.why else "")


def grounds_of(rule: str, rules: Rulebook) -> tuple[str, ...]:
    """The grounds on which a limit may be paused: the article's and those of the lifecycles."""
    found = [*rules.deadlines[rule].excluded]
    for lifecycle in rules.lifecycles.values():
        for action in lifecycle.actions.values():
            found += [one.reason for one in action.pauses if one.clock == rule]
    return tuple(dict.fromkeys(found))


def judge_pauses(
    pauses: Sequence[Pause], limit: Limit, due: Due, grounds: Sequence[str]
) -> Iterator[JudgedPause]:
    """Every pause with its verdict, in the order they were given."""
    for one in pauses:
        why = _outside(one, limit, due)
        yield JudgedPause(one, not why, why or _doubt(one, grounds))


def _outside(pause: Pause, limit: Limit, due: Due) -> str:
    """Why nothing of a pause falls into the limit."""
    assert due.course is not None and pause.end is not None
    start, by_hours = due.course.started_at, limit.unit == "hours"
    if limit.direction == "backward":
        return "自期日倒数的期限不因暂停变动"
    if pause.end == pause.start or (not by_hours and day_of(pause.start) == day_of(pause.end)):
        return "当日暂停、当日恢复，没有可扣除的日期"
    before = pause.end <= start if by_hours else day_of(pause.end) <= day_of(start)
    if before:
        return f"在起算（{in_words(start)}）之前"
    after = at_shanghai(pause.start) > due.at if by_hours else day_of(pause.start) > due.at.date()
    return f"在届满（{in_words(due.at)}）之后" if after else ""


def _doubt(pause: Pause, grounds: Sequence[str]) -> str:
    """What to check where the reason is not one that the article names."""
    if any(one in pause.reason for one in grounds):
        return ""
    named = "、".join(grounds)
    if pause.reason == UNNAMED:
        return f"没有写明事由，规定的事由为{named}"
    return f"「{pause.reason}」不是规定的事由（{named}），请核对"
