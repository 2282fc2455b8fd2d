"""What was charged too much is paid back first: 程序规定57①, 59, 64②; 价格违法行为处罚规定16."""

from tests.helpers.story import REVIEWED, Story

GROUND = "《价格违法行为行政处罚规定》第十六条"
TOLD = {"planned_refund": "1800", "refund_ground": GROUND}


def _told(story: Story) -> None:
    story.walk(*REVIEWED)
    story.does("case.notice", **TOLD)


def test_the_sum_is_told_with_the_penalty_and_its_article(story: Story) -> None:
    story.walk(*REVIEWED)
    assert "写明要求退还的法律" in story.refused("case.notice", **{**TOLD, "refund_ground": "规定"})

    story.does("case.notice", **TOLD)

    told = story.text("penalty_notice")
    assert "拟责令你（单位）退还多收价款1,800.00元" in told
    assert "第十六条" in told


def test_it_is_ordered_once_the_party_was_heard_and_before_the_decision(story: Story) -> None:
    _told(story)
    assert "应当在听取当事人意见之后发出" in story.refused("case.order_refund")
    story.waits(days=8)
    assert "应当在作出处罚决定之前发出责令退款通知书" in story.refused("case.decide")
    assert "多于告知的须重新告知" in story.refused("case.order_refund", refund_sum="1801")

    story.does("case.order_refund")

    order = story.text("refund_order")
    assert "1,800.00元退还多付价款的消费者" in order
    assert f"{GROUND}和《市场监督管理行政处罚程序规定》第五十九条" in order
    assert "尚未届满" in story.refused("case.decide")


def test_the_days_of_the_refund_do_not_count(story: Story) -> None:
    _told(story)
    story.waits(days=8)
    before = story.due("cx64")

    story.does("case.order_refund")
    story.waits(days=3)
    story.does("case.record_refund")

    assert story.due("cx64") > before
    assert "refund_due" not in story.open_rules()


def test_the_decision_says_what_was_paid_back(story: Story) -> None:
    _told(story)
    story.waits(days=8)
    story.does("case.order_refund")
    story.does("case.record_refund", refunded="1200")

    story.does("case.decide")

    told = story.text("penalty_decision")
    assert "责令当事人限期退还多收价款1,800.00元" in told
    assert "当事人已退还1,200.00元，尚有600.00元没有退还" in told


def test_after_its_last_day_the_decision_waits_no_longer(story: Story) -> None:
    _told(story)
    story.waits(days=8)
    story.does("case.order_refund")
    story.waits(days=9)

    assert story.does("case.decide").state == "decided"


def test_what_was_not_told_is_not_ordered(story: Story) -> None:
    story.walk(*REVIEWED, "case.notice")
    story.waits(days=8)

    assert "没有告知拟责令退还的数额" in story.refused("case.order_refund")
    assert story.does("case.decide").state == "decided"
    assert "责令退款" not in story.text("penalty_decision")


def test_nobody_pays_back_more_than_was_ordered(story: Story) -> None:
    _told(story)
    story.waits(days=8)
    assert "没有责令退还" in story.refused("case.record_refund")
    story.does("case.order_refund")

    assert "多于责令退还的" in story.refused("case.record_refund", refunded="1801")
