"""A referral for several offences names the article of each (310号令第六条: 涉嫌犯罪的情况)."""

from dataclasses import replace

from domain.lookup.crime_basis import charges_without_article, crime_offers
from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import Situation
from tests.domain.test_legal_basis import _case

LABELS = {"crime_ground": "法律依据"}
BOTH = ["selling_counterfeit", "fake_goods"]


def _referral(rules: Rulebook, **form: object) -> Situation:
    return replace(_case(rules), form=form)


def test_each_offence_that_is_named_offers_its_article(rules: Rulebook) -> None:
    found = crime_offers(_referral(rules, offences=BOTH), rules, LABELS)

    assert [one.text for one in found] == [
        "《中华人民共和国刑法》第二百一十四条",
        "《中华人民共和国刑法》第一百四十条",
    ]
    assert all(one.is_seen for one in found)
    assert found[0].says.count("销售假冒注册商标的商品罪") == 1
    assert crime_offers(_referral(rules, offences=BOTH), rules, {}) == ()


def test_an_offence_whose_article_is_missing_is_told_by_name(rules: Rulebook) -> None:
    ground = "《中华人民共和国刑法》第一百四十条"
    one = _referral(rules, offences=BOTH, crime_ground=ground)
    both = _referral(rules, offences=BOTH, crime_ground=f"{ground}、第二百一十四条")

    [told] = charges_without_article(one, rules, LABELS)

    assert "销售假冒注册商标的商品罪" in told
    assert "第二百一十四条" in told
    assert charges_without_article(both, rules, LABELS) == ()


def test_nothing_is_told_of_a_basis_that_is_not_written_yet(rules: Rulebook) -> None:
    assert charges_without_article(_referral(rules, offences=BOTH), rules, LABELS) == ()
