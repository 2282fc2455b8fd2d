"""The index of matters: scores each against a text by the words citizens use for it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt
from types import MappingProxyType

from domain.routing.competence import Competence, competent_departments
from domain.routing.word_index import WordIndex, index_words, plain
from domain.shapes.entries import Department, Matter, OtherChannel

IN_TITLE = 2.0
"""A word in the title or category counts this many times one in the body."""
ORDINARY = 300
"""Characters of an ordinary body; in a longer one a single word says less."""
OFTEN = 4
"""Repetitions in the body beyond which a word gains no more; up to there by the square root."""
LONGEST = 6
"""Characters beyond which a longer word weighs no more."""
LAST_WORD = 0.5
"""Weight of a matter's last word against that of its first."""


@dataclass(frozen=True)
class Match:
    """A matter with its score and the words that were found for it, the weightiest first."""

    matter: str
    lead: str
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class RoutingIndex:
    """The dictionaries made ready for routing: build once, use for every clue."""

    matters: Mapping[str, Matter]
    departments: Mapping[str, Department]
    channels: Mapping[str, OtherChannel]
    competence: Competence
    words: WordIndex
    weights: Mapping[str, tuple[tuple[str, float], ...]]
    excludes: Mapping[str, tuple[str, ...]]
    aliases: WordIndex
    functions: Mapping[str, frozenset[str]]

    def matches(self, head: str, body: str) -> list[Match]:
        """Every matter with a word in a plain title or body, the best first."""
        thin = min(1.0, ORDINARY / max(len(body), 1))
        times: dict[str, float] = {
            word: sqrt(min(count, OFTEN) * thin)
            for word, count in Counter(self.words.find(body)).items()
        }
        for word in set(self.words.find(head)):
            times[word] = times.get(word, 0.0) + IN_TITLE
        found: dict[str, list[tuple[float, str]]] = {}
        for word, often in times.items():
            for matter, weight in self.weights[word]:
                found.setdefault(matter, []).append((weight * often, word))
        ranked = [
            Match(
                matter=matter,
                lead=self.matters[matter].lead,
                score=sum(weight for weight, _ in hits),
                words=tuple(word for _, word in sorted(hits, reverse=True)),
            )
            for matter, hits in found.items()
            if not any(word in head or word in body for word in self.excludes[matter])
        ]
        return sorted(ranked, key=lambda one: (-one.score, one.matter))

    def functions_named(self, text: str) -> frozenset[str]:
        """The functions of all departments that a plain text names, by title or as people say."""
        return frozenset[str]().union(*(self.functions[name] for name in self.aliases.find(text)))

    def channel_hinted(self, text: str) -> tuple[str, str] | None:
        """The other channel a plain text hints at most, with the word that does."""
        hints = {
            key: [word for word in one.words if word in text] for key, one in self.channels.items()
        }
        best = max(hints, key=lambda key: len(hints[key]), default=None)
        return (best, hints[best][0]) if best is not None and hints[best] else None


def build_index(
    matters: Mapping[str, Matter],
    departments: Mapping[str, Department],
    channels: Mapping[str, OtherChannel] | None = None,
) -> RoutingIndex:
    """An index in which a word weighs more the rarer, the longer and the earlier listed it is.

    `departments` without the closed ones, for nothing is routed to them. Raises ValueError for a
    keyword of one character.
    """
    weights = _weights(matters)
    functions = _functions(departments.values())
    return RoutingIndex(
        matters=matters,
        departments=departments,
        channels=channels or {},
        competence=competent_departments(departments),
        words=index_words(weights),
        weights=MappingProxyType(weights),
        excludes={key: tuple(map(plain, one.excludes)) for key, one in matters.items()},
        aliases=index_words(functions),
        functions=MappingProxyType(functions),
    )


def _weights(matters: Mapping[str, Matter]) -> dict[str, tuple[tuple[str, float], ...]]:
    found: dict[str, list[tuple[str, float]]] = {}
    for key, matter in matters.items():
        last = max(len(matter.keywords) - 1, 1)
        for rank, keyword in enumerate(matter.keywords):
            word = plain(keyword)
            fade = 1 - (1 - LAST_WORD) * rank / last
            found.setdefault(word, []).append((key, min(len(word), LONGEST) / 2 * fade))
    return {
        word: tuple((key, weight / len(sharing)) for key, weight in sharing)
        for word, sharing in found.items()
    }


def _functions(departments: Iterable[Department]) -> dict[str, frozenset[str]]:
    named: dict[str, set[str]] = {}
    for one in departments:
        for name in (one.name, *one.aliases):
            named.setdefault(plain(name), set()).add(one.function)
    return {name: frozenset(functions) for name, functions in named.items()}
