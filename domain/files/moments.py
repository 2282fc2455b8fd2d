"""Reading a moment: as workbooks keep it, and as hotlines write it, in figures or in words."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.files.cells import WrongCell, line_of
from domain.files.identifiers import half_width
from domain.files.rows import Cell

EXCEL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a serial has no zone of its own
"""Day 0 of a date serial. Not 1899-12-31: Excel counts a 29 February 1900 that never was, so that
all serials after it are one too high."""
MAC_ZERO = datetime(1904, 1, 1)  # noqa: DTZ001 - a serial has no zone of its own
"""Day 0 in workbooks that count from 1904."""
SERIALS = (20_000, 80_000)
"""Serials from 1954 to 2119; a number outside them is no date serial but may be an epoch."""
YEARS = (1900, 2200)
MOMENT_AS = "2026-09-21 10:30"

_TIME = (
    r"(?:[T\s]*(?:\(?(?:星期|周).\)?)?[\s,]*"
    r"(?:(?P<half>上午|早上|下午|晚上|夜间|中午|凌晨|[AaPp][Mm])?\s*"
    r"(?P<hour>\d{1,2})(?:[:时点](?P<minute>\d{1,2}|半)?分?(?::?(?P<second>\d{1,2})秒?(?:\.\d+)?)?)"
    r"\s*(?:左右|许)?\s*(?P<after>[AaPp][Mm])?|(?P<about>上午|早上|下午|晚上|夜间|中午|凌晨))?)"
    r"\s*(?P<offset>Z|[+-]\d{2}:?\d{2})?"
)
_SPELLINGS = tuple(
    re.compile(day + _TIME)
    for day in (
        r"(?P<year>\d{4}|\d{2}(?=年))\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})[日号]?",
        r"(?P<month>\d{1,2})\s*月\s*(?P<day>\d{1,2})[日号]",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?=\s|T|上|下|晚|早|中|凌|夜)",
    )
)
_YEAR_LAST = re.compile(r"(?P<first>\d{1,2})[-/.](?P<second_>\d{1,2})[-/.](?P<year>\d{4})" + _TIME)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
_LATER_HALF = frozenset({"下午", "晚上", "夜间", "中午", "pm"})
_EARLIER_HALF = frozenset({"凌晨", "上午", "早上", "am"})


@dataclass(frozen=True)
class Dating:
    """How a platform writes moments. `zone` is for bare ones, `formats` are its own spellings.

    `now`: a day without a year is the latest such day until then. `starts_1904`: so serials count.
    """

    zone: ZoneInfo
    formats: tuple[str, ...] = ()
    now: datetime | None = None
    starts_1904: bool = False


@dataclass(frozen=True)
class Moment:
    """The moment a cell names, aware, and what is doubtful about it, in Chinese."""

    at: datetime
    doubt: str = ""


def moment_of(cell: Cell, zone: ZoneInfo) -> datetime:
    """The moment a cell names where nothing is known of the platform; WrongCell for none."""
    return read_moment(cell, Dating(zone)).at


def read_moment(cell: Cell, dating: Dating) -> Moment:
    """The moment a cell names; a day alone is its midnight.

    Dates of the workbook, serials, seconds and milliseconds since 1970, the platform's own formats
    and the usual Chinese and Western spellings are read. Raises WrongCell for anything else, and
    for a day without a year where the present is not told.
    """
    zone = dating.zone
    if isinstance(cell, datetime):
        return Moment(cell if cell.tzinfo else cell.replace(tzinfo=zone))
    if isinstance(cell, date):
        return Moment(datetime.combine(cell, time(), zone))
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(cell, dating)
    text = half_width(line_of(cell)).strip()
    if not text:
        raise WrongCell("没有填写", f"应填写年月日时分，如 {MOMENT_AS}")
    if re.fullmatch(r"\d{5}(?:\.\d+)?|\d{10}|\d{13}", text):
        return _from_number(float(text), dating)
    if (own := _in_formats(text, dating)) is not None:
        return Moment(own)
    return _from_words(text, dating)


def _from_number(number: float, dating: Dating) -> Moment:
    zone = dating.zone
    if SERIALS[0] <= number < SERIALS[1]:
        # To the second: a fraction of a day as a float misses the full minute by microseconds.
        after = timedelta(seconds=round(number * 86_400))
        zero = MAC_ZERO if dating.starts_1904 else EXCEL_ZERO
        doubt = "是数字日期，按1904日期系统换算" if dating.starts_1904 else ""
        return Moment((zero + after).replace(tzinfo=zone), doubt)
    for unit in (1, 1000):
        if 10**9 <= number / unit < 10**10:
            return Moment(datetime.fromtimestamp(number / unit, zone))
    digits = f"{number:.0f}"
    if number % 1 == 0 and (found := _COMPACT.fullmatch(digits)):
        return Moment(_built([int(part or 0) for part in found.groups()], zone, digits))
    raise WrongCell(f"{number:g} 不是日期", f"应为 {MOMENT_AS} 这样的年月日时分")


def _in_formats(text: str, dating: Dating) -> datetime | None:
    for one in dating.formats:
        try:
            moment = datetime.strptime(text, one)  # noqa: DTZ007 - the zone follows
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=dating.zone)
    return None


def _from_words(text: str, dating: Dating) -> Moment:
    if compact := _COMPACT.fullmatch(text):
        return Moment(_built([int(part or 0) for part in compact.groups()], dating.zone, text))
    for spelling in _SPELLINGS:
        if found := spelling.fullmatch(text):
            return _spelt(found.groupdict(), text, dating)
    if found := _YEAR_LAST.fullmatch(text):
        return _year_last(found.groupdict(), text, dating)
    raise WrongCell(f"“{text}”不是日期", f"应为 {MOMENT_AS} 这样的年月日时分")


def _spelt(said: Mapping[str, str | None], text: str, dating: Dating) -> Moment:
    month, day = int(said["month"] or 0), int(said["day"] or 0)
    doubt = "" if said["about"] is None else "没有写几点，按当日零时读取"
    year = said.get("year")
    if year:
        number = int(year) + (2000 if len(year) == 2 else 0)
        return Moment(_timed((number, month, day), said, (text, dating)), doubt)
    if dating.now is None:
        raise WrongCell(f"“{text}”没有写年份", f"应为 {MOMENT_AS} 这样的年月日时分")
    local = dating.now.astimezone(dating.zone)
    is_past = (month, day) <= (local.month, local.day)
    at = _timed((local.year - (not is_past), month, day), said, (text, dating))
    return Moment(at, "；".join(filter(None, (f"没有写年份，按{at.year}年登记", doubt))))


def _year_last(said: Mapping[str, str | None], text: str, dating: Dating) -> Moment:
    """`9/21/2026`: the month first, as spreadsheets of that make write it, unless it cannot be."""
    first, second, year = (int(said[name] or 0) for name in ("first", "second_", "year"))
    month, day = (second, first) if first > 12 else (first, second)
    is_clear = first == second or max(first, second) > 12
    doubt = "" if is_clear else f"月、日先后不明，按{month}月{day}日读取"
    return Moment(_timed((year, month, day), said, (text, dating)), doubt)


def _timed(
    day: tuple[int, int, int], said: Mapping[str, str | None], read: tuple[str, Dating]
) -> datetime:
    text, dating = read
    half = said["half"] or said["after"] or ""
    minute = "30" if said["minute"] == "半" else said["minute"]
    hour = _hour_of_day(int(said["hour"] or 0), half)
    moment = _built([*day, hour, int(minute or 0), int(said["second"] or 0)], dating.zone, text)
    if said["offset"]:
        iso = str(said["offset"]).replace("Z", "+00:00")
        moment = datetime.fromisoformat(moment.replace(tzinfo=None).isoformat() + iso)
    return moment


def _hour_of_day(hour: int, half: str) -> int:
    # 中午11时 is before noon; 中午1时 and everything else there is after it.
    if half.lower() in _LATER_HALF and hour < 12:
        return hour if half == "中午" and hour == 11 else hour + 12
    return 0 if half.lower() in _EARLIER_HALF and hour == 12 else hour


def _built(parts: list[int], zone: ZoneInfo, text: str) -> datetime:
    year, month, day, hour, minute, second = (*parts, 0, 0, 0)[:6]
    if not YEARS[0] <= year <= YEARS[1]:
        raise WrongCell(f"“{text}”的年份不可能", f"应为真实的年月日时分，如 {MOMENT_AS}")
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=zone)
    except ValueError as error:
        raise WrongCell(
            f"“{text}”不是日历上的时间", f"应为真实的年月日时分，如 {MOMENT_AS}"
        ) from error
