"""Compulsory measures: they end on their day, holiday or not, and run on beside the police."""

from datetime import datetime

import pytest
from sqlalchemy import text as sql

from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import CHINA
from flows.reminders.daily_tasks import daily
from tests.helpers.story import IN_CASE, Story

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
    story.walk(*IN_CASE, "case.seize", "record.scene")
    story.walk("case.record_facts", "case.report", "case.send_for_review", "case.pass_review")
    kinds = ["fine", "illegal_goods"]
    story.does("case.notice", planned_kinds=kinds, planned_goods_value="500")
    story.walk("case.record_statement")
    story.waits(days=8)
    story.does("case.decide", penalty_kinds=kinds, goods_value="500")

    story.does("case.confiscate_seized")

    assert not {"cx38", "qz25"} & story.open_rules()
    assert not story.papers("seizure_release")
    assert "没有查封扣押的物品" in story.refused("case.release_seized")


def test_only_a_decision_that_confiscates_ends_a_seizure_so(story: Story) -> None:
    """强制法27, 28."""
    story.walk(*IN_CASE, "case.seize", "record.scene")
    story.walk("case.record_facts", "case.report", "case.send_for_review", "case.pass_review")
    story.walk("case.notice", "case.record_statement")
    story.waits(days=8)
    story.does("case.decide")

    told = story.refused("case.confiscate_seized")

    assert "没有没收非法财物的处罚决定" in told and "第二十七条" in told
    story.does("case.release_seized")
