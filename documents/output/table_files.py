"""Tables for other programs: XLSX and CSV in which no cell is ever taken for a formula."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, TextIOWrapper
from itertools import chain, islice
from typing import BinaryIO

import xlsxwriter

from domain.situation.situation import CHINA

Cell = str | int | Decimal | date | None
"""What a cell may hold; a datetime is a date too, and is shown in China's time."""
Row = tuple[Cell, ...]
SHEET_ROWS = 1_048_576
"""As many rows as Excel's worksheet holds, with the heading; a longer table goes on in the next."""
LONGEST_CELL = 32_767
CUT = "……（内容过长，已截断）"
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class Column:
    """A column by its heading, and how wide it is in characters."""

    name: str
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    """A table with its title; the rows may be produced while they are written."""

    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]


def as_xlsx(sheet: Sheet, now: datetime) -> bytes:
    """`write_xlsx` of a table that is not long."""
    made = BytesIO()
    write_xlsx(sheet, now, made)
    return made.getvalue()


def write_xlsx(sheet: Sheet, now: datetime, out: BinaryIO) -> None:
    """The table as an Excel file: heading frozen, filters on, dates as dates; text stays text.

    `now` is the file's moment of making. Moments are written in China's time, of which Excel keeps
    no zone. However long the table is, no more than a row of it lies in memory.
    """
    moment = now.astimezone(CHINA).replace(tzinfo=None, microsecond=0)
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        book.set_properties({"title": sheet.title, "author": "", "created": moment})
        formats = {
            "heading": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
            "day": book.add_format({"num_format": "yyyy-mm-dd"}),
            "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
        }
        for number, rows in enumerate(_parts(sheet.rows), start=1):
            name = sheet.title[:31] if number == 1 else f"{sheet.title[:25]}（续{number}）"
            _fill(book.add_worksheet(name), sheet.columns, rows, formats)


def _parts(rows: Iterable[Row]) -> Iterator[Iterable[Row]]:
    """The rows by worksheet; each part is read to its end before the next."""
    left = iter(rows)
    yield islice(left, SHEET_ROWS - 1)
    while (first := next(left, None)) is not None:
        yield chain([first], islice(left, SHEET_ROWS - 2))


def _fill(
    page: xlsxwriter.worksheet.Worksheet,
    columns: tuple[Column, ...],
    rows: Iterable[Row],
    formats: dict[str, xlsxwriter.format.Format],
) -> None:
    for place, column in enumerate(columns):
        page.set_column(place, place, column.width)
    page.freeze_panes(1, 0)
    page.repeat_rows(0)
    page.set_landscape()
    page.fit_to_pages(1, 0)
    for place, column in enumerate(columns):
        page.write_string(0, place, column.name, formats["heading"])
    last = 0
    for last, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            _write(page, (last, place), cell, formats)
    page.autofilter(0, 0, last, len(columns) - 1)


def _write(
    page: xlsxwriter.worksheet.Worksheet,
    place: tuple[int, int],
    cell: Cell,
    formats: dict[str, xlsxwriter.format.Format],
) -> None:
    if isinstance(cell, datetime):
        moment = cell.astimezone(CHINA).replace(tzinfo=None)
        page.write_datetime(*place, moment, formats["moment"])
    elif isinstance(cell, date):
        page.write_datetime(*place, datetime(cell.year, cell.month, cell.day), formats["day"])  # noqa: DTZ001 - a day has no zone
    elif isinstance(cell, int | Decimal):
        page.write_number(*place, cell)
    elif cell:
        page.write_string(*place, _fitting(cell))


def _fitting(text: str) -> str:
    """A text that Excel can hold; what is cut off is said to be."""
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(CUT)] + CUT


def as_csv(sheet: Sheet) -> bytes:
    """`write_csv` of a table that is not long."""
    made = BytesIO()
    write_csv(sheet, made)
    return made.getvalue()


def write_csv(sheet: Sheet, out: BinaryIO) -> None:
    """The table as CSV that Excel opens as UTF-8; what could be a formula begins with a quote.

    However long the table is, no more than a row of it lies in memory.
    """
    # With a byte-order mark, else Excel takes it for GBK. A complaint that begins with = or @ would
    # be carried out on the machine of whoever opens the export (CSV injection).
    made = TextIOWrapper(out, encoding="utf-8-sig", newline="")
    writer = csv.writer(made)
    writer.writerow([column.name for column in sheet.columns])
    writer.writerows([_spelled(cell) for cell in row] for row in sheet.rows)
    made.detach()


def _spelled(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell.astimezone(CHINA):%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(_FORMULA) else cell
    return format(cell, "f") if isinstance(cell, Decimal) else str(cell)
