"""Where two texts differ, for an eye that compares them side by side."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"[0-9A-Za-z.]+|\s+|.", re.DOTALL)
"""Figures, numbers and Latin words are compared whole, other text sign by sign."""
MOST = 1200
"""So many words of each text are compared; what comes after is shown unmarked."""
SHORTEST = 2
"""Fewer equal words than this between two differences are no agreement but chance."""

Opcode = tuple[str, int, int, int, int]


@dataclass(frozen=True)
class Piece:
    """A stretch of a text; `differs`: the other text has nothing like it there."""

    text: str
    differs: bool = False


def compared(one: str, other: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    """Both texts whole, in stretches that agree with the other text or differ from it."""
    if one == other:
        alike = (Piece(one),) if one else ()
        return alike, alike
    left, right = WORD.findall(one), WORD.findall(other)
    matcher = SequenceMatcher(None, left[:MOST], right[:MOST], autojunk=False)
    parts = list(_agreeing(matcher.get_opcodes()))
    rest = (Piece("".join(left[MOST:])), Piece("".join(right[MOST:])))
    return (
        _joined([*(Piece("".join(left[a:b]), not same) for same, a, b, _, _ in parts), rest[0]]),
        _joined([*(Piece("".join(right[c:d]), not same) for same, _, _, c, d in parts), rest[1]]),
    )


def _agreeing(opcodes: Sequence[Opcode]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Each stretch with whether it agrees; a short one between two differences does not."""
    last = len(opcodes) - 1
    for place, (tag, a, b, c, d) in enumerate(opcodes):
        chance = 0 < place < last and b - a < SHORTEST
        yield tag == "equal" and not chance, a, b, c, d


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Neighbours of one kind as one; empty ones fall."""
    found: list[Piece] = []
    for one in pieces:
        if found and one.text and found[-1].differs == one.differs:
            found[-1] = Piece(found[-1].text + one.text, one.differs)
        elif one.text:
            found.append(one)
    return tuple(found)
