"""Integer keys by which likely pairs are found without comparing all: rare runs of three signs.

Texts that share a rare run share a key; of a long text those with the least hash stand for all, so
that two texts choose alike, and those it opens with, for there it says what it is about.
"""

from hashlib import blake2b
from itertools import repeat
from operator import mul
from zlib import crc32

from domain.duplicates.rarity import FLOOR, Rarity
from domain.duplicates.sign_pairs import codes, units

SIZE = 3
OF_TITLE, OF_CONTENT, OF_OPENING = 20, 12, 8
"""So many runs of a title, of a content, and of what a content opens with are kept."""
OPENING = 60
"""A content opens with so many signs."""
RARE_IN_TITLE, RARE_IN_CONTENT = FLOOR * 0.07, FLOOR * 0.007
"""A run is rare whose two pairs of signs stand together in at most this share of clues."""
_GOLDEN = 0x9E3779B1
_MASK = 0xFFFFFFFF
_UNIT = 2
"""Bytes of a sign."""


def keys(title: str, content: str, rarity: Rarity) -> tuple[int, ...]:
    """The signed 64-bit keys of a bare title and content; an equal one makes two candidates."""
    of_title = {run for _, run in _rare(title, RARE_IN_TITLE, rarity)}
    of_content = _rare(content, RARE_IN_CONTENT, rarity)
    opening = [run for at, run in of_content if at <= OPENING - SIZE]
    chosen = {*list(dict.fromkeys(opening))[:OF_OPENING]}
    chosen.update(sorted(of_title)[:OF_TITLE])
    chosen.update(sorted({run for _, run in of_content})[:OF_CONTENT])
    return tuple(map(_signed, sorted(chosen)))


def _rare(text: str, rare: float, rarity: Rarity) -> list[tuple[int, int]]:
    """The rare runs of a text, each with its place and as a number, in order."""
    data = units(text)
    shares = list(map(rarity.shares_by_code.get, codes(data), repeat(FLOOR)))
    return [
        (at, crc32(data[_UNIT * at : _UNIT * (at + SIZE)]) * _GOLDEN & _MASK)
        for at, together in enumerate(map(mul, shares, shares[1:]))
        if together <= rare
    ]


def _signed(number: int) -> int:
    # As the keys of titles were made in earlier versions, so that kept clues are found by theirs.
    # Not `hash()`, which differs from process to process; signed, for columns of 64 bits are.
    digest = blake2b(repr((b"t", number)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)
