"""Goods that spoil, and goods that nobody fetches: 程序规定41③, 42②、③; 行政强制法28②."""

from datetime import timedelta

import pytest

from flows.site.office import Office
from tests.helpers.health_story import HealthStory
from tests.helpers.story import IN_CASE, REVIEWED, Story

SEIZED = (*IN_CASE, "case.seize")
RELEASED = (*SEIZED, "case.release_seized")


def test_goods_that_spoil_go_on_the_owners_word_and_by_the_heads_approval(story: Story) -> None:
    story.walk(*SEIZED)
    assert "物品的权利人" in story.refused("early_disposal.propose", goods_owner=None)

    story.does("early_disposal.propose")
    assert "只能由机关负责人操作" in story.refused("early_disposal.approve", by="handler")
    story.does("early_disposal.approve")

    told = story.text("disposal_notice")
    assert "示例市鑫源食品有限公司于2026年5月11日申请先行处置" in told
    assert "《市场监督管理行政处罚程序规定》第四十一条第三款" in told
    assert "喷码机" in told
    assert story.papers("matter_approval")
    assert "入账凭证" in story.refused("early_disposal.carry_out", proceeds_no=None)
    story.does("early_disposal.carry_out")
    assert story.state("early_disposal") == "disposed"


def test_only_what_is_held_is_disposed_of_early(story: Story) -> None:
    story.walk(*IN_CASE)
    assert "没有正在查封、扣押的物品" in story.refused("early_disposal.propose")

    story.does("case.seize")
    other = [{"名称": "冷藏车", "规格": "", "单位": "辆", "数量": "1"}]

    assert "冷藏车不在查封扣押的物品中" in story.refused(
        "early_disposal.propose", disposal_goods=other
    )


def test_an_unknown_owner_is_sought_until_the_day_of_the_announcement(story: Story) -> None:
    story.walk(*SEIZED, "early_disposal.seek_owner")
    until = f"{story.now + timedelta(days=7):%Y-%m-%d}"
    assert story.due("owner_sought") == f"{until}T23:59"
    assert "权利人不明确" in story.text("disposal_announcement")
    assert "公告至" in story.refused("early_disposal.report")

    story.waits(days=8)
    story.does("early_disposal.report")
    story.does("early_disposal.approve")

    assert "经公告期满没有权利人同意或者申请" in story.text("disposal_notice")


def test_who_comes_meanwhile_gives_his_word(story: Story) -> None:
    story.walk(*SEIZED, "early_disposal.seek_owner", "early_disposal.take_up")

    assert "owner_sought" not in story.open_rules()
    assert story.state("early_disposal") == "proposed"


DISPOSED = ("early_disposal.propose", "early_disposal.approve", "early_disposal.carry_out")


@pytest.mark.parametrize(
    ("end", "told"),
    [
        ("confiscated", "没有没收非法财物的处罚决定"),
        ("handed", "没有移送公安机关"),
        ("none", "与「所得款项的处理」不一致"),
    ],
)
def test_the_money_ends_as_the_case_does(story: Story, end: str, told: str) -> None:
    story.walk(*SEIZED, *DISPOSED)

    assert told in story.refused("early_disposal.settle", proceeds_end=end)
    assert story.does("early_disposal.settle").state == "settled"


def test_no_case_closes_on_money_that_lies_there(story: Story) -> None:
    """42②: it is returned with the release; 41③: else it is confiscated by the decision."""
    story.walk(*SEIZED)
    story.does("record.scene", occasion="measure")
    story.walk(*DISPOSED, *REVIEWED[len(IN_CASE) :], "case.notice")
    story.waits(days=8)
    story.walk("case.decide", "case.serve", "case.release_seized", "case.pay")
    story.walk("case.record_publication", "case.enforce")

    assert "先行处置尚未办结（所得款项待处理）" in story.refused("case.close")
    story.does("early_disposal.settle")
    assert story.does("case.close").state == "closed"


def test_another_organ_names_its_own_rule(office: Office) -> None:
    """程序规定 binds market regulators; 行政强制法28② only says what becomes of the money."""
    story = HealthStory(office)
    story.walk(*SEIZED)

    assert "先行处置的依据" in story.refused("early_disposal.propose")
    story.does("early_disposal.propose", disposal_rule="本机关规章第二十条")
    story.does("early_disposal.approve", by="health_head")
    assert "本机关规章第二十条" in story.text("disposal_notice")


def test_goods_that_nobody_fetches_go_to_the_treasury_after_thirty_days(story: Story) -> None:
    story.walk(*SEIZED)
    assert "没有解除" in story.refused("unclaimed_goods.announce")
    story.does("case.release_seized")

    story.does("unclaimed_goods.announce")

    assert story.due("cx42_claim") == "2026-06-10T23:59"
    told = story.text("goods_announcement")
    assert "2026年6月10日" in told and "第四十二条第三款" in told
    assert "尚未" not in told
    assert "公告期至2026年6月10日届满" in story.refused("unclaimed_goods.surrender")
    story.waits_until("2026-06-11T09:00")
    assert "拍卖所得款项" in story.refused("unclaimed_goods.surrender", surrendered=None)
    story.does("unclaimed_goods.surrender")
    assert "cx42_claim" not in story.open_rules()


def test_who_comes_in_time_fetches_them(story: Story) -> None:
    story.walk(*RELEASED, "unclaimed_goods.announce", "unclaimed_goods.fetch")

    assert story.state("unclaimed_goods") == "fetched"
    assert "cx42_claim" not in story.open_rules()


def test_the_rule_on_unclaimed_goods_is_the_market_regulators(office: Office) -> None:
    story = HealthStory(office)
    story.walk(*RELEASED)

    assert "只适用于市场监管部门" in story.refused("unclaimed_goods.announce")
