"""How likely two bare texts tell of one problem at one object, and what of it agrees or differs.

Objects (an estate, a road, a line) are rare names that one title says and the other text too; the
problem is what else they share. Fitted to judged pairs (docs/matching.md).
"""

from collections.abc import Mapping, Sequence
from math import exp, hypot, log1p
from operator import add
from typing import NamedTuple

from domain.duplicates.named_objects import agree, asks_of_policy, differ, objects_in
from domain.duplicates.problems import problems_in, said_too
from domain.duplicates.rarity import CAP, Rarity
from domain.duplicates.readings import Reading, reading_of, share_in_common, shared_pairs

HALF = 0.5
"""From this share of signs in common on the contents are looked at, whatever the titles say."""
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
NUMBERS = 3
"""So many numbers in common tell as much as more."""
UNSAID = 0.4
"""Where a title names no problem, so much is taken to be said by the other text."""
OPENING = 40
"""A content opens with so many signs."""
_BASE = -3.3
_WEIGHTS = {
    "told": 0.46,
    "twice_named": 0.33,
    "problem": 1.99,
    "said_too": 2.31,
    "numbers": 0.7,
    "agreed": 0.52,
    "apart": -0.34,
    "other_area": -2.69,
    "policy": -3.25,
}
"""A logistic curve over the figures of a pair."""


class Told(NamedTuple):
    """What a clue tells: bare title and content, its topics with their shares, and the day.

    `words` are those of the dictionaries of routing. What is not known is empty, a day None.
    """

    title: str
    content: str
    topics: Mapping[str, float]
    day: int | None
    words: frozenset[str] = frozenset()


_RunsOfBoth = tuple[Sequence[tuple[float, str]], Sequence[tuple[float, str]]]


class Sameness(NamedTuple):
    """The chance from 0 to 1 to be one problem at one object, and what of it differs.

    `object_shared`: a rare name of one title stands in the other text, and nothing says otherwise.
    `runs`: the runs of signs that each title shares with the other text, the rarest first.
    `problems`: those that one title names and the other text says, too.
    `in_common`: the share of the pairs of signs of the text with fewer that the other has too.
    """

    chance: float = 0.0
    other_area: bool = False
    other_object: bool = False
    object_shared: bool = False
    days_apart: int | None = None
    runs: _RunsOfBoth = ((), ())
    in_common: float = 0.0
    problems: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """The rarest runs of both titles, none inside another, at most `SAID`."""
        said: list[str] = []
        both = (*self.runs[0], *self.runs[1])
        for weight, run in sorted(both, key=lambda one: (-one[0], -len(one[1]), one[1])):
            if weight >= WORTH_SAYING and not any(run in each for each in said):
                said.append(run)
        return tuple(said[:SAID])


def sameness(one: Told, other: Told, rarity: Rarity) -> Sameness:
    """What two clues have in common beyond what all have, weighed by how rare it is.

    Nothing more is looked at where it is plain that they are two: titles that name other objects
    over contents that are not equal, or hardly a sign in common.
    """
    first, second = reading_of(one.title, one.content), reading_of(other.title, other.content)
    other_object = differ((one.title, first.whole), (other.title, second.whole))
    if other_object and one.content != other.content:
        return Sameness(other_object=True)
    together = shared_pairs(first, second)
    named = (
        _covered(first.title_pairs, together, rarity),
        _covered(second.title_pairs, together, rarity),
    )
    in_common = share_in_common(first, second, together)
    known = _Known(one, other, first, second)
    topics, figures = topics_alike(one.topics, other.topics), known.figures(rarity)
    if max(named) < IN_PART and in_common < HALF:
        # However well all that is not known yet agrees, the chance may stay below one half.
        told = min(named) * log1p(CAP * len(together))
        best = {"told": told, "twice_named": CAP * topics, "said_too": 1.0}
        if _total(figures | best) < 0:
            return Sameness(other_object=other_object, in_common=in_common)
    runs = _runs(one.title, second.whole, rarity), _runs(other.title, first.whole, rarity)
    # The rarest run of a title tells the object; the second, as a rule, the problem.
    again = min(each[1][0] if len(each) > 1 else 0.0 for each in runs)
    problems = _said(one, second.whole), _said(other, first.whole)
    figures |= {
        "told": min(named) * log1p(rarity.together(together)),
        "twice_named": again * topics,
        "said_too": sum(share for share, _ in problems) / 2,
    }
    return Sameness(
        chance=0.0 if other_object else 1 / (1 + exp(-_total(figures))),
        other_area=known.other_area,
        other_object=other_object,
        object_shared=not (known.other_area or other_object) and _is_named(max(named), runs),
        days_apart=known.days_apart,
        runs=runs,
        in_common=in_common,
        problems=tuple(dict.fromkeys((*problems[0][1], *problems[1][1]))),
    )


class _Known(NamedTuple):
    """What is known of a pair without comparing its signs."""

    one: Told
    other: Told
    first: Reading
    second: Reading

    @property
    def other_area(self) -> bool:
        mine, others = self.first.areas, self.second.areas
        return bool(mine and others and mine.isdisjoint(others))

    @property
    def days_apart(self) -> int | None:
        mine, others = self.one.day, self.other.day
        return None if mine is None or others is None else abs(mine - others)

    def figures(self, rarity: Rarity) -> dict[str, float]:
        title, another, days = self.one.title, self.other.title, self.days_apart
        numbers = self.first.numbers & self.second.numbers
        return {
            "apart": log1p(A_MONTH if days is None else days),
            "other_area": float(self.other_area),
            "policy": float(_own_cases(title, another)),
            "agreed": float(agree(objects_in(title), objects_in(another))),
            "numbers": float(min(NUMBERS, len(numbers))),
            "problem": words_alike(self.one.words, self.other.words, rarity),
        }


def _total(figures: Mapping[str, float]) -> float:
    return _BASE + sum([weight * figures[name] for name, weight in _WEIGHTS.items()])


def _own_cases(one: str, other: str) -> bool:
    """Whether both ask about a policy and name no object alike: each for himself."""
    if not (asks_of_policy(one) and asks_of_policy(other)):
        return False
    return not agree(objects_in(one), objects_in(other))


def _said(one: Told, text: str) -> tuple[float, tuple[str, ...]]:
    """The share of a title's problems that another text says in whatever words, and which.

    A title that only repeats how its content begins is read on to `OPENING`.
    """
    is_begun = one.content.startswith(one.title)
    named = problems_in(one.content[:OPENING] if is_begun else one.title)
    said = said_too(named, text)
    return (len(said) / len(named) if named else UNSAID), said


def _is_named(named: float, runs: _RunsOfBoth) -> bool:
    """Whether a title names an object that stands in the other text."""
    rare = [run for both in runs for weight, run in both if weight >= RARE]
    enough = IN_PART if any(len(run) >= A_NAME for run in rare) else NAMED
    return named >= enough and bool(rare)


def _covered(pairs: frozenset[int], others: frozenset[int], rarity: Rarity) -> float:
    """The share of the pairs, by their weight, that stand among the others."""
    whole = rarity.whole_kept(pairs)
    return rarity.whole(pairs & others) / whole if whole else UNNAMED


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
