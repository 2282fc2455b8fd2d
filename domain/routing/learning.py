"""What the record of a site teaches: which departments took which clues, whatever words say.

A linear model beside the dictionary: it moves the scores of departments for which the dictionary's
words already speak, and proposes none by itself. Deterministic: the same lessons in the same order
give the same weights, so it may be thrown away and made anew from the record at any time.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import exp, log, sqrt
from types import MappingProxyType

from domain.routing.matter_index import Claim, ReadText

PACE = 0.1
"""How far one lesson moves a weight at first; the more often a word came, the less (AdaGrad)."""
UNSAID = 0.3
"""What is added to a score before its logarithm is taken, so that a weak claim is no impossible."""
MOST = 1.5
"""No lessons raise or lower a score by more than this, in the logarithm: 4.5 times."""
SHARED_BY = 3
"""A feature of fewer lessons is forgotten: it teaches little, and may be somebody's name."""
RUNS = (2, 3)
"""Lengths of the runs of characters that are taken from a title."""
ENOUGH = 100
"""Before so many lessons nothing is used."""
SPOKE = 0.05
"""From this share of the shift on a word is named as one that spoke for or against."""

Weights = Mapping[str, Mapping[str, float]]
"""What each feature adds to the logarithm of a function's score: feature, function, weight."""


@dataclass(frozen=True)
class Learned:
    """The weights in use; without any the dictionary stands alone."""

    weights: Weights = field(default_factory=dict)


NOTHING = Learned()


@dataclass(frozen=True)
class Lesson:
    """A clue as routing read it, and the function of the department that took it in the end.

    `key`: the clue's number, for whoever wants to look it up.
    """

    claims: Sequence[Claim]
    features: tuple[str, ...]
    function: str
    key: str = ""


@dataclass(frozen=True)
class Differing:
    """A clue for which lessons and dictionary name different functions, and who took it."""

    clue: str
    dictionary: str
    lessons: str
    taken: str


@dataclass(frozen=True)
class Evidence:
    """How dictionary and lessons would have done, each lesson foretold before it was learnt.

    `won`: the lessons named the department that took the clue and the dictionary did not; `lost`:
    the other way round.
    """

    lessons: int = 0
    dictionary_right: int = 0
    learned_right: int = 0
    won: int = 0
    lost: int = 0

    @property
    def is_enough(self) -> bool:
        """Whether the lessons may be used: better than the dictionary by more than chance.

        One standard error of the difference, from `ENOUGH` lessons on.
        """
        return self.lessons >= ENOUGH and self.won - self.lost > sqrt(self.won + self.lost)


def features_of(claims: Sequence[Claim], head: ReadText, body: ReadText) -> tuple[str, ...]:
    """What a lesson is tied to: the dictionary's own proposal, its words, and runs of the title.

    `claims` by the dictionary alone, the best first.
    """
    found = {f"w{word}" for word in (*head.words, *body.words)}
    found.update(f"r{run}" for run in _runs(head.plain))
    if claims:
        found.update((f"t{claims[0].best.topic}", f"l{claims[0].lead}"))
    return tuple(sorted(found))


def _runs(text: str) -> Iterator[str]:
    """Runs of Chinese characters; figures and letters are numbers, places and names."""
    for length in RUNS:
        for start in range(len(text) - length + 1):
            run = text[start : start + length]
            if all("\u4e00" <= sign <= "\u9fff" for sign in run):
                yield run


def taught(claims: Sequence[Claim], features: tuple[str, ...], learned: Learned) -> list[Claim]:
    """The claims with their scores moved by the lessons, the best first."""
    if not learned.weights:
        return list(claims)
    moved = [
        replace(one, score=_moved(one.score, shift_of(features, one.lead, learned.weights)))
        for one in claims
    ]
    return sorted(moved, key=lambda one: (-one.score, one.lead))


def _moved(score: float, shift: float) -> float:
    bounded = max(-MOST, min(MOST, shift))
    return max((score + UNSAID) * exp(bounded) - UNSAID, 0.0) if bounded else score


def shift_of(features: Sequence[str], function: str, weights: Weights) -> float:
    """What the lessons add to the logarithm of a function's score."""
    said = sum(weights[one].get(function, 0.0) for one in features if one in weights)
    return said / sqrt(max(len(features), 1))


def words_for(features: Sequence[str], function: str, weights: Weights) -> tuple[str, ...]:
    """The words and runs that the lessons tie to a function, the weightiest first."""
    return tuple(one for _, one in _said(features, function, weights, 1.0))


def words_against(features: Sequence[str], function: str, weights: Weights) -> tuple[str, ...]:
    """The words and runs that the lessons hold against a function, the weightiest first."""
    return tuple(one for _, one in _said(features, function, weights, -1.0))


def _said(
    features: Sequence[str], function: str, weights: Weights, sign: float
) -> list[tuple[float, str]]:
    by_word: dict[str, float] = {}
    for one in features:
        weight = sign * weights.get(one, {}).get(function, 0.0)
        if one[0] in "wr" and weight > SPOKE:
            by_word[one[1:]] = max(weight, by_word.get(one[1:], 0.0))
    kept: list[tuple[float, str]] = []
    for word, weight in sorted(by_word.items(), key=lambda one: (-one[1], -len(one[0]), one[0])):
        if not any(word in other or other in word for _, other in kept):
            kept.append((weight, word))
    return kept


@dataclass(frozen=True)
class Learning:
    """The weights after all lessons, how they would have done on the way, and where they differed.

    `differing` in the order of the lessons.
    """

    learned: Learned
    evidence: Evidence
    differing: tuple[Differing, ...]


def learn(lessons: Iterable[Lesson]) -> Learning:
    """Learns all lessons in their order.

    A lesson whose department no word of the dictionary speaks for is counted and teaches nothing.
    """
    learner = _Learner()
    for lesson in lessons:
        learner.foretell(lesson)
        learner.take(lesson)
    return Learning(learner.kept(), learner.evidence, tuple(learner.differing))


class _Learner:
    """A softmax over the claims of each lesson, its steps made smaller where a feature is known."""

    def __init__(self) -> None:
        self.weights: dict[str, dict[str, float]] = {}
        self.steps: dict[tuple[str, str], float] = {}
        self.met: Counter[str] = Counter()
        self.evidence = Evidence()
        self.differing: list[Differing] = []

    def foretell(self, lesson: Lesson) -> None:
        """Notes who would have been right, before the lesson is learnt."""
        if not lesson.claims:
            self.evidence = replace(self.evidence, lessons=self.evidence.lessons + 1)
            return
        by_words = lesson.claims[0].lead
        by_lessons = taught(lesson.claims, lesson.features, Learned(self.weights))[0].lead
        if by_words != by_lessons:
            told = Differing(lesson.key, by_words, by_lessons, lesson.function)
            self.differing.append(told)
        said, known = by_words == lesson.function, by_lessons == lesson.function
        past = self.evidence
        self.evidence = Evidence(
            past.lessons + 1,
            past.dictionary_right + said,
            past.learned_right + known,
            past.won + (known and not said),
            past.lost + (said and not known),
        )

    def take(self, lesson: Lesson) -> None:
        """One step towards the department that took the clue."""
        self.met.update(lesson.features)
        if lesson.function not in {one.lead for one in lesson.claims}:
            return
        share = 1 / sqrt(max(len(lesson.features), 1))
        for function, missing in self._missing(lesson).items():
            for one in lesson.features:
                self._move(one, function, missing * share)

    def _missing(self, lesson: Lesson) -> dict[str, float]:
        """By function: how much of certainty it lacks, or has too much."""
        logs = {
            one.lead: log(one.score + UNSAID) + shift_of(lesson.features, one.lead, self.weights)
            for one in lesson.claims
        }
        highest = max(logs.values())
        parts = {function: exp(value - highest) for function, value in logs.items()}
        whole = sum(parts.values())
        return {
            function: (function == lesson.function) - part / whole
            for function, part in parts.items()
        }

    def _move(self, feature: str, function: str, slope: float) -> None:
        known = self.steps.get((feature, function), 0.0) + slope * slope
        self.steps[feature, function] = known
        own = self.weights.setdefault(feature, {})
        own[function] = own.get(function, 0.0) + PACE * slope / sqrt(known + 0.001)

    def kept(self) -> Learned:
        """The weights worth keeping, rounded, so that they are the same on every machine."""
        found = {
            feature: {
                function: round(weight, 4)
                for function, weight in sorted(own.items())
                if abs(weight) >= 0.001
            }
            for feature, own in sorted(self.weights.items())
            if self.met[feature] >= SHARED_BY
        }
        return Learned(MappingProxyType({one: own for one, own in found.items() if own}))
