"""Integer keys by which likely pairs are found without comparing all: rare runs of three signs.

Texts that share a rare run share a key; of a long text those with the least hash stand for all, so
that two texts choose alike.
"""

from hashlib import blake2b
from itertools import pairwise
from zlib import crc32

from domain.duplicates.rarity import FLOOR, Rarity

SIZE = 3
OF_TITLE, OF_CONTENT = 20, 16
"""So many runs of a title and of a content are kept."""
RARE_IN_TITLE, RARE_IN_CONTENT = FLOOR * 0.07, FLOOR * 0.007
"""A run is rare whose two pairs of signs stand together in at most this share of clues."""
_GOLDEN = 0x9E3779B1
_MASK = 0xFFFFFFFF


def keys(title: str, content: str, rarity: Rarity) -> tuple[int, ...]:
    """The signed 64-bit keys of a bare title and content; an equal one makes two candidates."""
    chosen = _least(title, OF_TITLE, RARE_IN_TITLE, rarity)
    chosen |= _least(content, OF_CONTENT, RARE_IN_CONTENT, rarity)
    return tuple(_signed(number) for number in sorted(chosen))


def _least(text: str, most: int, rare: float, rarity: Rarity) -> set[int]:
    shares = [rarity.share(one + two) for one, two in pairwise(text)]
    runs = {
        text[at : at + SIZE] for at, (one, two) in enumerate(pairwise(shares)) if one * two <= rare
    }
    return set(sorted(map(_hash, runs))[:most])


def _hash(run: str) -> int:
    return crc32(run.encode("utf-16-le")) * _GOLDEN & _MASK


def _signed(number: int) -> int:
    # As the keys of titles were made in earlier versions, so that kept clues are found by theirs.
    # Not `hash()`, which differs from process to process; signed, for columns of 64 bits are.
    digest = blake2b(repr((b"t", number)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "little", signed=True)
