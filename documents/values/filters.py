"""Filters: what a template may do with a fact, and how a bare value is printed."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from jinja2 import Undefined
from markupsafe import escape

from documents.values.money import Money, amount_in_figures, amount_in_words
from documents.values.wrapping import wrapped

_ZONE = ZoneInfo("Asia/Shanghai")
# XML 1.0 knows no control characters but tab and newline, no lone surrogates, no U+FFFE and U+FFFF.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_NUMBERS = "零一二三四五六七八九"
_MARKS = re.compile("[&<>'\"]")
_NEW_LINE = '</w:t><w:br/><w:t xml:space="preserve">'
_TAB = '</w:t><w:tab/><w:t xml:space="preserve">'


def cn_date(value: date | str | None) -> str:
    """2026年11月22日, without leading zeros; words in the place of a day stay words."""
    if _is_empty(value) or value is None:
        return ""
    if isinstance(value, str):
        return value
    day = _local(value) if isinstance(value, datetime) else value
    return f"{day.year}年{day.month}月{day.day}日"


def cn_datetime(value: date | str | None) -> str:
    """2026年11月22日10时30分; a day without a time stays a day."""
    if not isinstance(value, datetime):
        return cn_date(value)
    moment = _local(value)
    return f"{cn_date(moment)}{moment.hour}时{moment.minute:02d}分"


def cn_until(value: date | str | None) -> str:
    """The end of a limit: 2026年11月22日24时 for the end of a day, any other moment as it is."""
    if not isinstance(value, datetime):
        return cn_date(value)
    moment = _local(value)
    whole = (moment.hour, moment.minute) == (23, 59)
    return f"{cn_date(moment)}24时" if whole else cn_datetime(value)


def _local(value: datetime) -> datetime:
    return value.astimezone(_ZONE) if value.tzinfo else value


def cn_money(value: Money | None) -> str:
    """The amount in capital characters."""
    return "" if _is_empty(value) or value is None else amount_in_words(value)


def amount(value: Money | None) -> str:
    """The amount in figures, with thousands and two decimals."""
    return "" if _is_empty(value) or value is None else amount_in_figures(value)


def default(value: object, instead: object = "/") -> object:
    """The value, or what stands instead where it is missing or empty; zero and false are values."""
    return instead if _is_empty(value) else value


def join(value: object, separator: str = "、") -> object:
    """The parts of a list in one line; a single text stays as it is."""
    if isinstance(value, Undefined) or not isinstance(value, list | tuple):
        return value
    return separator.join(str(text_of(part)) for part in value if not _is_empty(part))


def paragraphs(value: object) -> list[str]:
    """The lines of a long text, so that each becomes a paragraph of its own."""
    if isinstance(value, Undefined):
        value = str(value)  # a missing fact says so here
    return [line.strip() for line in str(value or "").splitlines() if line.strip()]


def clause(value: object) -> object:
    """A sentence without its final stop, so that it can stand inside another."""
    return (
        value if isinstance(value, Undefined) else str(text_of(value)).strip().rstrip("。；;，,. ")
    )


def length(value: object) -> int:
    """How many characters or rows."""
    if isinstance(value, str | list | tuple):
        return len(value)
    return len(str(text_of(value)))


def _is_empty(value: object) -> bool:
    if type(value) is str:
        return not value
    if isinstance(value, Undefined) or value is None:
        return True
    return isinstance(value, str | list | tuple) and not len(value)


def text_of(value: object) -> object:
    """How a value reads when a template names no filter."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return cn_datetime(value)
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, list | tuple):
        return join(value)
    return value


def printed(value: object) -> str:
    """The value as it goes into a Word run: always escaped, new lines and tabs kept.

    Called for every value that a template prints, constants too; nothing else escapes there.
    """
    # What calls itself escaped already is text like any other.
    text = value if type(value) is str else str(text_of(value))
    if not text.isprintable():
        text = _UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if _MARKS.search(text):
        text = str(escape(text))
    if "\n" in text or "\t" in text:
        return text.replace("\n", _NEW_LINE).replace("\t", _TAB)
    return text


def tick(value: object) -> str:
    """A ticked or an empty box."""
    return "☑" if value else "□"


def cn_number(value: int) -> str:
    """3 as 三, up to 九十九, for headings."""
    tens, ones = divmod(int(value), 10)
    if tens >= len(_NUMBERS):
        return str(value)
    head = "十" if tens == 1 else f"{_NUMBERS[tens]}十" if tens else ""
    return head + (_NUMBERS[ones] if ones or not tens else "")


STRUCK = "/"
"""In a cell: there is nothing to count."""


def total(rows: list[dict[str, object]], column: str) -> int:
    """The sum of a column of whole numbers; empty and struck cells count nothing."""
    told = (row.get(column) for row in rows)
    return sum(int(str(one)) for one in told if not _is_empty(one) and one != STRUCK)


def total_or_room(rows: list[dict[str, object]], column: str) -> str:
    """The sum of a column, or room for the pen where a row is still to be filled in by hand."""
    open_ones = any(_is_empty(row.get(column)) for row in rows)
    return "　　" if open_ones else str(total(rows, column))


def first(value: Iterable[object]) -> object:
    """The first row or character; empty when there is none."""
    return next(iter(value), None)


def last(value: list[object]) -> object:
    """The last row or character; empty when there is none."""
    return value[-1] if value else None


def quoted(value: object) -> str:
    """The text in quotation marks; marks inside of it become single ones.

    Word turns straight marks in a template's expression into curved ones and we read them back as
    straight: the curved ones of a text have to come from here.
    """
    inner = str(value or "").replace("“", "‘").replace("”", "’")
    return f"“{inner}”"


FILTERS: dict[str, Callable[..., object]] = {
    "amount": amount,
    "clause": clause,
    "cn_date": cn_date,
    "cn_datetime": cn_datetime,
    "cn_until": cn_until,
    "cn_money": cn_money,
    "default": default,
    "first": first,
    "join": join,
    "last": last,
    "length": length,
    "cn_number": cn_number,
    "paragraphs": paragraphs,
    "quoted": quoted,
    "tick": tick,
    "total": total,
    "total_or_room": total_or_room,
    "wrapped": wrapped,
}
