"""Review goes before a suit beyond the spot: 行政复议法23①(五), 价格违法行为处罚规定20."""

from tests.helpers.story import REVIEWED, Story

PRICE = "《价格违法行为行政处罚规定》第九条第（一）项"


def _noticed(story: Story) -> None:
    story.walk(*REVIEWED)
    story.does("case.notice", penalty_ground=PRICE)
    story.waits(days=8)


def test_a_price_decision_is_asked_which_way_goes_first(story: Story) -> None:
    _noticed(story)

    told = story.refused("case.decide", penalty_ground=None)

    assert "「救济的先后」" in told
    assert "第二十条〔待法制核对〕" in told


def test_it_sends_to_review_first_and_the_suit_waits(story: Story) -> None:
    _noticed(story)
    story.does("case.decide", penalty_ground=None, review_before_suit="review")

    decision = story.text("penalty_decision")
    assert "应当先自收到本决定书之日起六十日内向示例市人民政府申请行政复议" in decision
    assert "自收到行政复议决定书之日起十五日内" in decision
    assert "六个月" not in decision
    story.does("case.serve")
    assert "ss46" not in story.open_rules()
    assert story.due("cx76_court")[:7] == "2026-10"
    assert "应当先申请行政复议" in story.refused("remedy.register_suit")

    story.walk("remedy.register_review", "remedy.conclude_review", "remedy.register_suit")


def test_legal_staff_may_find_that_either_way_is_open(story: Story) -> None:
    _noticed(story)
    story.does("case.decide", penalty_ground=None, review_before_suit="either")

    assert "也可以自收到本决定书之日起六个月内" in story.text("penalty_decision")
    story.does("case.serve")
    assert "ss46" in story.open_rules()
