"""How many of a stratum are drawn: shares as people write them, and what they come to."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import ROUND_CEILING, Decimal, InvalidOperation
from itertools import pairwise

MARKS = re.compile(r"[%﹪％]$")


class BadShare(Exception):
    """A share that cannot be read without guessing; its text says what would be right."""


def read_share(text: str) -> Decimal:
    """A share in per cent, from 0 to 100: `5%`, `５％` and `5` are five per cent.

    Raises BadShare for what is empty, above 100, or could mean two things (3/100, 0.05).
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        raise BadShare("没有填写比例，不抽取的请填写0%")
    marked = MARKS.search(plain) is not None
    try:
        found = Decimal(MARKS.sub("", plain).strip())
    except InvalidOperation:
        raise BadShare(f"“{text}”不是比例，应写作百分比，如 5%") from None
    if not found.is_finite() or not 0 <= found <= 100:
        raise BadShare(f"“{text}”应在0%至100%之间")
    if not marked and 0 < found < 1:
        share = f"{(found * 100).normalize():f}% 或者 {found}%"
        raise BadShare(f"“{text}”不能确定是百分之几，请写明百分号，如 {share}")
    return found


def quota_of(number: int, share: Decimal) -> int:
    """How many of `number` objects are drawn: rounded up, at least one where a share is set.

    The law is silent about rounding; rounding up is this project's choice (本级约定).
    """
    if number <= 0 or share <= 0:
        return 0
    wanted = (number * share / 100).to_integral_value(ROUND_CEILING)
    return min(number, max(1, int(wanted)))


def falling(grades: Sequence[str], shares: Mapping[str, Decimal]) -> list[tuple[str, str]]:
    """Pairs of classes, low risk before high, whose share falls although the risk rises."""
    told = [one for one in grades if one in shares]
    return [(low, high) for low, high in pairwise(told) if shares[low] > shares[high]]
