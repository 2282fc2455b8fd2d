"""How likely two bare texts tell of one problem at one object, and what of it agrees or differs.

Objects (an estate, a road, a line) are what the titles say beyond places and common words; the
problem is what the contents share. Fitted to judged pairs (docs/matching.md).
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from math import exp, sqrt

_AREA = re.compile(
    r"[a-z]\d+[区县市]"
    r"|[一-鿿]{2}(?<![小社片园校景厂库院地市住新城辖])[区县]"
)
_COMMON = re.compile(
    r"[a-z]?\d+[省市区县镇]|[a-z]市|街道|小区|问题|业主|反映|投诉|举报|咨询|建议|请求|关于|严重"
    r"|什么时候|什么|何时|能否|是否|为什么|怎么|如何|有关|相关|公司|有限|领导|政府|部门"
)
"""What titles say whatever they are about: it names no object and no problem."""
_HEAD = 120
"""The area stands in the title or within so many signs of the content."""
_BASE = -3.23
_WEIGHTS = {
    "named": 2.85,
    "named_by_both": 4.28,
    "title": -1.79,
    "title_by_both": -3.6,
    "told": 1.16,
    "told_twice": 0.15,
    "other_area": -2.14,
    "topic": 0.26,
    "named_and_told": 1.69,
    "reporter_named": 0.52,
    "both": 1.47,
}
"""A logistic curve over the figures of a pair; titles count through what the texts say of them,
so that like titles alone are a template rather than a sign.
"""


@dataclass(frozen=True)
class Sameness:
    """The chance from 0 to 1, and whether the areas differ; `named`: a title names an object."""

    chance: float
    other_area: bool
    named: bool


@dataclass(frozen=True)
class _Read:
    """A bare title and content as they are compared."""

    parts: tuple[str, ...]
    title: str
    whole: str
    pairs: frozenset[str]
    areas: frozenset[str]


def sameness(
    one: tuple[str, str], other: tuple[str, str], same_topic: bool, same_reporter: bool
) -> Sameness:
    """What two bare titles with their contents have in common beyond what all texts have."""
    first, second = _read(*one), _read(*other)
    named = _named(first, second)
    other_area = bool(first.areas and second.areas and first.areas.isdisjoint(second.areas))
    pairs = _overlap(first.pairs, second.pairs)
    figures = {
        "named": max(named),
        "named_by_both": min(named),
        **_titles(first, second),
        "told": sqrt(pairs),
        "told_twice": pairs,
        "other_area": float(other_area),
        "topic": float(same_topic),
        "named_and_told": min(named) * pairs,
        "reporter_named": same_reporter * max(named),
    }
    figures["both"] = figures["title"] * figures["named_by_both"]
    total = _BASE + sum(weight * figures[name] for name, weight in _WEIGHTS.items())
    return Sameness(1 / (1 + exp(-total)), other_area, _names(first) or _names(second))


def _named(first: _Read, second: _Read) -> list[float]:
    """How much of each title's names stands in the other's text; less than half for no names."""
    found = [_covered(first.parts, second.whole), _covered(second.parts, first.whole)]
    return [one for one in found if one is not None] or [0.4]


def _names(one: _Read) -> bool:
    return _covered(one.parts, "") is not None


def _titles(first: _Read, second: _Read) -> dict[str, float]:
    """The same with the other's title alone."""
    found = [_covered(first.parts, second.title), _covered(second.parts, first.title)]
    known = [one for one in found if one is not None] or [0.3]
    return {"title": max(known), "title_by_both": min(known)}


@lru_cache(maxsize=4096)
def _read(title: str, content: str) -> _Read:
    whole = f"{title}|{content[:500]}"
    return _Read(
        parts=tuple(part for part in _COMMON.split(title) if len(part) >= 2),
        title=title,
        whole=whole,
        pairs=_runs(content, 2),
        areas=frozenset(_AREA.findall(title)) or frozenset(_AREA.findall(content[:_HEAD])),
    )


def _runs(text: str, size: int) -> frozenset[str]:
    return frozenset(text[at : at + size] for at in range(len(text) - size + 1))


def _covered(parts: tuple[str, ...], text: str) -> float | None:
    """How many pairs of signs of the parts stand in a text; None where there are too few."""
    pairs = [part[at : at + 2] for part in parts for at in range(len(part) - 1)]
    return sum(pair in text for pair in pairs) / len(pairs) if len(pairs) >= 2 else None


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, min(len(one), len(other)))
