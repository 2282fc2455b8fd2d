"""Rows of a workbook (XLSX, XLS, ODS …): every sheet that has the first table's columns."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from domain.files.confined import Unreadable
from domain.files.rows import (
    HEADER_WITHIN,
    Cell,
    RawRow,
    column_names,
    first_filled,
    header_at,
    is_blank,
    is_total,
    repeated_headings,
)
from domain.files.sheet_scan import Cells, scan_sheets

PORTION = 200
"""So many rows make one piece."""


def workbook_pieces(order: tuple[str, frozenset[str]]) -> Iterator[object]:
    """For a path and the known headings: columns, total and skipped sheets; rows; remarks.

    Runs within `domain.files.confined`. Raises Unreadable for a locked, broken or too large one.
    """
    path, known = order
    valueless = scan_sheets(Path(path))
    sheets = _sheets(path)
    found = [
        (one, header_at(list(islice(one.iter_rows(), HEADER_WITHIN)), known)) for one in sheets
    ]
    tables = [(sheet, place) for sheet, place in found if place is not None]
    tables = tables or _first_table(sheets)
    if not tables:
        raise Unreadable(f"工作簿 {path} 的所有工作表都是空的")
    columns = _columns(*tables[0])
    parts = [(sheet, place) for sheet, place in tables if _columns(sheet, place) == columns]
    read = {sheet.name for sheet, _ in parts}
    total = sum(sheet.end[0] - place for sheet, place in parts if sheet.end)
    yield columns, total, tuple(one.name for one in sheets if one.name not in read and one.height)
    remarks = repeated_headings(_header(*tables[0]))
    for sheet, place in parts:
        grid = _Grid(sheet, place, len(sheets) > 1, valueless.get(sheet.name, {}))
        rows = _sheet_rows(grid, remarks)
        while portion := list(islice(rows, PORTION)):
            yield portion
    yield remarks


def first_sheet(raw: bytes) -> Iterator[object]:
    """The rows of the first sheet, each a list of cells; runs within `domain.files.confined`."""
    with NamedTemporaryFile(suffix=".workbook") as kept:
        kept.write(raw)
        kept.flush()
        scan_sheets(Path(kept.name))
        sheets = _sheets(kept.name)
    for row in sheets[0].iter_rows() if sheets else ():
        yield list(row)


def _sheets(path: str) -> list[CalamineSheet]:
    try:
        book = CalamineWorkbook.from_path(path)
        return [book.get_sheet_by_name(name) for name in book.sheet_names]
    except PasswordError as error:
        raise Unreadable(f"工作簿 {path} 设有密码，请取消密码后再导入") from error
    except (CalamineError, zipfile.BadZipFile) as error:
        raise Unreadable(f"工作簿 {path} 已损坏或不是表格文件：{error}") from error


def _first_table(sheets: Sequence[CalamineSheet]) -> list[tuple[CalamineSheet, int]]:
    for sheet in sheets:
        place = first_filled(list(islice(sheet.iter_rows(), HEADER_WITHIN)))
        if place is not None:
            return [(sheet, place)]
    return []


def _header(sheet: CalamineSheet, place: int) -> Sequence[object]:
    return next(islice(sheet.iter_rows(), place, None))


def _columns(sheet: CalamineSheet, place: int) -> tuple[str, ...]:
    return column_names(_header(sheet, place))


@dataclass(frozen=True)
class _Grid:
    """A sheet, where its header is, whether it is one of several, and its cells without value."""

    sheet: CalamineSheet
    place: int
    is_one_of_several: bool
    valueless: Cells


def _sheet_rows(grid: _Grid, remarks: list[str]) -> Iterator[RawRow]:
    columns = _columns(grid.sheet, grid.place)
    name = grid.sheet.name if grid.is_one_of_several else ""
    where = f"工作表“{name}”" if name else ""
    filled = _Merged(grid)
    remarks += (f"{where}{told}" for told in filled.remarks(columns))
    rows = islice(grid.sheet.iter_rows(), grid.place + 1, None)
    for row, given in enumerate(rows, start=grid.place + 1):
        cells: list[Cell] = list(given)
        for column, found in grid.valueless.get(row, {}).items():
            if column < len(cells):
                cells[column] = found
        if is_total(cells):
            remarks.append(f"{where}第{row + 1}行为合计行，没有登记")
        elif not is_blank(cells):
            filled.fill(row, cells)
            yield RawRow(row + 1, dict(zip(columns, cells, strict=False)), name)


class _Merged:
    """Cells merged downwards below the header: the value stands in the first row only."""

    def __init__(self, grid: _Grid) -> None:
        self._values: dict[tuple[int, int], Cell] = {}
        self._ranges = [
            ((top, left), (bottom, right))
            for (top, left), (bottom, right) in grid.sheet.merged_cell_ranges or ()
            if top > grid.place and bottom > top
        ]

    def remarks(self, columns: Sequence[str]) -> Iterator[str]:
        """What is filled in, by column and rows."""
        for (top, left), (bottom, _) in self._ranges:
            column = columns[left] if left < len(columns) else f"第{left + 1}列"
            yield f"“{column}”第{top + 1}至{bottom + 1}行为合并单元格，各行按同一内容读取"

    def fill(self, row: int, cells: list[Cell]) -> None:
        """Puts the value of the first row into the rows below it."""
        for (top, left), (bottom, right) in self._ranges:
            for column in range(left, min(right + 1, len(cells))) if top <= row <= bottom else ():
                if row == top:
                    self._values[top, column] = cells[column]
                elif cells[column] in (None, ""):
                    cells[column] = self._values.get((top, column))
