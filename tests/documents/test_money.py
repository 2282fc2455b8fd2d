"""Amounts in capital characters, as they stand on a penalty decision."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.values.money import NotAnAmount, amount_in_figures, amount_in_words

_DIGITS = "零壹贰叁肆伍陆柒捌玖"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0", "零元整"),
        ("0.01", "壹分"),
        ("0.10", "壹角整"),
        ("1", "壹元整"),
        ("1.05", "壹元零伍分"),
        ("10", "壹拾元整"),
        ("105.50", "壹佰零伍元伍角整"),
        ("1000.01", "壹仟元零壹分"),
        ("10000", "壹万元整"),
        ("10001", "壹万零壹元整"),
        ("100100", "壹拾万零壹佰元整"),
        ("1010000", "壹佰零壹万元整"),
        ("12300.50", "壹万贰仟叁佰元伍角整"),
        ("86000", "捌万陆仟元整"),
        ("100000000", "壹亿元整"),
        ("100000001", "壹亿零壹元整"),
        ("100010000", "壹亿零壹万元整"),
        ("1000000000000", "壹兆元整"),
        ("-3.2", "负叁元贰角整"),
        ("0.005", "壹分"),
    ],
)
def test_amount_in_words(value: str, words: str) -> None:
    assert amount_in_words(value) == words


def test_amount_in_figures_has_thousands_and_two_decimals() -> None:
    assert amount_in_figures(Decimal("1234.5")) == "1,234.50"
    assert amount_in_figures("1,234") == "1,234.00"


@pytest.mark.parametrize("value", ["五万元", "", "1e17", "NaN"])
def test_what_is_no_amount_is_refused_with_an_example(value: str) -> None:
    with pytest.raises(NotAnAmount):
        amount_in_words(value)


@given(st.integers(0, 10**15))
def test_words_read_back_as_the_same_amount(cents: int) -> None:
    assert _read(amount_in_words(Decimal(cents) / 100)) == cents


def _read(words: str) -> int:
    whole, _, rest = words.removesuffix("整").rpartition("元")
    cents = 0
    for sign, unit in pairwise(rest):
        cents += _DIGITS.find(sign) * {"角": 10, "分": 1}.get(unit, 0) if sign in _DIGITS else 0
    return _integer(whole) * 100 + cents


def _integer(words: str) -> int:
    for unit, size in (("兆", 10**12), ("亿", 10**8), ("万", 10**4)):
        if unit in words:
            head, tail = words.split(unit, 1)
            return _integer(head) * size + _integer(tail)
    total, digit = 0, 0
    for sign in words:
        if sign in _DIGITS:
            digit = _DIGITS.index(sign)
        else:
            total += digit * {"拾": 10, "佰": 100, "仟": 1000}[sign]
            digit = 0
    return total + digit
