"""Next year's calendar: read in any form, tried before it is applied, and applied whole."""

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from sqlmodel import col, select

from domain.shapes.calendars import CalendarYear
from domain.tables.process import Clock
from domain.tables.record import Event
from domain.tables.site import SiteCalendar
from flows.door import clocks
from flows.site.office import Office
from flows.site.site_rules import in_force
from flows.site.store import reading
from flows.upkeep.calendar_file import Heading, UnfitCalendar, as_yaml, read_calendar, stored_year
from flows.upkeep.calendar_keeping import Foreseen, apply_year, foresee
from tests.helpers.moments import at
from tests.helpers.people import actor
from tests.helpers.story import ACCEPTED, Story

HEADING = Heading(2027, "国办发明电〔2026〕9号")
LINES = """日期 类型 节日
2027-01-01至2027-01-05 休假 元旦
2027年2月5日至2月13日 休假 春节
4月3日-4月5日 休假 清明节
2027-05-01至2027-05-05,休假,劳动节
2027/6/9	休假	端午节
2027-09-15 放假 中秋节
10.1至10.7 休 国庆节
2027-02-20 上班
"""


@pytest.fixture
def across(any_office: Office) -> Story:
    """A verification at the end of 2026 whose limits reach into a year nobody announced."""
    story = Story(any_office, now=at("2026-12-21T08:00"))
    story.walk(*ACCEPTED, "verify")
    return story


def year_2027(text: str = LINES) -> CalendarYear:
    return read_calendar(text.encode(), HEADING)


def foreseen(story: Story, year: CalendarYear) -> Foreseen:
    with reading(story.office.engine) as session:
        return foresee(session, in_force(story.office, story.now), year, story.now)


def complaints(text: str, heading: Heading = HEADING) -> tuple[str, ...]:
    with pytest.raises(UnfitCalendar) as unfit:
        read_calendar(text.encode(), heading)
    return unfit.value.complaints


def running(story: Story) -> list[Clock]:
    with reading(story.office.engine) as session:
        query = select(Clock).where(col(Clock.ended_at).is_(None)).order_by(col(Clock.id))
        return list(session.exec(query))


def test_lines_are_read_as_people_write_them() -> None:
    found = year_2027()

    assert found.notice == HEADING.notice
    assert len(found.holidays["国庆节"]) == 7
    assert found.holidays["春节"][-1] == date(2027, 2, 13)
    assert found.holidays["端午节"] == (date(2027, 6, 9),)
    assert found.workdays == (date(2027, 2, 20),)


def test_a_workbook_is_read_like_lines() -> None:
    made = BytesIO()
    with xlsxwriter.Workbook(made) as book:
        page = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        page.write_row(0, 0, ["日期", "类型", "节日"])
        page.write_datetime(1, 0, at("2027-01-01T00:00").replace(tzinfo=None), day)
        page.write_row(1, 1, ["休假", "元旦"])

    found = read_calendar(made.getvalue(), HEADING)

    assert found.holidays == {"元旦": (date(2027, 1, 1),)}


def test_a_year_survives_its_own_file() -> None:
    found = year_2027()

    assert read_calendar(as_yaml(found).encode(), Heading(0, "")) == found
    assert stored_year(found.model_dump_json()) == found


def test_every_complaint_comes_with_its_line() -> None:
    found = complaints(
        "2027-13-01 休假 元旦\n2027-01-02 出差\n2027-01-05至2027-01-02 休假 元旦\nx\n"
    )

    assert [one.partition("：")[0] for one in found] == ["第1行", "第2行", "第3行", "第4行"]
    assert "第二列应为" in found[1]
    assert complaints("", Heading(0, "")) == ("没有内容：请选择文件，或者粘贴放假安排",)
    assert complaints("2027-01-01 休假 元旦", Heading(0, " ")) == (
        "请填写年份",
        "请填写放假通知的文号",
    )
    assert "第3行" in complaints("year: 2027\nnotice: [\n")[0]
    assert any("未知的键" in one for one in complaints("year: 2027\nholidys: {}\n"))


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("10.1至10.7 休 国庆节\n", "", "缺少法定节日：国庆节 2027-10-01"),
        ("2027-02-20 上班", "2027-02-22 上班", "调休上班日应为周六或周日"),
        ("2027-02-20 上班", "2027-02-06 上班", "既是春节休假，又是调休上班日"),
        ("2027/6/9", "2028/6/9", "不在2027年"),
    ],
)
def test_a_year_that_cannot_be_is_not_tried(
    across: Story, old: str, new: str, complaint: str
) -> None:
    with pytest.raises(UnfitCalendar) as unfit:
        foreseen(across, year_2027(LINES.replace(old, new)))

    assert any(complaint in one for one in unfit.value.complaints)


def test_neither_the_past_nor_a_gap_is_taken(across: Story) -> None:
    past = CalendarYear(
        **{**year_2027().model_dump(), "year": 2025, "holidays": {}, "workdays": ()}
    )
    far = past.model_copy(update={"year": 2029})

    for year, words in ((past, "已经过去"), (far, "缺少2027年")):
        with pytest.raises(UnfitCalendar, match=words):
            foreseen(across, year)


def test_what_would_move_is_told_and_nothing_changes(across: Story) -> None:
    before = running(across)

    found = foreseen(across, year_2027())

    assert found.moving == len(found.shown) >= 1
    line = found.shown[0]
    assert line.clue_no == "XS2026000001"
    assert line.before < line.after
    assert line.was_provisional
    assert not line.is_provisional
    assert running(across) == before


def test_applying_moves_exactly_what_was_foreseen(across: Story) -> None:
    found = foreseen(across, year_2027())

    done = apply_year(across.office, year_2027(), actor("administrator"), across.now)

    assert (done.moved, done.final) == (found.moving, found.final)
    moved = {one.clock_id: one for one in found.shown}
    office = in_force(across.office, across.now)
    for clock in running(across):
        assert not clock.provisional
        assert clock.due_at == clocks.due_of(clock, office.rules, across.now).at
        if clock.id in moved:
            assert moved[clock.id or 0].after in (clock.due_at, clock.breach_at)
    assert across.chain_holds()
    with reading(across.office.engine) as session:
        events = session.exec(
            select(Event.action).where(col(Event.actor_id) == "administrator")
        ).all()
    assert events == ["upload_calendar", *["recompute_clock"] * done.moved]


def test_the_year_is_in_force_at_once_and_the_configuration_is_as_it_was(across: Story) -> None:
    base = across.office.rules.calendar
    apply_year(across.office, year_2027(), actor("administrator"), across.now)

    office = in_force(across.office, across.now)

    assert 2027 in office.rules.calendar.loaded
    assert not office.rules.calendar.is_day_off(date(2027, 2, 20))
    assert across.office.rules.calendar is base
    assert in_force(across.office, across.now).rules is office.rules
    assert in_force(office, across.now) is office


def test_a_corrected_year_stands_in_for_the_one_before(across: Story) -> None:
    apply_year(across.office, year_2027(), actor("administrator"), across.now)
    corrected = year_2027(LINES.replace("2027-02-20 上班", "2027-02-21 上班"))

    apply_year(across.office, corrected, actor("administrator"), across.now)

    rules = in_force(across.office, across.now).rules
    assert rules.calendar.is_day_off(date(2027, 2, 20))
    assert not rules.calendar.is_day_off(date(2027, 2, 21))
    with reading(across.office.engine) as session:
        assert len(session.exec(select(SiteCalendar)).all()) == 2


def test_a_refused_year_leaves_nothing_behind(across: Story) -> None:
    with pytest.raises(UnfitCalendar):
        apply_year(
            across.office, year_2027("2027-01-01 休假 元旦"), actor("administrator"), across.now
        )

    with reading(across.office.engine) as session:
        assert session.exec(select(SiteCalendar)).all() == []


@pytest.mark.parametrize(
    "value",
    [
        "9" * 9000,
        "1:" + "59:" * 9000 + "1",
        "!!int 明年",
        "!!bool 也许",
        "!!float 明年",
        "!!timestamp 明年",
        "!!set 1",
        "[" * 3000,
    ],
)
def test_a_calendar_made_to_harm_is_refused_at_once_and_in_words(value: str) -> None:
    """What it would compute takes a minute, or is of another type than it says."""
    with pytest.raises(UnfitCalendar) as told:
        read_calendar(f"year: 2027\nnotice: {value}\n".encode(), Heading(2027, "x"))

    assert len(str(told.value)) < 400
