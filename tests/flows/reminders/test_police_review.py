"""No proposal against the police is laid ready while a longer lawful examination may still run."""

from datetime import timedelta

import pytest

from flows.reminders.sweep import sweep
from tests.helpers.by_hand import inbox
from tests.helpers.moments import at
from tests.helpers.story import CONCLUDED, Story

PROPOSAL = "draft.filing_supervision_proposal"


def _with_police(story: Story, offence: str) -> None:
    story.walk(*CONCLUDED)
    story.does("refer", offences=[offence])
    story.walk("referral.approve", "referral.deliver", "referral.receipt")


def _mornings_until(story: Story, day: str) -> None:
    while story.now < at(f"{day}T10:00"):
        story.now = (story.now + timedelta(days=1)).replace(hour=10, minute=0)
        sweep(story.office, story.now)


@pytest.mark.parametrize(
    ("offence", "rule"), [("pollution", "hj_review_7"), ("inferior_drug", "yp_review")]
)
def test_a_crime_with_rules_of_its_field_may_be_examined_for_thirty_days(
    story: Story, offence: str, rule: str
) -> None:
    """环境办法第九条: three days, seven to verify, thirty for the grave and difficult."""
    _with_police(story, offence)
    assert story.due(rule) == "2026-05-14T23:59"
    assert not {"310_review", "jf16_max"} & story.open_rules()

    _mornings_until(story, "2026-06-09")
    assert inbox(story, PROPOSAL) == []

    _mornings_until(story, "2026-06-16")
    assert inbox(story, PROPOSAL)


def test_the_police_say_that_they_need_seven_days_or_thirty(story: Story) -> None:
    _with_police(story, "pollution")

    story.does("referral.extend_review")
    assert story.due("hj_review_7") == "2026-05-18T23:59"
    story.does("referral.extend_review")

    assert story.due("hj_review_7") == "2026-06-10T23:59"
    assert "不得再次延长" in story.refused("referral.extend_review")
    story.does("referral.file")
    assert "hj_review_7" not in story.open_rules()


def test_an_ordinary_crime_has_three_days_and_the_proposal_follows_soon(story: Story) -> None:
    _with_police(story, "fake_goods")

    _mornings_until(story, "2026-05-20")

    assert inbox(story, PROPOSAL)
