"""A bare title and content as they are compared: pairs of signs, districts and numbers in them."""

import re
from array import array
from dataclasses import dataclass
from functools import lru_cache

from domain.duplicates.sign_pairs import distinct, pairs_in

_AREA = re.compile(
    r"(?<![a-z\d])[a-z]\d+[区县市](?!场)"
    r"|(?:(?<![一-鿿])|(?<=[省市州在住于是]))"
    r"(?!安置|旅游|别墅|家属|停车|密集|行政|住宅|服务|棚户|核心|发展|国际|宿舍|公共|经开|高新|集中|先导|工业"
    r"|开发|商业|生活|度假|保税|示范|试验|休息|居民|什么|哪个|这个|一个|全县|各区|.街|.[一二三四五六七八九])"
    r"[一-鿿]{2}(?<![小社片园校景厂库院地市住新城辖])[区县]"
)
"""Districts and counties by name: where a text begins or after 市, 在, 住 …; a 居民区 is none."""
_HEAD = 120
"""The area stands in the title or within so many signs of the content."""
_NUMBER = re.compile(r"\d{2,}|\d+[栋号期]")


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """A title and content: `whole` is both, `pairs` its pairs of signs, `title_pairs` the title's.

    It is equal to itself alone.
    """

    whole: str
    pairs: "array[int]"
    title_pairs: frozenset[int]
    areas: frozenset[str]
    numbers: frozenset[str]


@lru_cache(maxsize=4096)
def reading_of(title: str, content: str) -> Reading:
    """What a bare title and content are compared by; kept, for a clue is compared with many."""
    whole = f"{title}|{content}"
    return Reading(
        whole=whole,
        pairs=distinct(pairs_in(whole)),
        title_pairs=frozenset(pairs_in(title)),
        areas=frozenset(_AREA.findall(title)) or frozenset(_AREA.findall(content[:_HEAD])),
        numbers=frozenset(_NUMBER.findall(whole)),
    )


def shared_pairs(one: Reading, other: Reading) -> frozenset[int]:
    """The pairs of signs that stand in both; of the one that is compared with many, kept as set."""
    return _pairs(one).intersection(other.pairs)


def share_in_common(one: Reading, other: Reading, together: frozenset[int]) -> float:
    """The share of the pairs of the text with fewer that the other has too."""
    return len(together) / max(1, min(len(one.pairs), len(other.pairs)))


@lru_cache(maxsize=64)
def _pairs(reading: Reading) -> frozenset[int]:
    return frozenset(reading.pairs)
