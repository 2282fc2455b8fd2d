"""Long texts in half width: looked up run by run, the same as Unicode's own."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.files.half_width import becoming, half_width_text, is_ideograph


@pytest.mark.parametrize(
    "text",
    [
        "您好！我家住Ａ１２栋，电话（０５３１）…",
        "①②③号楼　㎡　№１２　ﬁ",
        "Cafe\u0301 与 が\u3099 和 a\u0323\u0307",
        "龙\uf9c4 兀\ufa0c",
        "",
    ],
)
def test_a_text_is_in_half_width_as_by_the_standard(text: str):
    assert half_width_text(text) == unicodedata.normalize("NFKC", text)


@given(st.text())
def test_any_text_is_in_half_width_as_by_the_standard(text: str):
    assert half_width_text(text) == unicodedata.normalize("NFKC", text)


def test_every_sign_that_becomes_a_chinese_character_is_known():
    """Else a search for one character would pass over texts that say it in another way."""
    others = (chr(one) for one in range(0x110000) if not 0xD800 <= one < 0xE000)
    found: dict[str, set[str]] = {}
    for one in others:
        if (told := unicodedata.normalize("NFKC", one)) != one:
            for sign in filter(is_ideograph, told):
                found.setdefault(sign, set()).add(one)

    assert len(found) > 1000 and "㈱" in found["株"]
    assert all(set(becoming(sign)) == ones for sign, ones in found.items())
    assert becoming("食") == ("\u2fb7",) and not is_ideograph("x") and not is_ideograph("⾷")
