"""How many false alarms a year a setting gives: counted on the site's reports, shuffled.

Shuffled, an area's reports keep their days and their matters, but no matter keeps its days:
whatever stands out then is chance.
"""

import random
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.shapes.indicators import Indicator
from domain.surge.chance import chance_of
from domain.surge.reports import Report

GRID = (0.01, 0.005, 0.002, 0.001, 0.0005, 0.0002, 0.0001, 0.00005, 0.00002, 0.00001)
"""The settings that are tried, the boldest first."""
YEAR = 365.25
LEAST_DAYS = 90
"""Fewer days on which warnings could have been raised say nothing about a year."""
Alarm = tuple[int, str, float]
"""A day, a cell, and how likely it was by chance."""


@dataclass(frozen=True)
class Tried:
    """A setting with its alarms a year: of the shuffled reports, and of the real ones."""

    chance: float
    false_a_year: float
    real_a_year: float


@dataclass(frozen=True)
class Calibration:
    """All settings tried, and the boldest that keeps to the false alarms wanted.

    `chosen` is None where even the most careful one gives more. `days`: how many were computed.
    """

    tried: tuple[Tried, ...]
    chosen: Tried | None
    reports: int
    days: int
    rounds: int


class TooLittle(Exception):
    """The reports are too few, or of too few days, to tell a false alarm from a true one."""


def calibrate(
    reports: Sequence[Report], rule: Indicator, wanted: float, rounds: int, seed: int
) -> Calibration:
    """The settings tried on real and shuffled reports; `wanted`: false alarms allowed a year.

    The same seed gives the same answer. Raises TooLittle in Chinese.
    """
    areas = _by_area(reports)
    days = max((_computed(days, rule) for days, _ in areas.values()), default=0)
    if days < LEAST_DAYS:
        least = rule.days + rule.base_days + LEAST_DAYS
        raise TooLittle(
            f"需要至少一个地区有{least}日的线索，每{rule.base_days}日不少于{rule.least_base}件"
            f"有监管事项的；{_there(areas)}，可以计算的只有{days}日，需要{LEAST_DAYS}日"
        )
    chance = random.Random(seed)
    real = _counts(areas, rule)
    shuffled: Counter[float] = Counter()
    for _ in range(rounds):
        shuffled += _counts({key: _shuffled(one, chance) for key, one in areas.items()}, rule)
    years = days / YEAR
    tried = tuple(Tried(one, shuffled[one] / rounds / years, real[one] / years) for one in GRID)
    chosen = next((one for one in tried if one.false_a_year <= wanted), None)
    return Calibration(tried, chosen, sum(len(one) for one, _ in areas.values()), days, rounds)


Area = tuple[list[int], list[str]]
"""The days of an area's reports in order, and their matters."""


def _there(areas: Mapping[str, Area]) -> str:
    """How much there is, in the area that has most."""
    if not areas:
        return "现在还没有有监管事项的线索"
    days = max((days for days, _ in areas.values()), key=len)
    return f"现有线索最多的地区有{days[-1] - days[0] + 1}日、{len(days)}件"


def _by_area(reports: Sequence[Report]) -> dict[str, Area]:
    found: defaultdict[str, Area] = defaultdict(lambda: ([], []))
    for one in sorted((one for one in reports if one.matter), key=lambda one: one.day):
        days, matters = found[one.area]
        days.append(one.day)
        matters.append(one.matter)
    return dict(found)


def _shuffled(area: Area, chance: random.Random) -> Area:
    days, matters = area
    mixed = list(matters)
    chance.shuffle(mixed)
    return days, mixed


def _computed(days: Sequence[int], rule: Indicator) -> int:
    """On how many days there was enough to compare with."""
    span = rule.days + rule.base_days
    first, last = days[0] + span, days[-1]
    return sum(
        bisect_right(days, day - rule.days) - bisect_right(days, day - span) >= rule.least_base
        for day in range(first, last + 1)
    )


def _counts(areas: Mapping[str, Area], rule: Indicator) -> Counter[float]:
    """How many warnings every setting would have raised, each cell silent for a while after one."""
    silent: dict[tuple[float, str], int] = {}
    found: Counter[float] = Counter()
    for key, area in areas.items():
        for day, matter, chance in _alarms(area, rule):
            for setting in GRID:
                cell = (setting, f"{key}|{matter}")
                if chance <= setting and silent.get(cell, 0) <= day:
                    silent[cell] = day + rule.silent_days
                    found[setting] += 1
    return found


def _alarms(area: Area, rule: Indicator) -> Iterator[Alarm]:
    """Every day and matter that the boldest setting would tell, day by day."""
    days, matters = area
    recent: Counter[str] = Counter()
    base: Counter[str] = Counter()
    end = middle = start = 0
    span = rule.days + rule.base_days
    for day in range(days[0], days[-1] + 1):
        while end < len(days) and days[end] <= day:
            recent[matters[end]] += 1
            end += 1
        while days[middle] <= day - rule.days:
            recent[matters[middle]] -= 1
            base[matters[middle]] += 1
            middle += 1
        while days[start] <= day - span:
            base[matters[start]] -= 1
            start += 1
        if day >= days[0] + span and middle - start >= rule.least_base:
            counted = (end - middle, middle - start)
            yield from _told(day, recent, base, counted, rule.least)


def _told(
    day: int, recent: Counter[str], base: Counter[str], counted: tuple[int, int], least: int
) -> Iterator[Alarm]:
    now, before = counted
    for matter, count in recent.items():
        if count < least or count * before <= base[matter] * now:
            continue
        chance = chance_of(count, now, base[matter], before)
        if chance <= GRID[0]:
            yield day, matter, chance
