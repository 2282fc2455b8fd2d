"""How likely two bare texts tell of one problem at one object, and what of it agrees or differs.

Objects (an estate, a road, a line) are rare names that one title says and the other text too; the
problem is what else they share. Fitted to judged pairs (docs/matching.md).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import exp, hypot, log1p
from operator import add

from domain.duplicates.named_objects import agree, asks_of_policy, differ, objects_in
from domain.duplicates.rarity import CAP, Rarity

_AREA = re.compile(
    r"[a-z]\d+[区县市]"
    r"|[一-鿿]{2}(?<![小社片园校景厂库院地市住新城辖])[区县]"
)
_HEAD = 120
"""The area stands in the title or within so many signs of the content."""
UNNAMED = 0.4
"""Where a title says too little to name anything."""
NAMED, IN_PART, RARE, A_NAME = 0.4, 0.25, 4.5, 4
"""A title with so much of its weight, and so rare a run, in the other text names its object there;
a run as long as a name needs less beside it.
"""
WORTH_SAYING, SAID = 3.0, 3
"""Runs of this weight are told to a person, so many at most."""
A_MONTH = 30
FEW_WORDS = 0.25
"""How alike the words of two problems are taken to be where they are not known."""
_NUMBER = re.compile(r"\d{2,}|\d+[栋号期]")
NUMBERS = 3
"""So many numbers in common tell as much as more."""
_BASE = -2.3
_WEIGHTS = {
    "told": 0.63,
    "twice_named": 0.47,
    "problem": 2.95,
    "numbers": 0.86,
    "agreed": 0.43,
    "apart": -0.35,
    "other_area": -1.56,
    "policy": -3.19,
}
"""A logistic curve over the figures of a pair."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a clue tells: bare title and content, its topics with their shares, and the day.

    `words` are those of the dictionaries of routing. What is not known is empty, a day None.
    """

    title: str
    content: str
    topics: Mapping[str, float]
    day: int | None
    words: frozenset[str] = frozenset()


_RunsOfBoth = tuple[list[tuple[float, str]], list[tuple[float, str]]]


@dataclass(frozen=True)
class Sameness:
    """The chance from 0 to 1 to be one problem at one object, and what of it differs.

    `object_shared`: a rare name of one title stands in the other text, and nothing says otherwise.
    `runs`: the runs of signs that each title shares with the other text, the rarest first.
    `in_common`: the share of the pairs of signs of the text with fewer that the other has too.
    """

    chance: float
    other_area: bool
    other_object: bool
    object_shared: bool
    days_apart: int | None
    runs: _RunsOfBoth
    in_common: float

    @property
    def words(self) -> tuple[str, ...]:
        """The rarest runs of both titles, none inside another, at most `SAID`."""
        said: list[str] = []
        both = (*self.runs[0], *self.runs[1])
        for weight, run in sorted(both, key=lambda one: (-one[0], -len(one[1]), one[1])):
            if weight >= WORTH_SAYING and not any(run in each for each in said):
                said.append(run)
        return tuple(said[:SAID])


@dataclass(frozen=True)
class _Read:
    """A bare title and content as they are compared."""

    whole: str
    title_pairs: frozenset[str]
    pairs: frozenset[str]
    areas: frozenset[str]
    numbers: frozenset[str]


def sameness(one: Told, other: Told, rarity: Rarity) -> Sameness:
    """What two clues have in common beyond what all have, weighed by how rare it is."""
    both = _read(one.title, one.content), _read(other.title, other.content)
    first, second = both
    runs = _runs(one.title, second.whole, rarity), _runs(other.title, first.whole, rarity)
    named = (
        _covered(first.title_pairs, second.pairs, rarity),
        _covered(second.title_pairs, first.pairs, rarity),
    )
    together = first.pairs & second.pairs
    other_object = differ((one.title, first.whole), (other.title, second.whole))
    other_area = bool(first.areas and second.areas and not first.areas & second.areas)
    # The rarest run of a title tells the object; the second, as a rule, the problem.
    again = min(each[1][0] if len(each) > 1 else 0.0 for each in runs)
    days = _days_apart(one, other)
    figures = {
        "told": min(named) * log1p(rarity.together(together)),
        "twice_named": again * topics_alike(one.topics, other.topics),
        "apart": log1p(A_MONTH if days is None else days),
        "other_area": float(other_area),
        "policy": float(_own_cases(one.title, other.title)),
        "agreed": float(agree(objects_in(one.title), objects_in(other.title))),
        "numbers": float(min(NUMBERS, len(first.numbers & second.numbers))),
        "problem": words_alike(one.words, other.words, rarity),
    }
    total = _BASE + sum(weight * figures[name] for name, weight in _WEIGHTS.items())
    return Sameness(
        chance=0.0 if other_object else 1 / (1 + exp(-total)),
        other_area=other_area,
        other_object=other_object,
        object_shared=not (other_area or other_object) and _is_named(max(named), runs),
        days_apart=days,
        runs=runs,
        in_common=len(together) / max(1, min(len(first.pairs), len(second.pairs))),
    )


def _own_cases(one: str, other: str) -> bool:
    """Whether both ask about a policy and name no object alike: each for himself."""
    if not (asks_of_policy(one) and asks_of_policy(other)):
        return False
    return not agree(objects_in(one), objects_in(other))


def _is_named(named: float, runs: _RunsOfBoth) -> bool:
    """Whether a title names an object that stands in the other text."""
    rare = [run for both in runs for weight, run in both if weight >= RARE]
    enough = IN_PART if any(len(run) >= A_NAME for run in rare) else NAMED
    return named >= enough and bool(rare)


@lru_cache(maxsize=512)
def _read(title: str, content: str) -> _Read:
    whole = f"{title}|{content}"
    return _Read(
        whole=whole,
        title_pairs=_pairs(title),
        pairs=_pairs(whole),
        areas=frozenset(_AREA.findall(title)) or frozenset(_AREA.findall(content[:_HEAD])),
        numbers=frozenset(_NUMBER.findall(whole)),
    )


def _pairs(text: str) -> frozenset[str]:
    return frozenset(map(add, text, text[1:]))


def _covered(pairs: frozenset[str], others: frozenset[str], rarity: Rarity) -> float:
    """The share of the pairs, by their weight, that stand among the others."""
    known = rarity.weights
    whole = sum([known.get(pair, CAP) for pair in pairs])
    return sum([known.get(pair, CAP) for pair in pairs & others]) / whole if whole else UNNAMED


def _runs(title: str, text: str, rarity: Rarity) -> list[tuple[float, str]]:
    """The longest runs of signs that a title shares with a text, the rarest first, with weights."""
    found, known = [], rarity.weights
    start = 0
    while start < len(title) - 1:
        end = start + 2
        if title[start:end] not in text:
            start += 1
            continue
        while end < len(title) and title[start : end + 1] in text:
            end += 1
        run = title[start:end]
        found.append((max([known.get(pair, CAP) for pair in map(add, run, run[1:])]), run))
        start = end
    return sorted(found, key=lambda one: -one[0])


def topics_alike(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How alike the topics are, 0 to 1; one half where either's are not known."""
    if not one or not other:
        return 0.5
    together = sum(share * other[topic] for topic, share in one.items() if topic in other)
    return together / (hypot(*one.values()) * hypot(*other.values()))


def words_alike(one: frozenset[str], other: frozenset[str], rarity: Rarity) -> float:
    """The share, by their weight, of the words of two problems that both use."""
    if not one or not other:
        return FEW_WORDS
    return rarity.of_words(one & other) / rarity.of_words(one | other)


def _days_apart(one: Told, other: Told) -> int | None:
    return None if one.day is None or other.day is None else abs(one.day - other.day)
