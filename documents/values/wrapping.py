"""Lines of a title or a name: as few as it takes, about equally long, no word parted.

GB/T 9704-2012, 7.3.1: the lines of a title keep words whole and are arranged evenly.
"""

import re
from functools import lru_cache
from unicodedata import east_asian_width

from documents.values.words import LONGEST, WORDS

_TOGETHER = re.compile(
    r"《[^《》]{1,12}》|“[^“”]{1,8}”|[0-9A-Za-z.,%〔〕\-]+号?|(?<=涉嫌)[一-鿿、]{2,16}?(?=罪|案)"
)
"""Short titles of laws, short quotations, figures, numbers of documents, offences."""
_ROOM = re.compile(r"(?<=[一-鿿])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z])(?=[一-鿿])")
"""Where LibreOffice leaves a quarter of a character between figures and characters."""
_NEVER_FIRST = frozenset("、，。；：？！）》〉”’〕】的罪案等号")
_NEVER_LAST = frozenset("（《〈“‘〔【")
_PLACES = frozenset("省市县区镇乡")
_GOOD_LAST = frozenset("、，；》）的和与及在")
_WORD, _UNKNOWN, _APART = 6, 40, 400
"""What an end of line costs behind a word, beside unknown characters, and inside of them."""


def wrapped(value: object, width: int) -> str:
    """The text with line breaks, no line wider than `width` full characters.

    What is short enough, or has line breaks of its own, stays as it is.
    """
    return _wrapped(str(value or ""), width)


@lru_cache(maxsize=1024)
def _wrapped(text: str, width: int) -> str:
    # The names of organs and kinds, and a step's own title, come again with every paper.
    whole = _wide(text) + -(-len(_ROOM.findall(text)) // 2)
    if "\n" in text or whole <= 2 * width:
        return text
    pieces = _pieces(text)
    sizes = [_wide(piece) for piece, _ in pieces]
    lines = -(-whole // (2 * width))
    while (ends := _best_ends(pieces, sizes, lines, 2 * width)) is None:
        lines += 1
    starts = [0, *ends[:-1]]
    words = [piece for piece, _ in pieces]
    return "\n".join("".join(words[a:b]) for a, b in zip(starts, ends, strict=True))


def _wide(text: str) -> int:
    """The width in half characters."""
    return sum(2 if east_asian_width(one) in "WFA" else 1 for one in text)


def _pieces(text: str) -> list[tuple[str, bool]]:
    """The smallest parts that a line may begin with, and whether each is a known word."""
    found: list[tuple[str, bool]] = []
    place = 0
    while place < len(text):
        piece, known = _piece(text, place)
        glued = found and (piece[0] in _NEVER_FIRST or found[-1][0][-1] in _NEVER_LAST)
        if glued:
            before, was = found.pop()
            found.append((before + piece, was or known))
        else:
            found.append((piece, known))
        place += len(piece)
    return found


def _piece(text: str, place: int) -> tuple[str, bool]:
    if match := _TOGETHER.match(text, place):
        return match[0], True
    for size in range(min(LONGEST, len(text) - place), 0, -1):
        if text[place : place + size] in WORDS:
            return text[place : place + size], True
    return text[place], text[place] in _PLACES


def _best_ends(
    pieces: list[tuple[str, bool]], sizes: list[int], lines: int, width: int
) -> list[int] | None:
    """Behind which pieces the lines end; None where so many lines do not hold the text."""
    even = sum(sizes) / lines
    best: dict[int, tuple[float, list[int]]] = {0: (0.0, [])}
    for _ in range(lines):
        further: dict[int, tuple[float, list[int]]] = {}
        for start, (cost, ends) in best.items():
            size = 0
            for end in range(start + 1, len(pieces) + 1):
                size += sizes[end - 1]
                if size > width:
                    break
                total = cost + (size - even) ** 2 + _cost_of_end(pieces, end)
                if end not in further or total < further[end][0]:
                    further[end] = (total, [*ends, end])
        best = further
    return best[len(pieces)][1] if len(pieces) in best else None


def _cost_of_end(pieces: list[tuple[str, bool]], end: int) -> int:
    if end == len(pieces):
        return 0
    (before, known), (_, next_known) = pieces[end - 1], pieces[end]
    if before[-1] in _GOOD_LAST:
        return 0
    if known and next_known:
        return _WORD
    return _UNKNOWN if known or next_known else _APART
