"""The words of the dictionaries with their weights: what a word says for which topic.

A topic is an item of the 监管事项 or a duty of a department; both are found by words alike.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.routing.word_index import plain
from domain.shapes.entries import Duty, Matter

LONGEST = 6
"""Characters beyond which a longer word weighs no more."""
LAST_WORD = 0.5
"""Weight of a matter's last word against that of its first."""
LAST_OF_DUTY = 0.6
"""The same of a duty, whose words are more and less in order."""
HINT = 0.25
"""Weight of a word that only says where and by whom, against one that says what."""

Words = Mapping[str, tuple[tuple[str, float], ...]]
"""The topics that a plain word speaks for, with the weight for each."""


@dataclass(frozen=True)
class Topic:
    """A matter or duty as routing needs it; `handling` is None for a matter."""

    lead: str
    cooperating: tuple[str, ...]
    name: str
    excludes: tuple[str, ...]
    handling: str | None = None


def topics_of(matters: Mapping[str, Matter], duties: Mapping[str, Duty]) -> dict[str, Topic]:
    """Every topic by the id of its matter or duty."""
    found = {
        key: Topic(one.lead, one.cooperating, one.name, tuple(map(plain, one.excludes)))
        for key, one in matters.items()
    }
    for key, duty in duties.items():
        excludes = tuple(map(plain, duty.excludes))
        found[key] = Topic(duty.lead, duty.cooperating, duty.name, excludes, duty.handling)
    return found


def word_weights(
    matters: Mapping[str, Matter], duties: Mapping[str, Duty]
) -> dict[str, tuple[tuple[str, float], ...]]:
    """Each word with what it says for whom: more the longer, the earlier listed, the less shared.

    A word is shared by departments: two topics of one department take nothing from each other.
    """
    found: dict[str, dict[str, float]] = {}
    for key, one in matters.items():
        _add(found, key, one.keywords, LAST_WORD)
    for key, duty in duties.items():
        _add(found, key, duty.words, LAST_OF_DUTY)
        for hint in duty.hints:
            weight = HINT * _length(plain(hint))
            found.setdefault(plain(hint), {}).setdefault(key, weight)
    leads = {key: one.lead for key, one in topics_of(matters, duties).items()}
    return {word: _shared(topics, leads) for word, topics in found.items()}


def _add(
    found: dict[str, dict[str, float]], key: str, words: tuple[str, ...], last_word: float
) -> None:
    last = max(len(words) - 1, 1)
    for rank, one in enumerate(words):
        word = plain(one)
        weight = _length(word) * (1 - (1 - last_word) * rank / last)
        found.setdefault(word, {}).setdefault(key, weight)


def _length(word: str) -> float:
    return min(len(word), LONGEST) / 2


def _shared(topics: Mapping[str, float], leads: Mapping[str, str]) -> tuple[tuple[str, float], ...]:
    share = len({leads[topic] for topic in topics}) ** 0.5
    return tuple((topic, weight / share) for topic, weight in topics.items())
