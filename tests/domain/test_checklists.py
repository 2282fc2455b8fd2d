"""Every demand of a statute with a checklist is carried by something that exists."""

import shutil
from pathlib import Path

import pytest

from domain.lookup.law_audit import demands, demands_on
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_reading import CONFIG, read_rulebook
from tests.helpers.spoiling import spoil

PENALTY = "checklists/penalty.yaml"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("{guards: not_fined_before_for_the_same_act}", "{}", "没有任何操作、条件、字段、文书"),
        ("guards: not_fined_before_for", "guards: not_fined_befor_for", "未知的条件 not_fined_bef"),
        ("clocks: cf61,", "clocks: cx999,", "未知的由操作开启的时限 cx999"),
        ("\n  cf-29:", "\n  cf-299:", "条文 cf-29 没有写明由什么承担"),
        ("\n  cf-83:", "\n  cf-29:", "条文 cf-29 写了两处"),
        ("documents: put_off_notice", "documents: put_of_notice", "未知的文书 put_of_notice"),
        ("case.decide.publish", "case.decide.publiss", "未知的表单字段 case.decide.publiss"),
        (
            "begins: {effects: goods_preserved, documents",
            "begins: {effects: goods_seized, documents",
            "操作 case.seize（查封扣押）使时限起算，却没有开启先行登记保存",
        ),
        ("effects: payment_put_off,", "effects: payment_put_of,", "未知的效果 payment_put_of"),
        (
            "begins: {effects: payment_put_off",
            "begins: {spared: {case.serve: 无}, effects: payment_put_off",
            "spared 中的 case.serve 不使时限起算",
        ),
        ("instrument: cf", "instrument: cff", "未知的法律文件 cff"),
    ],
)
def test_a_demand_that_nothing_carries_fails_the_check(
    tmp_path: Path, old: str, new: str, told: str
) -> None:
    root = tmp_path / "config"
    shutil.copytree(CONFIG, root)
    spoil(root, PENALTY, old, new)

    found = [str(one) for one in read_rulebook(root)[1]]

    assert any(told in one and PENALTY in one for one in found), found


def test_the_three_days_of_the_principal_are_carried_by_a_limit_an_action_and_a_paper(
    rules: Rulebook,
) -> None:
    [found] = [one for one in demands(rules, "referral") if "三日内决定" in one.says]

    assert found.article.article == "第五条第二款"
    assert {one.kind for one in found.carriers} == {"操作", "时限", "起算时限", "文书"}


def test_an_action_tells_which_articles_it_carries(rules: Rulebook) -> None:
    assert "《中华人民共和国行政处罚法》第四十四条" in demands_on(rules)["case.notice"]
