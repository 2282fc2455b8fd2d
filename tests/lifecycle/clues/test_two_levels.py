"""Two levels of approval: the head of the section gives an opinion, the head of the organ decides.

行政处罚法57 and 行政强制法18 name the 行政机关负责人; a section head never stands in for him.
"""

import pytest

from tests.helpers.story import CONCLUDED, IN_CASE, REVIEWED, Story

BOX = "魏科长"


def test_both_levels_stand_on_the_filing(story: Story) -> None:
    story.walk(*CONCLUDED, "endorse")
    assert story.told("clue.endorse") == {("shili-market", "department_head")}

    story.does("file_case")

    text = story.text("filing_approval")
    assert "事实清楚，建议立案" in text
    assert BOX in text
    assert "王科长" in text


@pytest.mark.parametrize(
    ("before", "action", "paper"),
    [
        (IN_CASE, "seize", "matter_approval"),
        ((*REVIEWED, "case.notice", "case.record_statement"), "decide", "decision_approval"),
    ],
)
def test_both_levels_stand_on_measure_and_decision(
    story: Story, before: tuple[str, ...], action: str, paper: str
) -> None:
    """行政强制法第十八条; 行政处罚法第五十七条."""
    story.walk(*before)
    story.does("case.endorse", for_action=action)

    story.does(f"case.{action}")

    text = story.text(paper)
    assert "同意办案人员意见，请审批" in text
    assert BOX in text


def test_both_levels_stand_on_the_referral(story: Story) -> None:
    """310号令第五条第二款: the principal decides."""
    story.walk(*CONCLUDED, "refer", "referral.endorse", "referral.approve")

    text = story.text("transfer_approval")
    assert "同意移送，请主要负责人决定" in text
    assert BOX in text


def test_an_opinion_on_one_matter_is_none_on_another(story: Story) -> None:
    story.walk(*IN_CASE)
    story.does("case.endorse", for_action="decide")

    story.does("case.seize", goods_again="other", goods_again_reason="另一批，序号不同")

    assert BOX not in story.text("matter_approval")


def test_an_opinion_serves_one_approval(story: Story) -> None:
    story.walk(*IN_CASE)
    story.does("case.endorse", for_action="seize")
    story.walk("case.seize", "case.release_seized")

    story.does("case.seize", goods_again="other", goods_again_reason="另一批，序号不同")

    assert BOX not in story.text("matter_approval")


def test_without_an_opinion_the_approval_has_no_such_box(story: Story) -> None:
    """What nobody filled in before the approval is left to nobody's pen after it."""
    story.walk(*CONCLUDED)

    assert story.does("file_case").state == "in_case"
    text = story.text("filing_approval")
    assert "办案机构" not in text
    assert "签名：　" not in text


@pytest.mark.parametrize("action", ["file_case", "dismiss"])
def test_a_section_head_approves_nothing(story: Story, action: str) -> None:
    story.walk(*CONCLUDED)

    assert "只能由机关负责人操作" in story.refused(action, by="section")


def test_a_section_head_takes_no_measure_and_decides_no_penalty(story: Story) -> None:
    story.walk(*IN_CASE)
    assert "只能由机关负责人操作" in story.refused("case.seize", by="section")

    assert "机关负责人" in story.refused("case.decide", by="section")
