"""An index of words, looked up in one pass over a text; a longer word hides those inside it."""

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import add

from domain.files.half_width import half_width_text

STEM = 2
Stems = list[tuple[int, str]]
"""Places in a text with the two characters that stand there."""


def plain(text: str) -> str:
    """The text as words are compared: half-width, lower case, without white space."""
    return "".join(half_width_text(text).lower().split())


@dataclass(frozen=True)
class WordIndex:
    """Words by their first two characters, the longest first."""

    by_stem: Mapping[str, tuple[str, ...]]

    def find(self, text: str) -> Iterator[str]:
        """The words in a plain text, in order, without those that lie inside one found before."""
        return self.find_at(text, stems_in(text, self.by_stem))

    def find_at(self, text: str, places: Stems) -> Iterator[str]:
        """The same among the places where words may begin, found once for several indexes."""
        by_stem, end = self.by_stem, 0
        for start, stem in places:
            for word in by_stem.get(stem, ()):
                if start + len(word) > end and text.startswith(word, start):
                    end = start + len(word)
                    yield word
                    break


def stems_in(text: str, stems: Container[str]) -> Stems:
    """The places of a plain text where one of the stems stands, in order."""
    return [(place, two) for place, two in enumerate(map(add, text, text[1:])) if two in stems]


def index_words(words: Iterable[str]) -> WordIndex:
    """An index over words already plain; a word shorter than two characters is refused."""
    stems: dict[str, list[str]] = {}
    for word in sorted(set(words), key=len, reverse=True):
        if len(word) < STEM:
            raise ValueError(f"关键词“{word}”太短，至少要有{STEM}个字")
        stems.setdefault(word[:STEM], []).append(word)
    return WordIndex({stem: tuple(found) for stem, found in stems.items()})
