"""检查起止时间 as plans write it: read where there is one reading, and left alone where not."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.publications.plan_windows import Window, window_of


@pytest.mark.parametrize(
    ("told", "first", "last"),
    [
        ("2026年5月至10月", (5, 1), (10, 31)),
        ("２０２６年５月－１０月", (5, 1), (10, 31)),
        ("2026年5月1日至2026年6月15日", (5, 1), (6, 15)),
        ("5-10月", (5, 1), (10, 31)),
        ("2026-05-01至2026-10-31", (5, 1), (10, 31)),
        ("2026年全年", (1, 1), (12, 31)),
        ("2026年度上半年", (1, 1), (6, 30)),
        ("第三季度", (7, 1), (9, 30)),
        ("9月", (9, 1), (9, 30)),
    ],
)
def test_days_of_a_plan_are_read(told: str, first: tuple[int, int], last: tuple[int, int]) -> None:
    assert window_of(told, 2026) == Window(date(2026, *first), date(2026, *last))


@pytest.mark.parametrize(
    "told", ["", "择期", "13月", "10月至5月", "5月、7月、9月", "6月31日", "每季度一次"]
)
def test_what_has_no_one_reading_is_left_alone(told: str) -> None:
    assert window_of(told, 2026) is None


@settings(max_examples=50)
@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)), st.integers(0, 400))
def test_written_days_are_read_back(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    told = f"{first:%Y年%-m月%-d日}至{last:%Y年%-m月%-d日}"

    window = window_of(told, 2026)

    assert window == Window(first, last)
    assert window.holds(last)
    assert not window.holds(last + timedelta(days=1))
    assert window.holds(first - timedelta(days=7), ahead=7)
