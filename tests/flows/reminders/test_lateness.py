"""One lateness, one figure: letters and lists count the same days."""

from datetime import timedelta

import pytest

from domain.limits.limit import days_late
from flows.reminders.reminder_texts import Lateness
from tests.helpers.moments import at
from tests.helpers.story import ACCEPTED, Story
from web.request.words import left

DUE = at("2026-06-01T23:59")


@pytest.mark.parametrize(
    ("now", "days"),
    [
        ("2026-06-02T00:10", 1),
        ("2026-06-14T00:01", 13),
        ("2026-06-14T09:00", 13),
        ("2026-06-14T23:59", 13),
    ],
)
def test_days_late_are_days_of_the_calendar_in_china(now: str, days: int) -> None:
    assert days_late(DUE, at(now)) == days


@pytest.mark.parametrize("now", ["2026-06-14T00:01", "2026-06-14T09:00", "2026-06-14T23:59"])
def test_a_letter_and_a_list_tell_the_same_lateness(story: Story, now: str) -> None:
    story.walk(*ACCEPTED, "verify")
    clock = story.running("cx18")
    days = days_late(clock.due_at, at(now))
    late = Lateness(story.office.rules, clock, story.row(), at(now))

    assert late.standing == f"已逾期{days}日"
    assert left(clock.due_at, at(now)) == f"已超{days}天"


def test_time_left_is_told_in_whole_days_that_are_left() -> None:
    assert left(DUE, DUE - timedelta(days=4, hours=20)) == "还剩4天"
