"""How rare pairs of signs are in a site's own clues: what is rare tells the object and the problem.

A name that a dozen people write tells as much as one that two write: beyond `CAP` nothing weighs
more, so that an affair many report does not grow common by being reported.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import pairwise, repeat
from math import log

from domain.duplicates.sign_pairs import pairs_in, written

PAIR = 2
FLOOR = 0.003
"""Pairs in a smaller share of the clues than this are not kept: they are as rare as can be."""
CAP = 5.0
ORDINARY_WEIGHT = 1.5
"""What every pair of signs says at least; only what it says beyond that brings texts together."""
SAMPLE = 2000
"""So many of the latest clues are counted."""
KEPT = 2048
"""So many titles are weighed but once."""
ENOUGH = 200
"""With fewer clues than this the shares of a site say nothing yet."""
ORDINARY = (
    "没有一个小区问题现在政府业主领导解决公司可以严重已经时间居民工作进行多次不能开发相关人员但是情况"
    "作为街道都是一直部门建设不是无法这样生活影响物业处理安全就是这个还是管理社区存在是否他们导致通过"
    "目前因为什么环境开始部分需要如果回复规定造成不知个月建议很多每天施工知道电话国家自己人民行为晚上"
    "而且还有中心其他怎么关于有限这些至今不到请求房屋得到周边城市房子合同非常附近到了合理经过项目由于"
    "重视这种服务经常应该所有工程任何只有之前道路单位为了只能通知发现办理直接市民同时方便居住正常违法"
    "地方政策出行违规使用发生结果个人根本属于能够今年当时甚至看到时候实际或者出现公共并且法律原因了解"
    "根据教育群众以上责任经营社会期间为何申请才能对于尽快质量这么百姓费用基本特别全部负责位于考虑以及"
)
"""Pairs that letters to authorities hold, two signs each: of use until a site has enough clues."""
ORDINARY_SHARE = 0.08


@dataclass(frozen=True)
class Rarity:
    """The shares of clues in which pairs of signs stand, those above `FLOOR`."""

    shares: Mapping[str, float]
    weights: Mapping[str, float] = field(init=False, repr=False, compare=False)
    _words: Mapping[str, float] = field(init=False, repr=False, compare=False)
    whole_kept: Callable[[frozenset[int]], float] = field(init=False, repr=False, compare=False)
    """`whole` of the pairs of titles, which are asked for with each text they are compared with."""

    def __post_init__(self) -> None:
        """The weights are worked out once, those of words when they are first asked for."""
        weights = {pair: min(CAP, -log(share)) for pair, share in self.shares.items()}
        object.__setattr__(self, "weights", weights)
        object.__setattr__(self, "_words", _Words(self.weight))
        object.__setattr__(self, "whole_kept", lru_cache(maxsize=KEPT)(self.whole))

    def __reduce__(self) -> tuple[type["Rarity"], tuple[Mapping[str, float]]]:
        """What is worked out is worked out again by whoever is told it."""
        return Rarity, (self.shares,)

    @cached_property
    def shares_by_code(self) -> Mapping[int, float]:
        """The shares by the numbers of the pairs (`sign_pairs`)."""
        return _by_code(self.shares)

    @cached_property
    def weights_by_code(self) -> Mapping[int, float]:
        """The weights by the numbers of the pairs."""
        return _by_code(self.weights)

    @cached_property
    def beyond_by_code(self) -> Mapping[int, float]:
        """What pairs say beyond what all say, by their numbers."""
        return {
            code: max(0.0, weight - ORDINARY_WEIGHT)
            for code, weight in self.weights_by_code.items()
        }

    def weight(self, pair: str) -> float:
        """What a pair of signs says of whom or what: 0 where all say it, `CAP` where few do."""
        return self.weights.get(pair, CAP)

    def together(self, pairs: Iterable[int]) -> float:
        """What pairs of signs, by their numbers, say together beyond what all say."""
        return sum(map(self.beyond_by_code.get, pairs, repeat(CAP - ORDINARY_WEIGHT)))

    def whole(self, pairs: Iterable[int]) -> float:
        """What pairs of signs, by their numbers, say together, `CAP` each where few say it."""
        return sum(map(self.weights_by_code.get, pairs, repeat(CAP)))

    def of_words(self, words: Iterable[str]) -> float:
        """What words say together: each as much as its rarest pair of signs, and never nothing."""
        return sum(map(self._words.__getitem__, words))

    def share(self, pair: str) -> float:
        """The share of clues that say the pair, `FLOOR` at least."""
        return self.shares.get(pair, FLOOR)


class _Words(dict[str, float]):
    """The weights of words, worked out from those of their pairs when they are first asked for."""

    def __init__(self, weight: Callable[[str], float]) -> None:
        super().__init__()
        self._weight = weight

    def __missing__(self, word: str) -> float:
        pairs = (self._weight(one + two) for one, two in pairwise(word))
        self[word] = weight = max(0.1, *pairs)
        return weight


def _by_code(told: Mapping[str, float]) -> Mapping[int, float]:
    pairs = [one for one in told if len(one) == PAIR]
    return {
        code: told[pair] for code, pair in zip(pairs_in("".join(pairs))[::PAIR], pairs, strict=True)
    }


def counted(texts: Iterable[str]) -> dict[str, float]:
    """The shares of the texts in which each pair of signs stands, those above `FLOOR`."""
    found: Counter[int] = Counter()
    number = 0
    for text in texts:
        found.update(set(pairs_in(text)))
        number += 1
    least = FLOOR * number
    known = sorted((written(code), n) for code, n in found.items() if n > least)
    return {pair: round(n / number, 4) for pair, n in known if pair}


def rarity_of(shares: Mapping[str, float], number: int) -> Rarity:
    """The rarity by the shares of so many clues; the ordinary where they are too few."""
    return Rarity(shares) if number >= ENOUGH else UNKNOWN


def counts_again(clue_id: int, counted_at: int) -> bool:
    """Whether the shares, counted when `counted_at` clues were there, should be counted anew."""
    return clue_id >= max(ENOUGH, min(2 * counted_at, counted_at + 2 * SAMPLE))


UNKNOWN = Rarity({ORDINARY[at : at + 2]: ORDINARY_SHARE for at in range(0, len(ORDINARY), 2)})
"""What is known before a site has clues of its own."""
