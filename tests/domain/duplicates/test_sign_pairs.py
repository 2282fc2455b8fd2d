"""Pairs of signs as numbers stand for the same pairs as texts do, whatever the text."""

from operator import add

import pytest

from domain.duplicates.rarity import CAP, FLOOR, Rarity, counted
from domain.duplicates.sign_pairs import distinct, pairs_in, written

TEXTS = ("", "油", "油烟", "油烟扰", "油烟扰民", "a1栋油烟扰民a1栋")


@pytest.mark.parametrize("text", TEXTS)
def test_the_numbers_of_a_text_are_its_pairs_in_their_order(text: str) -> None:
    assert [written(one) for one in pairs_in(text)] == list(map(add, text, text[1:]))


def test_a_rare_character_beyond_the_first_plane_is_one_sign_and_stands_in_no_pair_told() -> None:
    assert [written(one) for one in pairs_in("𠮷野家店")] == ["", "野家", "家店"]
    assert len(pairs_in("吉野𠮷店")) == 3


def test_words_are_counted_pair_by_pair_and_once_in_each_text() -> None:
    found = counted(["油烟油烟", "油烟扰民", "𠮷油烟", "𠮷油烟", *["噪声"] * 4])

    assert found == {"噪声": 0.5, "油烟": 0.5, "扰民": 0.125, "烟扰": 0.125, "烟油": 0.125}
    assert list(found) == sorted(found)


def test_a_pair_weighs_the_same_by_its_number_as_by_its_signs() -> None:
    rarity = Rarity({"油烟": 0.08, "扰民": 0.01, "号": 0.5})
    codes = {written(one): one for text in ("油烟", "扰民", "野家") for one in pairs_in(text)}

    for pair, code in codes.items():
        assert rarity.weights_by_code.get(code, CAP) == rarity.weight(pair)
        assert rarity.shares_by_code.get(code, FLOOR) == rarity.share(pair)
    assert rarity.together(codes.values()) == pytest.approx(
        sum(rarity.weight(pair) - 1.5 for pair in codes)
    )


@pytest.mark.parametrize("text", TEXTS)
def test_the_distinct_pairs_of_a_text_are_each_kept_once(text: str) -> None:
    kept = distinct(pairs_in(text))
    assert sorted(kept) == sorted(set(pairs_in(text)))
    assert kept.itemsize == 4
