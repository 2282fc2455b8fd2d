"""Sums of money as officials write them, in figures or in words: 8,000元, 1.5万元, 伍仟元整."""

import re
from decimal import Decimal

_DIGITS = {
    sign: value
    for value, signs in enumerate(
        ("〇零", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for sign in signs
}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}
_FIGURES = re.compile(r"([0-9][0-9,，.]*)([十百千万亿]*)")


def yuan_in(words: str) -> Decimal | None:
    """The sum that words tell, in yuan; None where they tell none."""
    plain = words.strip().removesuffix("整").removesuffix("元").strip()
    found = _FIGURES.fullmatch(plain)
    if found is None:
        return _in_words(plain)
    figures = found[1].replace(",", "").replace("，", "").rstrip(".")
    if figures.count(".") > 1:
        return None
    sum_ = Decimal(figures)
    for sign in found[2]:
        sum_ *= _UNITS.get(sign) or _GROUPS[sign]
    return sum_


def _in_words(plain: str) -> Decimal | None:
    """What 壹万贰仟 tells: digits, their places in a group of four, and the groups."""
    if not plain or any(one not in {*_DIGITS, *_UNITS, *_GROUPS} for one in plain):
        return None
    total = group = digit = 0
    for sign in plain:
        if sign in _DIGITS:
            digit = _DIGITS[sign]
        elif sign in _UNITS:
            group, digit = group + (digit or 1) * _UNITS[sign], 0
        else:
            total, group, digit = total + (group + digit) * _GROUPS[sign], 0, 0
    return Decimal(total + group + digit)
