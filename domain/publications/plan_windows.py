"""The days of a plan's row: 检查起止时间 as departments write it, read without guessing."""

import re
import unicodedata
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

CHINESE = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:(\d{1,2})日)?")
PLAIN = re.compile(r"(\d{4})[-./](\d{1,2})(?:[-./](\d{1,2}))?(?!\d)")
MONTHS = re.compile(r"^(?:(\d{4})年)?(\d{1,2})月?[-—–~至到](\d{1,2})月$")
WORD = re.compile(r"^(?:(\d{4})年度?)?第?(.+)$")
NAMED: Mapping[str, tuple[int, int]] = {
    "全年": (1, 12),
    "上半年": (1, 6),
    "下半年": (7, 12),
    **{f"{word}季度": (3 * one - 2, 3 * one) for one, word in enumerate("一二三四", start=1)},
    **{f"{one}季度": (3 * one - 2, 3 * one) for one in range(1, 5)},
}
Parts = tuple[str, str, str]
"""Year, month and day as they were written; what was left out is empty."""


@dataclass(frozen=True)
class Window:
    """From one day to another, both counted."""

    first: date
    last: date

    def holds(self, day: date, ahead: int = 0) -> bool:
        """Whether a day lies in it, or no more than so many days before it."""
        return self.first - timedelta(days=ahead) <= day <= self.last


def window_of(text: str, year: int) -> Window | None:
    """What a row says, in the plan's year where it names none; None where it cannot be told."""
    told = "".join(unicodedata.normalize("NFKC", text).split())
    for read in (_named, _months, _days):
        found = read(told, year)
        if found is not None and found.first <= found.last:
            return found
    return None


def _named(told: str, year: int) -> Window | None:
    found = WORD.match(told)
    if found is None or found[2] not in NAMED:
        return None
    first, last = NAMED[found[2]]
    return _window((found[1] or "", first, last), year)


def _window(what: tuple[str, int, int], year: int) -> Window | None:
    written, first, last = what
    own = int(written) if written else year
    return _between(lambda: date(own, first, 1), lambda: _end(own, last))


def _months(told: str, year: int) -> Window | None:
    found = MONTHS.match(told)
    return _window((found[1] or "", int(found[2]), int(found[3])), year) if found else None


def _days(told: str, year: int) -> Window | None:
    parts: list[Parts] = CHINESE.findall(told) or PLAIN.findall(told)
    if len(parts) not in (1, 2):
        return None
    first, last = parts[0], parts[-1]
    own = int(first[0] or year)
    until = int(last[0] or own)
    return _between(
        lambda: date(own, int(first[1]), int(first[2] or 1)),
        lambda: date(until, int(last[1]), int(last[2])) if last[2] else _end(until, int(last[1])),
    )


def _end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def _between(first: Callable[[], date], last: Callable[[], date]) -> Window | None:
    """None for a thirteenth month or a 31st of June."""
    try:
        return Window(first(), last())
    except ValueError:
        return None
