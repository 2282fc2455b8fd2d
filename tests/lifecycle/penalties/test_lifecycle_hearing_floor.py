"""From which fine on a hearing has to be offered, and a notice that forgot it put right."""

import pytest

from domain.lifecycle.plan import Refused
from tests.helpers.story import REVIEWED, Story

BIG, SMALL = "100000", "99999.99"


def noticed(story: Story, **form: object) -> None:
    """A notice served."""
    story.walk(*REVIEWED)
    story.does("case.notice", **form)


def test_a_notice_of_a_heavy_fine_offers_a_hearing(story: Story):
    story.walk(*REVIEWED)

    with pytest.raises(
        Refused, match=r"100,000元以上的，应当告知要求听证的权利.*听证办法"
    ) as refused:
        story.does("case.notice", planned_fine=BIG)

    assert "拟罚款100,000.00元" in str(refused.value)


def test_below_the_floor_a_statement_is_enough(story: Story):
    noticed(story, planned_fine=SMALL)
    story.waits(days=14)
    story.does("case.decide", fine=SMALL)

    assert story.state("case") == "decided"


def test_a_decision_may_not_go_beyond_what_the_notice_offered(story: Story):
    noticed(story)
    story.waits(days=14)

    with pytest.raises(Refused, match="应当告知要求听证的权利"):
        story.does("case.decide", fine=BIG)


def test_a_notice_that_forgot_the_hearing_is_given_anew_and_its_days_begin_anew(story: Story):
    noticed(story)
    story.does("case.record_statement")
    story.waits(days=14)
    anew = {"heavier_ground": "error", "heavier_reason": "货值计算漏计三批，有进货单"}
    story.does("case.notice", planned_fine=BIG, notice_right="hearing", **anew)

    with pytest.raises(Refused, match="要求听证的期限尚未届满"):
        story.does("case.decide", fine=BIG)
