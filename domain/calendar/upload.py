"""Reading a year of holidays that an administrator hands in, as YAML or as rows of days."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.calendar.working_days import WorkCalendar
from domain.shapes.calendars import CalendarYear, StatutoryYear
from domain.shapes.yaml_source import parse, read_text

FREE = ("休假", "放假", "休", "休息", "holiday")
AT_WORK = ("上班", "调休上班", "调休", "班", "补班", "workday")
HEADINGS = ("日期", "时间", "date")
DAY = re.compile(r"(?:(\d{4})\s*[-/.年]\s*)?(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?")
LONGEST_SHOWN = 40
LONGEST_SPAN = 31
Cells = Sequence[object]


class UnfitCalendar(Exception):
    """A year of holidays that cannot be read; `complaints` has each fault in Chinese, by line."""

    def __init__(self, complaints: Sequence[str]) -> None:
        super().__init__("；".join(complaints))
        self.complaints = tuple(complaints)


@dataclass(frozen=True)
class Heading:
    """What stands above the rows of days: whose holidays they are, and by which notice."""

    year: int
    notice: str


@dataclass(frozen=True)
class _Line:
    """A row that was understood: its days, whether they are free, and what for."""

    days: tuple[date, ...]
    free: bool
    name: str


def from_yaml(text: str) -> CalendarYear:
    """The year that a text in the form of `config/calendar/YEAR.yaml` describes.

    Raises UnfitCalendar with every complaint and its line. Whether the year fits the others is
    asked of `complaints_about`.
    """
    source, problems = read_text(text, "放假安排")
    found = None
    if not problems:
        found, problems = parse(source, CalendarYear, source.data)
    if found is None or problems:
        raise UnfitCalendar([f"第{one.line}行：{one.text}" for one in problems])
    return found


def from_rows(heading: Heading, rows: Iterable[tuple[int, Cells]]) -> CalendarYear:
    """The year that numbered rows of three cells make up: days, 休假 or 上班, name of the holiday.

    Days are `2027-10-01`, `10月1日` or a span of them; a day without a year is the heading's.
    Blank rows and a row of headings are passed over. Raises UnfitCalendar with every complaint and
    its row.
    """
    holidays: dict[str, list[date]] = {}
    workdays: list[date] = []
    complaints: list[str] = []
    for number, cells in rows:
        texts = [_text(one) for one in cells]
        if not any(texts) or texts[0].lower() in HEADINGS:
            continue
        try:
            line = _read(texts, heading.year)
        except ValueError as problem:
            complaints.append(f"第{number}行：{problem}")
            continue
        if line.free:
            holidays.setdefault(line.name, []).extend(line.days)
        else:
            workdays.extend(line.days)
    if not holidays and not complaints:
        complaints.append("没有读出任何休假日：每行应为「日期　休假或上班　节日名称」")
    if complaints:
        raise UnfitCalendar(complaints)
    return CalendarYear(
        year=heading.year,
        notice=heading.notice.strip(),
        evidence="text",
        holidays={name: tuple(sorted(set(days))) for name, days in holidays.items()},
        workdays=tuple(sorted(set(workdays))),
    )


def complaints_about(
    year: CalendarYear,
    known: Iterable[CalendarYear],
    statutory: Sequence[StatutoryYear],
    today: date,
) -> list[str]:
    """What is wrong with a year, in Chinese; an empty list says that it may be applied.

    `known` are the years in force (one of the same year is replaced), `statutory` the holidays the
    law itself gives, none of which may be missing, `today` the day in China: a past year stays.
    """
    found: list[str] = []
    if year.year < today.year:
        found.append(f"{year.year}年已经过去，不再更改")
    others = [one for one in known if one.year != year.year]
    _, complaints = WorkCalendar.build([*others, year], statutory)
    found += [text for _, text in complaints]
    off = {day for days in year.holidays.values() for day in days}
    for expected in statutory:
        if expected.year == year.year:
            found += [
                f"缺少法定节日：{name} {day.isoformat()} 不在休假日中"
                for name, days in expected.holidays.items()
                for day in days
                if day not in off
            ]
    return list(dict.fromkeys(found))


def split_lines(text: str) -> list[tuple[int, Cells]]:
    """Pasted lines as rows for `from_rows`, from 1 on: cells parted by tab, comma or space."""
    return [
        (number, [one for one in re.split(r"[\t,，;；]|\s{1,}", line.strip()) if one])
        for number, line in enumerate(text.splitlines(), start=1)
    ]


def _read(texts: Sequence[str], year: int) -> _Line:
    days = _days(texts[0], year)
    kind = texts[1].strip().lower() if len(texts) > 1 else ""
    name = texts[2].strip() if len(texts) > 2 else ""
    if kind in AT_WORK:
        return _Line(days, free=False, name="")
    if kind not in FREE:
        raise ValueError(f"第二列应为「休假」或「上班」，现为「{kind or '空'}」")
    if not name:
        raise ValueError("第三列应写明节日名称，如国庆节")
    return _Line(days, free=True, name=name)


def _days(text: str, year: int) -> tuple[date, ...]:
    found = list(DAY.finditer(text))
    rest = DAY.sub("", text).strip()
    if not found or len(found) > 2 or rest not in ("", "至", "到", "~", "～", "-", "—", "–"):
        raise ValueError(
            f"日期「{text[:LONGEST_SHOWN]}」应写作 2027-10-01，或者 2027-10-01至2027-10-07"
        )
    first, last = _day(found[0], year), _day(found[-1], year)
    if not timedelta(0) <= last - first < timedelta(days=LONGEST_SPAN):
        raise ValueError(f"日期「{text}」起止不对：止日应在起日之后，不超过{LONGEST_SPAN}日")
    return tuple(first + timedelta(days=one) for one in range((last - first).days + 1))


def _day(found: re.Match[str], year: int) -> date:
    try:
        return date(int(found[1] or year), int(found[2]), int(found[3]))
    except ValueError as problem:
        raise ValueError(f"没有「{found[0]}」这一天") from problem


def _text(cell: object) -> str:
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell).strip()
