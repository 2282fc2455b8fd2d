"""Which days work, against the notices, two independent packages, and the end of what is known."""

from datetime import date, timedelta

import chinese_calendar
import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar.working_days import BeyondCalendar, WorkCalendar, plus_months
from domain.shapes.calendars import CalendarYear, StatutoryYear
from tests.helpers.law_in_force import work_calendar, years

CALENDAR = work_calendar()
FIRST, LAST = date(2019, 1, 1), date(2026, 12, 31)
KNOWN_DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]


def a_year(**changes: object) -> CalendarYear:
    fields = {
        "year": 2026,
        "notice": "国办发明电〔2025〕7号",
        "evidence": "text",
        "holidays": {"国庆节": ["2026-10-01"]},
        "workdays": ["2026-10-10"],
    }
    return CalendarYear.model_validate(fields | changes)


def complaints(*given_years: CalendarYear) -> list[tuple[int, str]]:
    return WorkCalendar.build(given_years)[1]


# --- what the notices say ------------------------------------------------------------------------


def test_every_day_of_2019_to_2026_agrees_with_chinesecalendar():
    differing = [d for d in KNOWN_DAYS if CALENDAR.is_day_off(d) != chinese_calendar.is_holiday(d)]

    assert differing == []


def test_every_day_of_2019_to_2026_agrees_with_the_holidays_package():
    other = holidays.country_holidays("CN", years=range(2019, 2027))

    differing = [d for d in KNOWN_DAYS if CALENDAR.is_day_off(d) == other.is_working_day(d)]

    assert differing == []


@pytest.mark.parametrize(
    ("day", "off", "why"),
    [
        ("2026-09-25", True, "中秋节休假"),
        ("2026-10-03", True, "国庆节休假"),
        ("2026-10-10", False, "调休上班"),
        ("2026-11-21", True, "周六"),
        ("2026-11-23", False, "周一"),
        ("2020-01-31", True, "春节休假"),
    ],
)
def test_a_day_says_in_words_why_it_is_on_or_off(day: str, off: bool, why: str):
    assert CALENDAR.is_day_off(date.fromisoformat(day)) is off
    assert CALENDAR.why(date.fromisoformat(day)) == why


def test_the_committed_years_hold_together():
    assert WorkCalendar.build(years())[1] == []


# --- counting ------------------------------------------------------------------------------------


def test_working_days_step_over_national_day_and_onto_the_made_up_saturday():
    assert CALENDAR.add_working_days(date(2026, 9, 30), 3) == date(2026, 10, 10)


def test_working_days_are_counted_back_as_well():
    assert CALENDAR.add_working_days(date(2026, 10, 12), -1) == date(2026, 10, 10)
    assert CALENDAR.add_working_days(date(2026, 10, 8), -1) == date(2026, 9, 30)


def test_a_day_off_rolls_to_the_working_day_beside_it_and_a_working_day_stays():
    assert CALENDAR.roll_forward(date(2026, 10, 3)) == date(2026, 10, 8)
    assert CALENDAR.roll_backward(date(2026, 10, 3)) == date(2026, 9, 30)
    assert CALENDAR.roll_forward(date(2026, 10, 8)) == date(2026, 10, 8)
    assert CALENDAR.next_working_day(date(2026, 10, 8)) == date(2026, 10, 9)


known_days = st.dates(FIRST, date(2030, 12, 31))


@given(known_days, st.integers(1, 300))
def test_adding_working_days_is_what_counting_between_finds_again(day: date, count: int):
    later = CALENDAR.add_working_days(day, count)

    assert CALENDAR.working_days_between(day, later) == count
    assert not CALENDAR.is_day_off(later)


@given(st.dates(date(2020, 6, 1), date(2030, 12, 31)), st.integers(1, 100))
def test_counting_back_undoes_counting_on_from_a_working_day(day: date, count: int):
    start = CALENDAR.roll_forward(day)

    assert CALENDAR.add_working_days(CALENDAR.add_working_days(start, -count), count) == start


# --- the ends of the calendar --------------------------------------------------------------------


def test_before_the_first_year_there_is_an_error_that_says_so():
    with pytest.raises(BeyondCalendar, match=r"2018年12月31日超出日历范围.*自2019年1月1日起"):
        CALENDAR.is_day_off(date(2018, 12, 31))


def test_counting_back_out_of_the_calendar_is_an_error_and_never_a_wrong_day():
    with pytest.raises(BeyondCalendar):
        CALENDAR.add_working_days(date(2019, 1, 4), -5)


def test_past_the_last_year_every_weekday_works_unless_the_law_names_it():
    assert not CALENDAR.is_loaded(date(2027, 1, 4))
    assert CALENDAR.why(date(2027, 2, 8)) == "春节休假"
    assert not CALENDAR.is_day_off(date(2027, 2, 9))
    assert not CALENDAR.is_day_off(date(2027, 10, 4))


def test_past_the_last_year_no_weekend_works():
    weekends = [date(2027, 1, 2) + timedelta(days=7 * week) for week in range(50)]

    assert all(CALENDAR.is_day_off(day) for day in weekends)


def test_beyond_the_statutory_years_only_holidays_of_a_fixed_date_are_known():
    off = {date(2035, m, d) for m, d in [(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)]}
    days = [date(2035, 1, 1) + timedelta(days=number) for number in range(365)]

    weekdays_off = {day for day in days if day.weekday() < 5 and CALENDAR.is_day_off(day)}

    assert weekdays_off == {day for day in off if day.weekday() < 5}


def test_a_statutory_year_gives_way_to_the_notice_of_the_same_year():
    expected = StatutoryYear(year=2026, holidays={"元旦": (date(2026, 3, 2),)})

    calendar, _ = WorkCalendar.build([a_year()], [expected])

    assert not calendar.is_day_off(date(2026, 3, 2))


# --- what is wrong with a year -------------------------------------------------------------------


def test_a_missing_year_in_between_is_named():
    later = a_year(year=2028, holidays={}, workdays=[])

    assert complaints(a_year(), later) == [(2027, "缺少2027年的放假安排：各年应当连续")]


def test_a_year_given_twice_is_named():
    assert complaints(a_year(), a_year()) == [(2026, "2026年的放假安排重复")]


def test_a_make_up_day_on_a_weekday_is_named_with_its_weekday():
    [(year, text)] = complaints(a_year(workdays=["2026-10-12"]))

    assert year == 2026
    assert "2026-10-12是周一" in text


def test_a_day_cannot_be_holiday_and_make_up_day():
    wrong = a_year(holidays={"国庆节": ["2026-10-10"]})

    assert complaints(wrong) == [(2026, "2026-10-10既是国庆节休假，又是调休上班日：只能列一处")]


def test_a_year_without_notice_number_is_named():
    assert "文号" in complaints(a_year(notice=" "))[0][1]


def test_a_day_of_another_year_is_named():
    [(year, text)] = complaints(a_year(holidays={"元旦": ["2027-01-01"]}))

    assert (year, text) == (2026, "2027-01-01不在2026年：应写入当年的文件")


def test_no_year_at_all_is_a_complaint_and_no_crash():
    assert complaints() == [(0, "没有任何年度的放假安排")]


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2024-01-31", 1, "2024-02-29"),
        ("2026-02-28", 1, "2026-03-28"),
        ("2026-11-15", 2, "2027-01-15"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
    ],
)
def test_a_month_without_the_corresponding_day_ends_on_its_last(
    day: str, months: int, expected: str
):
    assert plus_months(date.fromisoformat(day), months) == date.fromisoformat(expected)
