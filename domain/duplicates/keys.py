"""Integer keys by which likely pairs are found without comparing all: rare runs of three signs.

Texts that share a rare run share a key; of a long text those with the least hash stand for all, so
that two texts choose alike, and those it opens with, for there it says what it is about.
"""

from bisect import bisect_right
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
_RUN = _UNIT * SIZE


def keys(title: str, content: str, rarity: Rarity) -> tuple[int, ...]:
    """The signed 64-bit keys of a bare title and content; an equal one makes two candidates."""
    _, of_title = _rare(title, RARE_IN_TITLE, rarity)
    places, of_content = _rare(content, RARE_IN_CONTENT, rarity)
    opening = of_content[: bisect_right(places, _UNIT * (OPENING - SIZE))]
    chosen = {*list(dict.fromkeys(opening))[:OF_OPENING]}
    chosen.update(sorted(set(of_title))[:OF_TITLE])
    chosen.update(sorted(set(of_content))[:OF_CONTENT])
    return tuple(map(_signed, sorted(chosen)))


def _rare(text: str, rare: float, rarity: Rarity) -> tuple[list[int], list[int]]:
    """Where the rare runs of a text begin, in bytes and in order, and each as a number."""
    data = units(text)
    shares = list(map(rarity.shares_by_code.get, codes(data), repeat(FLOOR)))
    together = enumerate(map(mul, shares, shares[1:]))
    places = [_UNIT * at for at, both in together if both <= rare]
    runs = [crc32(data[at : at + _RUN]) * _GOLDEN & _MASK for at in places]
    return places, runs


def _signed(number: int) -> int:
    # As the keys of titles were made in earlier versions, so that kept clues are found by theirs.
    # Not `hash()`, which differs from process to process; signed, for columns of 64 bits are.
    digest = blake2b(b"(b't', %d)" % number, digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)
