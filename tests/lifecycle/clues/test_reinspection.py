"""复检、复验: a party has the result tested anew in the days of the law, and nothing is decided."""

import pytest

from tests.helpers.story import IN_CASE, Story

TESTED = (*IN_CASE, "case.record_facts", "case.commission", "case.record_result")
TO_REVIEW = ("case.report", "case.send_for_review", "case.pass_review")
TOLD = (*TO_REVIEW, "case.notice", "case.record_statement")


def test_no_decision_rests_on_a_result_that_is_tested_anew(story: Story) -> None:
    """行政处罚法第四十条; 食品安全法第八十八条: the new conclusion is the last word."""
    story.walk(*TESTED, *TOLD, "reinspection.apply")

    asked = story.refused("case.decide")
    story.does("reinspection.accept")
    running = story.refused("case.decide")
    story.does("reinspection.conclude", differs=False)

    assert "复检、复验申请还没有结果" in asked
    assert "复检、复验申请还没有结果" in running
    assert "《中华人民共和国行政处罚法》第四十条" in asked
    assert story.does("case.decide").state == "decided"


def test_another_conclusion_is_reviewed_anew(story: Story) -> None:
    """行政处罚法第五十八条: what was reviewed rested on the first result."""
    story.walk(*TESTED, *TOLD, "reinspection.apply", "reinspection.accept")
    story.does("reinspection.conclude")

    assert "案件未经审核" in story.refused("case.decide")
    assert ("shili-market", "legal_reviewer") in story.told("case.take_in_conclusion")
    story.walk("case.send_for_review", "case.pass_review", "case.notice", "case.record_statement")
    assert story.does("case.decide").state == "decided"


@pytest.mark.parametrize(
    ("rule", "received", "in_time", "late"),
    [
        ("drug", "2026-05-12", "2026-05-19", "2026-05-20"),
        ("drug", "2026-04-24", "2026-05-06", "2026-05-07"),
        ("product", "2026-05-12", "2026-05-27", "2026-05-28"),
    ],
)
def test_who_asks_within_the_days_is_not_turned_away_as_late(
    story: Story, rule: str, received: str, in_time: str, late: str
) -> None:
    """药品管理法第一百零二条（七日）; 产品质量法第十五条第四款（十五日）."""
    story.waits_until("2026-04-20T08:00")
    story.walk(*TESTED)
    story.waits_until("2026-06-01T09:00")
    days = {"reinspection_rule": rule, "result_received_on": received}
    story.does("reinspection.apply", **days, asked_on=in_time)

    told = story.refused("reinspection.refuse")

    assert "没有超过，不能以逾期为由不予复检" in told
    story.does("reinspection.refuse", refusal_ground="withdrawn")
    story.does("reinspection.apply", **days, asked_on=late)
    assert story.does("reinspection.refuse").state == "refused"
    story.walk("case.report")


def test_a_figure_whose_present_text_nobody_read_refuses_nothing(story: Story) -> None:
    """食品安全法第八十八条 was read as amended in 2021: 待法制核对."""
    story.walk(*TESTED)
    story.does("reinspection.apply", reinspection_rule="food")

    assert story.does("reinspection.refuse").state == "refused"


def test_without_a_result_there_is_nothing_to_contest(story: Story) -> None:
    story.walk(*IN_CASE)

    assert "没有登记检验鉴定结论" in story.refused("reinspection.apply")


def test_another_rule_is_named(story: Story) -> None:
    story.walk(*TESTED)

    assert "「复检依据」" in story.refused("reinspection.apply", reinspection_rule="other")


def test_nobody_asks_before_he_has_the_result(story: Story) -> None:
    story.walk(*TESTED)
    early = {"result_received_on": "2026-05-11", "asked_on": "2026-05-10"}

    assert "「提出复检申请日期」不能早于" in story.refused("reinspection.apply", **early)
