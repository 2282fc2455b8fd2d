"""Time limits by cases of law, one file per instrument, and the rules that no case shows."""

from datetime import date, datetime
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict, Field

from domain.limits.due_moment import (
    SHANGHAI,
    Due,
    Extension,
    Limit,
    NoLimit,
    Pause,
    compute,
    limit_in_force,
    next_extension,
)
from domain.shapes.deadlines import ConfirmedReading, DeadlineRule, DeadlineValue
from tests.helpers.law_in_force import deadline_rules, work_calendar
from tests.helpers.moments import at, end_of
from tests.helpers.plain_yaml import read_yaml

CASES = Path(__file__).parents[1] / "rules" / "deadlines"
CALENDAR = work_calendar()
RULES = deadline_rules()


class CasePause(BaseModel):
    model_config = ConfigDict(extra="forbid")

    from_: datetime = Field(alias="from")
    to: datetime
    reason: str


class Case(BaseModel):
    """One case of law; a due date without a time means the end of that day."""

    model_config = ConfigDict(extra="forbid")

    name: str
    rule: str
    cites: str
    start: datetime
    due: date | datetime = Field(union_mode="left_to_right")
    pauses: tuple[CasePause, ...] = ()
    extend: int = 0
    extend_by: int | None = None
    until: date | None = None
    provisional: bool = False

    @property
    def due_at(self) -> datetime:
        if isinstance(self.due, datetime):
            return self.due.replace(tzinfo=SHANGHAI)
        return end_of(self.due.isoformat())


def all_cases() -> list[Case]:
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        found += [Case.model_validate(one) for one in read_yaml(path)]
    return found


def due_of(case: Case) -> Due:
    rule = RULES[case.rule]
    limit = limit_in_force(case.rule, rule, case.start.date(), case.until)
    pauses = [
        Pause(one.from_.replace(tzinfo=SHANGHAI), one.to.replace(tzinfo=SHANGHAI), one.reason)
        for one in case.pauses
    ]
    granted: list[Extension] = []
    for _ in range(case.extend):
        granted.append(next_extension(rule, granted, None, case.extend_by))
    return compute(limit, case.start.replace(tzinfo=SHANGHAI), CALENDAR, pauses, granted)


# --- cases of law --------------------------------------------------------------------------------


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: f"{case.rule}:{case.name}")
def test_the_case_is_due_as_the_article_says(case: Case):
    due = due_of(case)

    value = RULES[case.rule].in_force(case.start.date())
    assert (due.at, due.provisional) == (case.due_at, case.provisional)
    assert value is not None
    assert value.basis == case.cites


@pytest.mark.parametrize("case", all_cases(), ids=lambda case: f"{case.rule}:{case.name}")
def test_the_days_told_end_on_the_day_it_is_due(case: Case):
    due = due_of(case)

    assert due.days[0].day == case.start.date()
    assert due.days[-1].day == due.at.date()


def test_every_rule_has_a_case():
    assert set(RULES) - {case.rule for case in all_cases()} == set()


def test_every_value_of_a_rule_that_was_ever_in_force_has_a_case():
    """A changed law adds a date to a rule; it needs a case that starts after it."""
    tried = {
        (case.rule, max(day for day in RULES[case.rule].values if day <= case.start.date()))
        for case in all_cases()
    }

    assert {(key, day) for key, rule in RULES.items() for day in rule.values} - tried == set()


# --- which value is in force ---------------------------------------------------------------------


def changed_rule() -> DeadlineRule:
    return DeadlineRule(
        label="示例期限",
        actor="示例机关",
        starts_on="收到",
        stops_on="答复",
        roll_forward=True,
        until=date(2026, 11, 1),
        values={
            date(2025, 1, 1): DeadlineValue(amount=5, unit="working_days", basis="local-triage"),
            date(2026, 5, 1): DeadlineValue(amount=3, unit="working_days", basis="local-triage"),
        },
    )


def test_a_clock_keeps_the_value_of_the_day_it_started():
    rule = changed_rule()

    assert limit_in_force("x", rule, date(2026, 4, 30)).amount == 5
    assert limit_in_force("x", rule, date(2026, 5, 1)).amount == 3


@pytest.mark.parametrize(("day", "why"), [("2024-12-31", "尚未施行"), ("2026-11-01", "失效")])
def test_a_rule_not_in_force_starts_no_clock(day: str, why: str):
    with pytest.raises(NoLimit, match=why):
        limit_in_force("x", changed_rule(), date.fromisoformat(day))


def test_a_limit_that_the_document_states_needs_its_date():
    with pytest.raises(NoLimit, match="由文书载明"):
        limit_in_force("jdtl27", RULES["jdtl27"], date(2026, 11, 2))


def test_a_stated_date_before_the_start_is_refused():
    limit = limit_in_force("jdtl27", RULES["jdtl27"], date(2026, 11, 2), date(2026, 11, 1))

    with pytest.raises(NoLimit, match="早于起算日"):
        compute(limit, at("2026-11-02T09:00"), CALENDAR)


def test_a_moment_without_offset_is_an_error():
    with pytest.raises(ValueError, match="without offset"):
        compute(TEN_DAYS, datetime(2026, 11, 2), CALENDAR)  # noqa: DTZ001


def test_the_same_moment_in_another_zone_is_due_the_same():
    abroad = datetime.fromisoformat("2026-11-01T20:00:00+00:00")

    assert compute(TEN_DAYS, abroad, CALENDAR) == compute(
        TEN_DAYS, at("2026-11-02T04:00"), CALENDAR
    )


# --- pauses --------------------------------------------------------------------------------------

TEN_DAYS = Limit("x", 10, "working_days", roll_forward=True)
A_DAY = Limit("x", 24, "hours")


def test_a_pause_of_hours_moves_a_limit_in_hours_by_exactly_its_length():
    pause = Pause(at("2026-11-20T18:10"), at("2026-11-20T19:47"), "中止")

    due = compute(A_DAY, at("2026-11-20T16:00"), CALENDAR, [pause])

    assert due.at == at("2026-11-21T17:37")


def test_a_pause_after_the_due_moment_saves_nothing():
    pause = Pause(at("2026-11-21T16:00"), at("2026-11-25T09:00"), "中止")

    assert compute(A_DAY, at("2026-11-20T16:00"), CALENDAR, [pause]).at == at("2026-11-21T16:00")


def test_an_open_pause_moves_the_due_day_with_every_day_that_passes():
    pause = Pause(at("2026-11-04T09:00"), None, "检验")
    start = at("2026-11-02T09:00")

    today = compute(TEN_DAYS, start, CALENDAR, [pause.so_far(at("2026-11-05T09:00"))])
    later = compute(TEN_DAYS, start, CALENDAR, [pause.so_far(at("2026-11-06T09:00"))])

    assert today.paused
    assert (today.at, later.at) == (end_of("2026-11-17"), end_of("2026-11-18"))


def test_a_pause_opened_after_expiry_does_not_pause():
    pause = Pause(at("2026-11-30T09:00"), None, "检验").so_far(at("2026-12-02T09:00"))

    due = compute(TEN_DAYS, at("2026-11-02T09:00"), CALENDAR, [pause])

    assert (due.paused, due.at) == (False, end_of("2026-11-16"))


def test_a_pause_on_the_rolled_days_rolls_on_past_it():
    three_days = Limit("x", 3, "natural_days", roll_forward=True)
    pause = Pause(at("2026-10-06T09:00"), at("2026-10-10T09:00"), "检验")

    assert compute(three_days, at("2026-09-30T09:00"), CALENDAR, [pause]).at == end_of("2026-10-10")


def test_a_stated_date_moves_by_the_days_left_out():
    stated = Limit("x", None, "working_days", due_on=date(2026, 12, 4))
    pause = Pause(at("2026-12-01T09:00"), at("2026-12-03T09:00"), "检验")

    due = compute(stated, at("2026-11-30T09:00"), CALENDAR, [pause])

    assert due.at == end_of("2026-12-06")
    assert due.days[-1].day == due.at.date()


def test_a_pause_that_ends_before_it_begins_is_an_error():
    with pytest.raises(ValueError, match="早于开始时间"):
        Pause(at("2026-11-05T09:00"), at("2026-11-04T09:00"))


# --- two readings, provisional dates -------------------------------------------------------------


AS_WORKING_DAYS = ConfirmedReading(
    unit="working_days", roll_forward=True, confirmed_by="法制人员", confirmed_on="2026-01-05"
)


def test_the_confirmed_reading_decides_what_is_late_and_the_strict_one_warns():
    limit = Limit("x", 3, "natural_days", confirmed=AS_WORKING_DAYS)

    due = compute(limit, at("2026-09-30T09:00"), CALENDAR)

    assert (due.at, due.breach_at) == (end_of("2026-10-03"), end_of("2026-10-10"))


def test_an_extension_is_read_as_the_limit_it_extends():
    limit = Limit("x", 3, "natural_days", confirmed=AS_WORKING_DAYS)

    due = compute(limit, at("2026-11-02T09:00"), CALENDAR, (), [Extension(3, "natural_days")])

    assert (due.at, due.breach_at) == (end_of("2026-11-08"), end_of("2026-11-10"))


def test_a_date_is_provisional_where_only_the_confirmed_one_is():
    limit = Limit("x", 5, "natural_days", confirmed=AS_WORKING_DAYS)

    due = compute(limit, at("2026-12-25T09:00"), CALENDAR)

    assert (due.at, due.breach_at) == (end_of("2026-12-30"), end_of("2027-01-04"))
    assert due.provisional


def test_without_a_confirmed_reading_the_strict_date_is_both():
    due = compute(Limit("x", 3, "natural_days"), at("2026-09-30T09:00"), CALENDAR)

    assert due.at == due.breach_at


def test_a_provisional_date_is_computed_again_when_the_notice_arrives():
    start, two_days = at("2025-12-30T09:00"), Limit("x", 2, "working_days")

    before = compute(two_days, start, work_calendar(2025))
    after = compute(two_days, start, work_calendar(2026))

    assert (before.provisional, after.provisional) == (True, False)
    assert (before.at, after.at) == (end_of("2026-01-02"), end_of("2026-01-04"))


def test_provisional_days_are_marked_one_by_one():
    lines = compute(TEN_DAYS, at("2026-12-24T09:00"), CALENDAR).days

    assert {line.day.year for line in lines if "暂定" in line.why} == {2027}


def test_a_limit_in_hours_is_never_provisional():
    assert not compute(A_DAY, at("2026-12-31T23:00"), CALENDAR).provisional


# --- told day by day -----------------------------------------------------------------------------


def test_each_day_says_why_it_counts_or_not():
    pause = Pause(at("2026-10-09T09:00"), at("2026-10-10T09:00"), "检验")
    three = Limit("x", 3, "working_days")

    lines = compute(three, at("2026-09-29T09:00"), CALENDAR, [pause]).days

    told = [str(line) for line in lines]
    assert told[:3] == [
        "9月29日 周二 起算日，不计",
        "9月30日 周三 第1日",
        "10月1日 周四 不计（国庆节休假）",
    ]
    assert told[-3:] == [
        "10月8日 周四 第2日",
        "10月9日 周五 暂停（检验），不计",
        "10月10日 周六 第3日（调休上班），届满",
    ]


def test_a_rolled_last_day_says_so():
    due = compute(
        Limit("x", 3, "natural_days", roll_forward=True), at("2026-11-18T09:00"), CALENDAR
    )

    assert [line.why for line in due.days[-3:]] == [
        "第3日，末日遇休息日（周六休息），顺延",
        "休息日（周日休息），顺延",
        "顺延至本日，届满",
    ]
