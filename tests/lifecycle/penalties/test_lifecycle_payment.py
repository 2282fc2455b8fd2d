"""The fine: in time, late with three per cent a day, never doubled, never forgotten."""

import pytest

from tests.helpers.story import REVIEWED, Story


def _served(story: Story) -> None:
    """A fine of 10,000 yuan served on 11 May, due on 26 May."""
    story.walk(*REVIEWED, "case.notice", "case.record_statement", "case.decide", "case.serve")


def test_a_fine_is_due_fifteen_days_after_service(story: Story) -> None:
    _served(story)

    assert story.due("cx72") == "2026-05-26T23:59"
    assert ("penalty", "chase_payment") in story.followups()


def test_a_fine_is_paid_exactly(story: Story) -> None:
    _served(story)

    assert "应缴余额为10,000.00元" in story.refused("case.pay", paid="9999.99")
    assert "应缴余额为10,000.00元" in story.refused("case.pay", paid="10000.01")
    story.does("case.pay")
    assert "cx72" not in story.open_rules()


@pytest.mark.parametrize(
    ("paid_on", "owed"),
    [("2026-05-26", "10000"), ("2026-05-27", "10300"), ("2026-06-05", "13000")],
)
def test_late_payment_grows_by_three_per_cent_a_day(story: Story, paid_on: str, owed: str) -> None:
    _served(story)
    story.waits_until(f"{paid_on}T10:00")

    story.does("case.pay", paid=owed)

    assert story.processes("case")[0].facts["paid_total"] == owed


def test_the_surcharge_never_exceeds_the_fine(story: Story) -> None:
    _served(story)
    story.waits_until("2026-12-01T10:00")

    assert "应缴余额为20,000.00元" in story.refused("case.pay", paid="10000")


def test_a_payment_counts_on_the_day_it_was_made(story: Story) -> None:
    _served(story)
    story.waits_until("2026-06-08T10:00")

    story.does("case.pay", paid="10000", paid_on="2026-05-26")

    assert "cx72" not in story.open_rules()


def test_nobody_pays_tomorrow(story: Story) -> None:
    _served(story)

    assert "「缴款日期」不能晚于今天" in story.refused("case.pay", paid_on="2026-05-30")


def test_what_grew_before_a_part_payment_is_still_owed(story: Story) -> None:
    _served(story)
    story.waits_until("2026-06-05T10:00")
    story.does("case.pay_part", paid="10000")

    assert "应缴余额为3,000.00元" in story.refused("case.pay", paid="1")
    assert "尚有3,000.00元未缴纳" in story.refused("case.enforce")
    story.does("case.pay", paid="3000")
    assert story.does("case.enforce").state == "enforced"


def test_the_surcharge_after_a_part_payment_is_on_the_rest(story: Story) -> None:
    _served(story)
    story.does("case.pay_part", paid="4000")
    story.waits_until("2026-05-28T10:00")

    assert "应缴余额为6,360.00元" in story.refused("case.pay", paid="1")


def test_a_part_is_less_than_the_whole(story: Story) -> None:
    _served(story)

    assert "请选择「登记缴清」" in story.refused("case.pay_part", paid="10000")
    assert "应当大于0元" in story.refused("case.pay_part", paid="0")


def test_payment_is_urged_only_when_late(story: Story) -> None:
    _served(story)
    assert "缴款期限尚未届满" in story.refused("case.urge_payment")
    story.waits_until("2026-05-27T10:00")

    early = {"demand_served_on": "2026-05-20T10:00"}
    assert "催告书在本次办理时才制发" in story.refused("case.urge_payment", **early)
    paper = {"demand_paper_no": "示市监催〔2026〕1号", "demand_paper_on": "2026-05-20"}
    told = story.refused("case.urge_payment", **early, **paper)
    assert "纸质催告书的制发日期不能早于其次日" in told
    assert "行政强制法》第五十四条" in told
    story.does("case.urge_payment")

    assert story.due("qz54") == "2026-06-10T23:59"
    assert "尚有10,300.00元未缴纳" in story.refused("case.enforce")
