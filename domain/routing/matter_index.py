"""The index of matters and duties: scores each department by the words citizens use for them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import sqrt
from types import MappingProxyType

from domain.routing.competence import Competence, competent_departments
from domain.routing.topic_words import Topic, Words, topics_of, word_weights
from domain.routing.word_index import WordIndex, index_words, plain, stems_in
from domain.shapes.entries import Department, Duty, Matter, OtherChannel

IN_TITLE = 2.0
"""A word in the title or category counts this many times one in the body."""
ORDINARY = 300
"""Characters of an ordinary body; in a longer one a single word says less."""
OFTEN = 4
"""Repetitions in the body beyond which a word gains no more; up to there by the square root."""
ALL_WORDS = 0.5
"""Share of all words of a department in its score; the rest are those of its best topic."""
TOPICS = 8
"""So many topics of a clue are kept to compare it by."""
MATTER_FIRST = 0.4
"""A matter comes before the duties of its department from this share of their best score on."""


@dataclass(frozen=True)
class Match:
    """A topic with its score and the words that were found for it, each with its weight."""

    topic: str
    score: float
    hits: tuple[tuple[float, str], ...]

    @property
    def words(self) -> tuple[str, ...]:
        """The words, the weightiest first."""
        return tuple(word for _, word in sorted(self.hits, reverse=True))


@dataclass(frozen=True)
class Claim:
    """What speaks for the departments of one function: its topics, the best first, and words."""

    lead: str
    score: float
    topics: tuple[Match, ...]

    @property
    def best(self) -> Match:
        """The topic that a proposal names."""
        return self.topics[0]


@dataclass(frozen=True)
class ReadText:
    """A plain text with what the index found in it: words and how often, functions named.

    `beside`: the words in it that hint at another channel or speak against a topic.
    """

    plain: str
    words: Mapping[str, int]
    named: frozenset[str]
    beside: frozenset[str]


@dataclass(frozen=True)
class RoutingIndex:
    """The dictionaries made ready for routing: build once, use for every clue."""

    topics: Mapping[str, Topic]
    departments: Mapping[str, Department]
    channels: Mapping[str, OtherChannel]
    competence: Competence
    words: WordIndex
    weights: Words
    aliases: WordIndex
    functions: Mapping[str, frozenset[str]]
    stems: frozenset[str]
    beside: Mapping[str, tuple[str, ...]]

    def read(self, text: str) -> ReadText:
        """A text looked through once; two readings may then be compared in any way."""
        bare = plain(text)
        places = stems_in(bare, self.stems)
        words = Counter(self.words.find_at(bare, places))
        named = (self.functions[name] for name in self.aliases.find_at(bare, places))
        stems = self.beside.keys() & {stem for _, stem in places}
        beside = [word for stem in stems for word in self.beside[stem] if word in bare]
        return ReadText(bare, words, frozenset[str]().union(*named), frozenset(beside))

    def claims(self, head: ReadText, body: ReadText) -> list[Claim]:
        """Every function with a word in a title or body, the best first."""
        leads: dict[str, dict[str, float]] = {}
        by_lead: dict[str, list[Match]] = {}
        for topic, hits in self._topics_said(head, body).items():
            lead = self.topics[topic].lead
            own = leads.setdefault(lead, {})
            for weight, word in hits:
                if weight > own.get(word, 0.0):
                    own[word] = weight
            score = sum([weight for weight, _ in hits])
            by_lead.setdefault(lead, []).append(Match(topic, score, tuple(hits)))
        claims = [
            self._claim(lead, matches, sum(leads[lead].values()))
            for lead, matches in by_lead.items()
        ]
        return sorted(claims, key=lambda one: (-one.score, one.lead))

    def channel_hinted(self, *texts: ReadText) -> tuple[str, str] | None:
        """The other channel that texts together hint at most, with the word that does."""
        said = frozenset[str]().union(*(one.beside for one in texts))
        hints = {
            key: [word for word in one.words if word in said] for key, one in self.channels.items()
        }
        best = max(hints, key=lambda key: len(hints[key]), default=None)
        return (best, hints[best][0]) if best is not None and hints[best] else None

    def _topics_said(self, head: ReadText, body: ReadText) -> dict[str, list[tuple[float, str]]]:
        """The topics with their words and weights, without those that a word speaks against."""
        topics: dict[str, list[tuple[float, str]]] = {}
        for word, often in self._said(head, body).items():
            for topic, weight in self.weights[word]:
                topics.setdefault(topic, []).append((weight * often, word))
        beside = head.beside | body.beside
        against = [one for one in topics if not beside.isdisjoint(self.topics[one].excludes)]
        for topic in against:
            del topics[topic]
        return topics

    def _said(self, head: ReadText, body: ReadText) -> dict[str, float]:
        """How much each word was said: in the title more than in the body."""
        thin = min(1.0, ORDINARY / max(len(body.plain), 1))
        said = {word: sqrt(min(count, OFTEN) * thin) for word, count in body.words.items()}
        for word in head.words:
            said[word] = said.get(word, 0.0) + IN_TITLE
        return said

    def _claim(self, lead: str, matches: list[Match], everything: float) -> Claim:
        if len(matches) == 1:
            return Claim(lead, matches[0].score, tuple(matches))
        best = max(one.score for one in matches)
        ranked = sorted(matches, key=lambda one: (self._comes_later(one, best), -one.score))
        return Claim(lead, best + ALL_WORDS * (everything - best), tuple(ranked))

    def _comes_later(self, one: Match, best: float) -> bool:
        is_duty = self.topics[one.topic].handling is not None
        return is_duty or one.score < MATTER_FIRST * best


def strongest_topics(claims: Iterable[Claim]) -> dict[str, float]:
    """The likeliest topics of all claims with their scores, `TOPICS` at most, the best first."""
    found = sorted(
        (one for claim in claims for one in claim.topics), key=lambda one: (-one.score, one.topic)
    )
    return {one.topic: round(one.score, 2) for one in found[:TOPICS]}


def build_index(
    dictionaries: tuple[Mapping[str, Matter], Mapping[str, Duty]],
    departments: Mapping[str, Department],
    channels: Mapping[str, OtherChannel] | None = None,
) -> RoutingIndex:
    """An index of the matters and duties.

    `departments` without the closed ones, for nothing is routed to them. Raises ValueError for a
    word of one character.
    """
    weights = word_weights(*dictionaries)
    functions = _functions(departments.values())
    words, aliases = index_words(weights), index_words(functions)
    topics = topics_of(*dictionaries)
    beside = index_words(_beside(topics.values(), (channels or {}).values())).by_stem
    return RoutingIndex(
        topics=MappingProxyType(topics),
        departments=departments,
        channels=channels or {},
        competence=competent_departments(departments),
        words=words,
        weights=MappingProxyType(weights),
        aliases=aliases,
        functions=MappingProxyType(functions),
        stems=frozenset(words.by_stem) | frozenset(aliases.by_stem) | frozenset(beside),
        beside=MappingProxyType(dict(beside)),
    )


def _beside(topics: Iterable[Topic], channels: Iterable[OtherChannel]) -> Iterator[str]:
    """The words that speak for no topic: against one, or for another channel."""
    for topic in topics:
        yield from topic.excludes
    for channel in channels:
        yield from channel.words


def _functions(departments: Iterable[Department]) -> dict[str, frozenset[str]]:
    named: dict[str, set[str]] = {}
    for one in departments:
        for name in (one.name, *one.aliases):
            named.setdefault(plain(name), set()).add(one.function)
    return {name: frozenset(functions) for name, functions in named.items()}
