"""What holds for every limit, start, pause and extension; the naive walk is a second opinion."""

from datetime import date, datetime, time, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from domain.limits.due_moment import SHANGHAI, Extension, Limit, Pause, compute
from tests.helpers.law_in_force import work_calendar

CALENDAR = work_calendar()
UNITS = ("natural_days", "working_days", "months")

starts = st.datetimes(datetime(2019, 6, 1), datetime(2027, 6, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=SHANGHAI)
)
amounts = st.integers(1, 40)
day_limits = st.builds(
    Limit,
    rule=st.just("x"),
    amount=amounts,
    unit=st.sampled_from(UNITS),
    roll_forward=st.booleans(),
    first_day=st.sampled_from(("not_counted", "next_working_day")),
)
hour_limits = st.builds(Limit, rule=st.just("x"), amount=amounts, unit=st.just("hours"))
limits = st.one_of(day_limits, hour_limits)
lengths = st.timedeltas(timedelta(0), timedelta(days=40))


@st.composite
def pauses_after(draw: st.DrawFn, start: datetime) -> list[Pause]:
    found = []
    for _ in range(draw(st.integers(0, 3))):
        begin = start + draw(st.timedeltas(timedelta(days=-5), timedelta(days=60)))
        found.append(Pause(begin, begin + draw(lengths), "检验"))
    return found


@st.composite
def courses(draw: st.DrawFn) -> tuple[Limit, datetime, list[Pause]]:
    start = draw(starts)
    return draw(limits), start, draw(pauses_after(start))


@given(courses(), st.integers(0, 2))
def test_the_walk_over_the_days_ends_where_the_arithmetic_does(
    course: tuple[Limit, datetime, list[Pause]], more: int
):
    limit, start, pauses = course
    extensions = [Extension(7, limit.unit)] * more

    due = compute(limit, start, CALENDAR, pauses, extensions)

    assert due.days[-1].day == due.at.date()


@given(day_limits, starts)
def test_the_days_counted_are_as_many_as_the_limit_has(limit: Limit, start: datetime):
    lines = compute(limit, start, CALENDAR).days

    if limit.unit != "months":
        assert sum(line.counted for line in lines) == limit.amount


@given(limits, starts, starts)
def test_a_later_start_is_never_due_earlier(limit: Limit, one: datetime, other: datetime):
    first, second = sorted((one, other))

    assert compute(limit, first, CALENDAR).at <= compute(limit, second, CALENDAR).at


@given(courses(), st.integers(1, 10))
def test_more_time_is_never_due_earlier(course: tuple[Limit, datetime, list[Pause]], more: int):
    limit, start, pauses = course
    longer = Limit("x", (limit.amount or 0) + more, limit.unit, limit.roll_forward, limit.first_day)

    short = compute(limit, start, CALENDAR, pauses)

    assert short.at <= compute(longer, start, CALENDAR, pauses).at


@given(courses(), lengths)
def test_pausing_for_no_time_changes_nothing(
    course: tuple[Limit, datetime, list[Pause]], after: timedelta
):
    limit, start, pauses = course
    nothing = Pause(start + after, start + after, "检验")

    with_it = compute(limit, start, CALENDAR, [*pauses, nothing])

    assert with_it == compute(limit, start, CALENDAR, pauses)


@given(courses(), st.randoms())
def test_the_order_of_pauses_does_not_matter(
    course: tuple[Limit, datetime, list[Pause]], random: Random
):
    limit, start, pauses = course
    shuffled = random.sample(pauses, len(pauses))

    assert compute(limit, start, CALENDAR, pauses) == compute(limit, start, CALENDAR, shuffled)


@given(starts, amounts, st.integers(0, 30), st.integers(0, 30))
def test_a_pause_moves_a_limit_by_exactly_the_working_days_in_it(
    start: datetime, amount: int, wait: int, length: int
):
    limit = Limit("x", amount, "working_days")
    plain = compute(limit, start, CALENDAR)
    begin = start + timedelta(days=1 + wait)
    pause = Pause(begin, begin + timedelta(days=length), "检验")
    left_out = [begin.date() + timedelta(days=number) for number in range(length)]
    worked = sum(not CALENDAR.is_day_off(day) for day in left_out)

    due = compute(limit, start, CALENDAR, [pause])

    moved = CALENDAR.working_days_between(plain.at.date(), due.at.date())
    assert moved == (worked if begin.date() <= plain.at.date() else 0)


@given(hour_limits, starts, lengths, lengths)
def test_a_pause_moves_a_limit_in_hours_by_exactly_its_length(
    limit: Limit, start: datetime, wait: timedelta, length: timedelta
):
    plain = compute(limit, start, CALENDAR).at
    begin = start + wait

    due = compute(limit, start, CALENDAR, [Pause(begin, begin + length, "中止")])

    assert due.at - plain == (length if begin < plain else timedelta(0))


@given(day_limits, starts)
def test_a_rolling_limit_is_never_due_on_a_day_off(limit: Limit, start: datetime):
    due = compute(limit, start, CALENDAR).at

    if limit.roll_forward or limit.unit == "working_days":
        assert not CALENDAR.is_day_off(due.date())


@given(courses())
def test_a_limit_in_days_is_never_due_within_a_pause(course: tuple[Limit, datetime, list[Pause]]):
    limit, start, pauses = course
    due = compute(limit, start, CALENDAR, pauses).at

    if limit.unit != "hours":
        assert not any(pause.covers(due.date()) for pause in pauses)


@given(day_limits, starts)
def test_a_limit_in_days_ends_with_its_day(limit: Limit, start: datetime):
    assert compute(limit, start, CALENDAR).at.timetz() == time(23, 59, 59, tzinfo=SHANGHAI)


@given(starts.filter(lambda moment: moment.year > 2020), amounts, st.sampled_from(UNITS[:2]))
def test_counting_back_leaves_the_whole_limit_before_the_hearing(
    hearing: datetime, amount: int, unit: str
):
    backward = Limit("x", amount, unit, direction="backward")  # type: ignore[arg-type]
    forward = Limit("x", amount, unit)  # type: ignore[arg-type]

    last = compute(backward, hearing, CALENDAR)
    served = datetime.combine(last.at.date(), time(17), tzinfo=SHANGHAI)

    assert last.at < hearing < compute(forward, hearing, CALENDAR).at
    assert compute(forward, served, CALENDAR).at < hearing
    assert last.days[-1].day == last.at.date()


@given(starts.filter(lambda moment: moment.year > 2020), amounts)
def test_a_count_back_in_working_days_ends_on_a_working_day(hearing: datetime, amount: int):
    due = compute(Limit("x", amount, "working_days", direction="backward"), hearing, CALENDAR)

    assert not CALENDAR.is_day_off(due.at.date())


@given(day_limits, st.dates(date(2019, 6, 1), date(2025, 12, 31)))
def test_only_days_past_the_last_announced_year_make_a_date_provisional(limit: Limit, day: date):
    due = compute(limit, datetime.combine(day, time(9), tzinfo=SHANGHAI), CALENDAR)

    assert due.provisional == (due.at.year > 2026)
