"""Reading one cell: as text, number, moment or choice; one that cannot be so is a `WrongCell`."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.files.identifiers import half_width, is_placeholder
from domain.files.rows import Cell

EXACT_DIGITS = 10**15
"""A spreadsheet keeps no more than 15 figures of a number; longer ones are no longer true."""
EXCEL_ZERO = datetime(1899, 12, 30)  # noqa: DTZ001 - a serial has no zone of its own
"""Day 0 of a date serial. Not 1899-12-31: Excel counts a 29 February 1900 that never was, so that
all serials after it are one too high."""
SERIALS = (20_000, 80_000)
"""Serials from 1954 to 2119; a number outside them is no date serial but may be an epoch."""
YEARS = (1900, 2200)
MOMENT_AS = "2026-09-21 10:30"

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\ufeff]")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
_MOMENT = re.compile(
    r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})日?"
    r"(?:[T\s]*(?:星期.|周.)?\s*(?P<half>上午|下午|晚上|中午|凌晨|[AaPp][Mm])?\s*"
    r"(?P<hour>\d{1,2})[:时点](?P<minute>\d{1,2})?分?(?::?(?P<second>\d{1,2})秒?(?:\.\d+)?)?"
    r"\s*(?P<after>[AaPp][Mm])?)?"
    r"\s*(?P<offset>Z|[+-]\d{2}:?\d{2})?"
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})(?=[T\s]+\S)")
"""A day without signs between its figures, before an hour with them."""
YEARLESS = re.compile(r"\d{1,2}月\d{1,2}日")
"""How a day without its year begins, as people write one of this year."""


class WrongCell(Exception):
    """A cell that cannot be what its column promises: what is wrong, and what would be right."""

    def __init__(self, wrong: str, right: str) -> None:
        super().__init__(f"{wrong}；{right}")
        self.wrong, self.right = wrong, right


def text_of(cell: Cell) -> str:
    """The cell as printable text on one or more tidy lines; a figure keeps all its digits.

    An empty cell is an empty text. Control characters, zero-width signs and lone surrogates, which
    neither a database nor a Word file takes, are dropped.
    """
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else ("是" if cell else "否")
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    text = _LONE_SURROGATE.sub("", _UNPRINTABLE.sub("", str(cell)))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def line_of(cell: Cell) -> str:
    """The cell as one line; words that stand for nothing are nothing."""
    text = text_of(cell).replace("\n", " ")
    return "" if is_placeholder(text) else text


def number_text(cell: Cell) -> str:
    """An order number, phone or code as text; WrongCell for one that the spreadsheet has rounded.

    Formulas that keep a number as text (`="0123"`) and leading quotes are undone.
    """
    # Excel keeps 15 figures: of a longer number the last ones are noughts, and two different orders
    # would bear one number.
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= EXACT_DIGITS:
        if isinstance(cell, float):
            raise WrongCell(
                f"{text_of(cell)} 超过15位，末尾数字已被电子表格改写",
                "请把该列设为文本格式后重新导出",
            )
        return str(cell)
    text = half_width(line_of(cell)).strip().strip("'`")
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    if _SCIENTIFIC.fullmatch(text):
        raise WrongCell(f"{text} 是科学计数，末尾数字已丢失", "请把该列设为文本格式后重新导出")
    return text


def moment_of(cell: Cell, zone: ZoneInfo, formats: Iterable[str] = ()) -> datetime:
    """The moment a cell names, aware; a day alone is its midnight, and `zone` is for bare ones.

    Dates of the workbook, serials, seconds and milliseconds since 1970, the platform's `formats`
    and the usual Chinese and Western spellings are read. Raises WrongCell for anything else.
    """
    if isinstance(cell, datetime):
        return cell if cell.tzinfo else cell.replace(tzinfo=zone)
    if isinstance(cell, date):
        return datetime.combine(cell, time(), zone)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _from_number(cell, zone)
    text = half_width(line_of(cell)).strip()
    if not text:
        raise WrongCell("没有填写", f"应填写年月日时分，如 {MOMENT_AS}")
    if re.fullmatch(r"\d{5}(?:\.\d+)?|\d{10}|\d{13}", text):
        return _from_number(float(text), zone)
    text = _COMPACT_DAY.sub(r"\1-\2-\3", text, count=1)
    return _in_formats(text, zone, formats) or _from_words(text, zone)


def _from_number(number: float, zone: ZoneInfo) -> datetime:
    if SERIALS[0] <= number < SERIALS[1]:
        # To the second: a fraction of a day as a float misses the full minute by microseconds.
        seconds = round(number * 86_400)
        return (EXCEL_ZERO + timedelta(seconds=seconds)).replace(tzinfo=zone)
    for unit in (1, 1000):
        if 10**9 <= number / unit < 10**10:
            return datetime.fromtimestamp(number / unit, zone)
    digits = f"{number:.0f}"
    if number % 1 == 0 and (found := _COMPACT.fullmatch(digits)):
        return _built([int(part or 0) for part in found.groups()], zone, digits)
    raise WrongCell(f"{number:g} 不是日期", f"应为 {MOMENT_AS} 这样的年月日时分")


def _in_formats(text: str, zone: ZoneInfo, formats: Iterable[str]) -> datetime | None:
    for one in formats:
        try:
            moment = datetime.strptime(text, one)  # noqa: DTZ007 - the zone follows
        except ValueError:
            continue
        return moment if moment.tzinfo else moment.replace(tzinfo=zone)
    return None


def _from_words(text: str, zone: ZoneInfo) -> datetime:
    found = _MOMENT.fullmatch(text)
    if found is None:
        compact = _COMPACT.fullmatch(text)
        if compact is None:
            raise WrongCell(f"“{text}”不是日期", f"应为 {MOMENT_AS} 这样的年月日时分")
        return _built([int(part or 0) for part in compact.groups()], zone, text)
    parts = [int(found[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")]
    parts[3] = _hour_of_day(parts[3], found["half"] or found["after"] or "")
    moment = _built(parts, zone, text)
    if found["offset"]:
        iso = found["offset"].replace("Z", "+00:00")
        moment = datetime.fromisoformat(moment.replace(tzinfo=None).isoformat() + iso)
    return moment


def _hour_of_day(hour: int, half: str) -> int:
    # 中午11时 is before noon; 中午1时 and everything else there is after it.
    if half.lower() in {"下午", "晚上", "中午", "pm"} and hour < 12:
        return hour if half == "中午" and hour == 11 else hour + 12
    return 0 if half.lower() in {"凌晨", "上午", "am"} and hour == 12 else hour


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


def choice_of(cell: Cell, values: Mapping[str, str]) -> str | None:
    """The value that a word of the platform stands for, or None for an unknown word."""
    text = half_width(line_of(cell)).casefold().strip()
    return values.get(text)
