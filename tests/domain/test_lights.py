"""Green, yellow, red and grey, each at its moment."""

from datetime import timedelta

import pytest

from domain.limits.due_moment import Due, Limit, Pause, compute
from domain.limits.lights import light, yellow_from
from domain.shapes.deadlines import ConfirmedReading
from tests.helpers.law_in_force import work_calendar
from tests.helpers.moments import at

CALENDAR = work_calendar()
TEN_DAYS = Limit("x", 10, "working_days", roll_forward=True)
A_DAY = Limit("x", 24, "hours")


@pytest.mark.parametrize(
    ("now", "colour", "word"),
    [
        ("2026-11-02T10:00", "green", "正常"),
        ("2026-11-14T01:00", "green", "正常"),
        ("2026-11-14T02:00", "yellow", "临期"),
        ("2026-11-16T23:59:59", "yellow", "临期"),
        ("2026-11-17T00:00", "red", "逾期"),
    ],
)
def test_the_light_turns_yellow_in_the_last_fifth_and_red_when_late(
    now: str, colour: str, word: str
):
    start = at("2026-11-02T09:00")
    due = compute(TEN_DAYS, start, CALENDAR)

    shown = light(due, at(now), CALENDAR, start)

    assert (shown.colour, shown.word) == (colour, word)


def test_the_last_working_day_is_yellow_even_where_the_last_fifth_is_shorter():
    start = at("2026-10-08T09:00")
    due = compute(Limit("x", 1, "working_days"), start, CALENDAR)

    assert yellow_from(due, CALENDAR, start) == at("2026-10-09T00:00")


def test_a_limit_in_hours_turns_yellow_with_its_last_fifth():
    start = at("2026-11-20T16:00")

    assert yellow_from(compute(A_DAY, start, CALENDAR), CALENDAR, start) == at("2026-11-21T11:12")


def test_a_paused_clock_is_grey():
    start = at("2026-11-02T09:00")
    now = at("2026-12-30T09:00")
    pause = Pause(at("2026-11-04T09:00"), None, "检验").so_far(now)

    due = compute(TEN_DAYS, start, CALENDAR, [pause])

    assert light(due, now, CALENDAR, start).colour == "grey"


def test_between_the_strict_and_the_confirmed_date_the_light_is_yellow_and_not_red():
    reading = ConfirmedReading(
        unit="natural_days", roll_forward=True, confirmed_by="法制人员", confirmed_on="2026-01-05"
    )
    start = at("2026-09-30T09:00")
    due = compute(Limit("x", 3, "natural_days", confirmed=reading), start, CALENDAR)

    assert light(due, at("2026-10-05T09:00"), CALENDAR, start).colour == "yellow"
    assert light(due, at("2026-10-09T09:00"), CALENDAR, start).colour == "red"


def test_every_light_has_a_shape_and_a_word_of_its_own():
    start = at("2026-11-02T09:00")
    due = compute(TEN_DAYS, start, CALENDAR)
    paused = Due(due.at, due.breach_at, paused=True)
    moments = [start, due.at, due.at + timedelta(days=1)]

    shown = [light(due, now, CALENDAR, start) for now in moments]
    shown.append(light(paused, start, CALENDAR, start))

    assert len({one.shape for one in shown}) == len({one.word for one in shown}) == 4
