"""An index of words, looked up in one pass over a text; a longer word hides those inside it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import add
from unicodedata import normalize

STEM = 2


def plain(text: str) -> str:
    """The text as words are compared: half-width, lower case, without white space."""
    return "".join(normalize("NFKC", text).lower().split())


@dataclass(frozen=True)
class WordIndex:
    """Words by their first two characters, the longest first."""

    by_stem: Mapping[str, tuple[str, ...]]

    def find(self, text: str) -> Iterator[str]:
        """The words in a plain text, in order, without those that lie inside one found before."""
        by_stem, end = self.by_stem, 0
        stems = map(add, text, text[1:])
        for start, stem in [(place, two) for place, two in enumerate(stems) if two in by_stem]:
            for word in by_stem[stem]:
                if start + len(word) > end and text.startswith(word, start):
                    end = start + len(word)
                    yield word
                    break


def index_words(words: Iterable[str]) -> WordIndex:
    """An index over words already plain; a word shorter than two characters is refused."""
    stems: dict[str, list[str]] = {}
    for word in sorted(set(words), key=len, reverse=True):
        if len(word) < STEM:
            raise ValueError(f"关键词“{word}”太短，至少要有{STEM}个字")
        stems.setdefault(word[:STEM], []).append(word)
    return WordIndex({stem: tuple(found) for stem, found in stems.items()})
