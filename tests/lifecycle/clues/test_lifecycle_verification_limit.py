"""The fifteen working days of 程序规定第十八条 end with the head's decision, and are given once."""

import pytest
from sqlalchemy import text as sql

from tests.helpers.story import ACCEPTED, CONCLUDED, Story


def test_a_finding_alone_does_not_stop_the_fifteen_working_days(story: Story) -> None:
    story.walk(*CONCLUDED)

    assert story.due("cx18") == "2026-06-01T23:59"
    story.does("extend_verification")
    assert story.due("cx18") == "2026-06-23T23:59"


@pytest.mark.parametrize("decision", ["file_case", "dismiss", "govern"])
def test_each_decision_of_the_head_ends_them(story: Story, decision: str) -> None:
    story.walk(*ACCEPTED, "verify")
    story.does("conclude", finding="unlawful" if decision == "file_case" else "unfounded")

    story.does(decision)

    assert "cx18" not in story.open_rules()


def test_they_end_with_the_approved_referral_and_run_on_after_a_declined_one(story: Story) -> None:
    story.walk(*CONCLUDED, "refer")
    assert "cx18" in story.open_rules()
    story.does("referral.decline")
    assert story.state() == "concluded"
    assert story.due("cx18") == "2026-06-01T23:59"

    story.walk("refer", "referral.approve")

    assert "cx18" not in story.open_rules()


def test_a_clue_concluded_under_the_old_table_goes_on_from_its_dispatch(story: Story) -> None:
    story.walk(*CONCLUDED)
    started = story.running("cx18").started_at
    with story.office.engine.begin() as connection:
        connection.execute(sql("UPDATE clock SET ended_at = started_at WHERE rule = 'cx18'"))

    story.does("resume_verification")

    assert story.running("cx18").started_at == started


def test_a_clue_taken_up_for_its_caller_needs_a_day_that_the_supervisor_states(
    story: Story,
) -> None:
    story.walk(*ACCEPTED, "verify")
    story.does("conclude", finding="unfounded")
    story.does("dismiss")
    assert "请填写「重办期限」" in story.refused("reopen", reopen_ground="unsatisfied")
    assert "晚于今天" in story.refused(
        "reopen", reopen_ground="unsatisfied", reopen_due="2026-05-11"
    )

    story.does("reopen", reopen_ground="unsatisfied", reopen_due="2026-05-20")

    assert story.due("reopen_local") == "2026-05-20T23:59"
    assert not {"cx18", "verify_local"} & story.open_rules()
