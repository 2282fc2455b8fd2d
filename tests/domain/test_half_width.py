"""Long texts in half width: looked up run by run, the same as Unicode's own."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.files.half_width import half_width_text


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
