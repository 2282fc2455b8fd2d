"""Similarity of texts: it counts shared pairs of signs, which survive rewording."""

import re
from array import array
from functools import lru_cache

from rapidfuzz import fuzz

from domain.duplicates.sign_pairs import codes, distinct
from domain.files.half_width import half_width_text

LONGEST = 600
"""Contents are compared by this many signs: enough to tell them apart, few enough to keep."""
SHORT = 60
"""A content with fewer signs is compared together with its title."""
TITLE_WEIGHT = 0.4
CHANCE_CONTENT, CHANCE_TITLE = 0.08, 0.1
"""Unrelated letters share about this much of their pairs."""
FEW = 6
"""Fewer shared pairs than this are chance."""
FEW_BETWEEN_NEIGHBOURS = 3
"""Fewer shared pairs than this are chance even where place or reporter agree."""

COURTESIES = (
    "尊敬的领导|尊敬的|各位领导|领导您好|领导你好|书记您好|书记你好|市长您好|"
    "市长你好|您好|你好|百忙之中|恳请|希望有关部门|希望相关部门|请有关部门|"
    "请相关部门|有关部门|相关部门|职能部门|主管部门|政府部门|政府领导|市委市政府|"
    "人民政府|希望领导|希望政府|希望|谢谢|感谢|敬请|望领导|我要投诉|我要举报|"
    "我要反映|反映人|投诉人|举报人|来电人|市民来电|市民反映|来电反映|投诉|举报|"
    "反映|强烈要求|要求|请问|咨询|核实处理|调查处理|依法查处|依法处理|严肃处理|"
    "尽快处理|解决问题|严重影响|居民生活|正常生活|生活环境|附近居民|周边居民|"
    "小区居民|小区业主|我们小区|全体业主|我们是|我们|我是|本人|这个问题|一直没有|"
    "没有任何|苦不堪言|合法权益|老百姓|为什么|什么时候|安全隐患|噪音扰民|严重扰民|"
    "的情况下|的问题|有何具体政策和行动|有何具体行动"
)
"""What letters to the authorities say whatever they are about; left out of every comparison."""

_FIRST = "".join(sorted({one[0] for one in COURTESIES.split("|")}))
_DROPPED = re.compile(
    rf"(?=[h12{_FIRST}])(?:https?:\S*|(?:19|20)\d\d年(?:\d{{1,2}}月)?(?:\d{{1,2}}[日号])?|"
    + "|".join(sorted(COURTESIES.split("|"), key=len, reverse=True))
    + ")"
)
"""Led by the signs that any of them begins with: most places of a text are none."""
_SIGNS = re.compile(r"[\W_]+")
_COUNTED = re.compile(
    r"(?<!十)(?:[一二三四五六七八九]?十[一二三四五六七八九]?|[一二三四五六七八九])"
    r"(?=号线|号楼|期(?!间)|[栋幢]|单元)"
)
_BUILDING = re.compile(r"(?<=\d)(?:号楼|幢|座(?!桥))")
_FIGURES = "零一二三四五六七八九"


def comparable_text(text: str) -> str:
    """A text as it is compared: half width, no punctuation, courtesies or dates, cut to length.

    Lines, stages and buildings are counted in figures, and a building is called 栋.
    """
    plain = half_width_text(text[: LONGEST * 3]).casefold()
    bare = _SIGNS.sub("", _DROPPED.sub(" ", plain))
    return _BUILDING.sub("栋", _COUNTED.sub(_in_figures, bare))[:LONGEST]


def _in_figures(number: re.Match[str]) -> str:
    """三 as 3, 十二 as 12, 二十 as 20."""
    tens, ten, ones = number[0].rpartition("十")
    return str(10 * bool(ten) * _FIGURES.index(tens or "一") + _FIGURES.index(ones or "零"))


@lru_cache(maxsize=4096)
def pairs_of(text: str) -> "array[int]":
    """Every pair of signs of a bare text, once; a sign beyond the first 65,536 counts as two."""
    return distinct(codes(text.encode("utf-16-le")))


@lru_cache(maxsize=64)
def _as_set(text: str) -> frozenset[int]:
    return frozenset(pairs_of(text))


def content_likeness(one: tuple[str, str], other: tuple[str, str]) -> float:
    """How much of the shorter of two bare contents stands in the other, or how equal they are."""
    if min(len(one[1]), len(other[1])) < SHORT:
        first, second = "".join(one), "".join(other)
    else:
        first, second = one[1], other[1]
    if not first or not second:
        return 0.0
    equal = fuzz.ratio(first, second, score_cutoff=50) / 100
    return max(_contained(first, second, FEW), equal)


def shared_words(one: tuple[str, str], other: tuple[str, str]) -> float:
    """How much of the shorter of two bare texts stands in the other, a few words counting too."""
    return _contained("".join(one), "".join(other), FEW_BETWEEN_NEIGHBOURS)


def name_likeness(one: str, other: str) -> float:
    """How much of the shorter of two names of parties or places stands in the other."""
    return _contained(one, other, few=1)


def likeness(one: tuple[str, str], other: tuple[str, str]) -> float:
    """How alike two bare titles with their contents are, 0 to 1, beyond chance."""
    return with_titles(content_likeness(one, other), one[0], other[0])


def with_titles(content: float, one: str, other: str) -> float:
    """The same where it is known how alike the contents are."""
    title = _beyond(CHANCE_TITLE, _contained(one, other, few=2))
    return 1 - (1 - _beyond(CHANCE_CONTENT, content)) * (1 - TITLE_WEIGHT * title)


def _contained(one: str, other: str, few: int) -> float:
    pairs, others = pairs_of(one), pairs_of(other)
    shared = len(_as_set(one).intersection(others))
    return shared / min(len(pairs), len(others)) if shared >= few else 0.0


def _beyond(chance: float, share: float) -> float:
    return max(0.0, (share - chance) / (1 - chance))
