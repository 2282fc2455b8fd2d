"""Compulsory measures: they end on their day, holiday or not, and run on beside the police."""

from datetime import datetime

import pytest
from sqlalchemy import text as sql

from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import CHINA
from flows.reminders.daily_tasks import daily
from flows.site.office import Office
from tests.helpers.health_story import HealthStory
from tests.helpers.story import CONCLUDED, IN_CASE, Story

BEFORE_THE_HOLIDAY = datetime(2026, 8, 31, 8, 0, tzinfo=CHINA)


def test_a_seizure_ends_inside_the_holiday_and_its_paper_says_so(story: Story) -> None:
    """行政强制法第二十五条: no more than thirty days; no rule moves the last one."""
    story.now = BEFORE_THE_HOLIDAY
    story.walk(*IN_CASE)
    story.waits_until("2026-09-02T09:00")

    story.does("case.seize")

    assert story.due("cx38") == "2026-10-02T23:59"
    assert "2026年9月2日至2026年10月2日" in story.text("seizure_decision")


def test_an_extension_reaches_sixty_days_and_not_the_next_working_day(story: Story) -> None:
    story.now = datetime(2026, 7, 31, 8, 0, tzinfo=CHINA)
    story.walk(*IN_CASE)
    story.waits_until("2026-08-03T09:00")
    story.does("case.seize")

    story.does("case.extend_seizure")

    assert story.due("cx38") == "2026-10-02T23:59"
    assert "2026年10月2日" in story.text("seizure_extension")


def test_a_seizure_that_was_counted_over_a_holiday_gets_its_right_day(story: Story) -> None:
    story.now = BEFORE_THE_HOLIDAY
    story.walk(*IN_CASE)
    story.waits_until("2026-09-02T09:00")
    story.does("case.seize")
    with story.office.engine.begin() as connection:
        connection.execute(
            sql("UPDATE clock SET due_at = :due, breach_at = :due WHERE rule = 'cx38'"),
            {"due": "2026-10-08 15:59:59.000000"},
        )
    story.waits(days=1)

    assert daily(story.office, story.now).recomputed == 1

    assert story.due("cx38") == "2026-10-02T23:59"
    assert story.events()[-1] == "case.recompute_clock"
    assert daily(story.office, story.now).recomputed == 0
    assert story.chain_holds()


def test_no_measure_of_any_organ_rolls_over_a_holiday(rules: Rulebook) -> None:
    actions = rules.lifecycles["case"].actions
    opened = {one.clock for name in ("seize", "preserve") for one in actions[name].opens}

    assert opened == {"cx38", "qz25", "cf56"}
    assert not [key for key in (*opened, "cx35") if rules.deadlines[key].roll_forward]


def test_a_seizure_is_extended_while_the_case_lies_with_the_police(story: Story) -> None:
    """Its days run on there (行政强制法第二十五条), and who may not extend loses the evidence."""
    story.walk(*IN_CASE, "case.seize", "refer", "referral.approve")
    assert story.state("case") == "with_police"
    before = story.due("cx38")

    story.does("case.extend_seizure")

    assert story.due("cx38") > before
    assert story.papers("seizure_extension")


def test_a_seizure_of_a_suspended_case_is_extended_and_released(story: Story) -> None:
    story.walk(*IN_CASE, "case.seize", "case.suspend", "case.extend_seizure")

    story.does("case.release_seized")

    assert "cx38" not in story.open_rules()


@pytest.mark.parametrize(
    "further",
    [
        ("case.send_for_review",),
        ("case.send_for_review", "case.pass_review"),
        ("case.send_for_review", "case.pass_review", "case.decide_no_penalty", "case.serve"),
        ("refer", "referral.approve"),
    ],
    ids=["in_review", "reviewed", "served", "with_police"],
)
def test_preserved_goods_can_be_dealt_with_wherever_the_case_stands(
    story: Story, further: tuple[str, ...]
) -> None:
    """行政处罚法第五十六条: the seven days run on, so somebody can always end them."""
    story.walk(*IN_CASE, "case.preserve", "case.record_facts", "case.report", *further)

    story.does("case.release_preserved")

    assert "cf56" not in story.open_rules()


def test_a_case_that_once_left_with_its_goods_still_held_gives_them_back(story: Story) -> None:
    """行政强制法28: rows of an older home, whose measure ended nowhere when the case left."""
    story.walk(*IN_CASE, "case.seize")
    with story.office.engine.begin() as connection:
        ended = {"now": "2026-05-12 08:00:00.000000"}
        connection.execute(
            sql("UPDATE process SET state='transferred', ended_at=:now WHERE kind='case'"), ended
        )
        connection.execute(sql("UPDATE clock SET ended_at=:now WHERE rule='cx38'"), ended)
    story.waits(days=1)

    story.does("case.release_seized")

    assert story.state("case") == "transferred"
    assert story.papers("seizure_release")
    assert "没有查封扣押" in story.refused("case.release_seized")


def test_confiscated_goods_are_not_given_back_to_end_their_seizure(story: Story) -> None:
    """强制法27: what the decision confiscates ends its seizure; 28 releases the rest."""
    story.walk(*IN_CASE, "case.seize")
    story.does("record.scene", occasion="measure")
    story.walk("case.record_facts", "case.report", "case.send_for_review", "case.pass_review")
    kinds = ["fine", "illegal_goods"]
    goods = "没收喷码机1台"
    story.does("case.notice", planned_kinds=kinds, planned_goods_value="500", planned_penalty=goods)
    story.walk("case.record_statement")
    story.waits(days=8)
    story.does("case.decide", penalty_kinds=kinds, goods_value="500", penalty=goods)

    story.does("case.confiscate_seized")

    assert not {"cx38", "qz25"} & story.open_rules()
    assert not story.papers("seizure_release")
    assert "没有查封扣押的物品" in story.refused("case.release_seized")


def test_only_a_decision_that_confiscates_ends_a_seizure_so(story: Story) -> None:
    """强制法27, 28."""
    story.walk(*IN_CASE, "case.seize")
    story.does("record.scene", occasion="measure")
    story.walk("case.record_facts", "case.report", "case.send_for_review", "case.pass_review")
    story.walk("case.notice", "case.record_statement")
    story.waits(days=8)
    story.does("case.decide")

    told = story.refused("case.confiscate_seized")

    assert "没有没收非法财物的处罚决定" in told and "第二十七条" in told
    story.does("case.release_seized")


def test_a_seizure_has_its_officers_and_the_record_of_its_scene(story: Story) -> None:
    """强制法18(二)(七) binds every seizure, not only the one on the spot."""
    story.walk(*CONCLUDED, "file_case")
    story.walk("case.assign_officers", "case.seize", "case.release_seized", "case.record_facts")
    told = story.refused("case.report")
    assert "没有登记现场笔录" in told and "第十八条第（七）项" in told

    # An old case of which no record was ever made goes on, and says so.
    story.does("case.report", scene_missing="实施时未制作，有执法记录仪录像为证")


def test_a_market_regulator_ends_a_preservation_with_its_heads_approval(story: Story) -> None:
    """程序规定第三十三条第一款: 采取或者解除先行登记保存措施，应当经负责人批准."""
    story.walk(*IN_CASE, "case.preserve")

    reasons = story.refused("case.release_preserved", by="handler")

    assert "解除先行登记保存措施应当经负责人批准" in reasons
    assert "《市场监督管理行政处罚程序规定》第三十三条" in reasons
    story.does("case.release_preserved")
    assert "复制后退还" in story.text("matter_approval")


def test_another_organ_needs_no_approval_that_its_law_does_not_ask_for(office: Office) -> None:
    """处罚法第五十六条 asks for the approval of the taking alone."""
    story = HealthStory(office)
    story.walk(*IN_CASE, "case.preserve")

    story.does("case.release_preserved", by="health")

    assert len(story.papers("matter_approval")) == 1
