"""Rows of a workbook (XLSX, XLS, ODS …): every sheet that has the first table's columns."""

import zipfile
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from pathlib import Path

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError

from domain.rows import (
    HEADER_WITHIN,
    RawRow,
    SpreadsheetError,
    Table,
    first_filled,
    header_at,
    is_blank,
    named,
)

LARGEST = 4 * 1024**3
"""A workbook that unpacks to more bytes than this is refused unread."""


def read_workbook(path: Path, known: frozenset[str]) -> Table:
    """The table of a workbook; a locked or broken one is an error."""
    try:
        _refuse_bomb(path)
        book = CalamineWorkbook.from_path(str(path))
        sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    except PasswordError as error:
        raise SpreadsheetError(f"工作簿 {path} 设有密码，请取消密码后再导入") from error
    except (CalamineError, zipfile.BadZipFile) as error:
        raise SpreadsheetError(f"工作簿 {path} 已损坏或不是表格文件：{error}") from error
    found = [
        (one, header_at(list(islice(one.iter_rows(), HEADER_WITHIN)), known)) for one in sheets
    ]
    tables = [(sheet, place) for sheet, place in found if place is not None]
    tables = tables or _first_table(sheets)
    if not tables:
        raise SpreadsheetError(f"工作簿 {path} 的所有工作表都是空的")
    columns = _columns(*tables[0])
    parts = [(sheet, place) for sheet, place in tables if _columns(sheet, place) == columns]
    read = {sheet.name for sheet, _ in parts}
    return Table(
        columns,
        chain.from_iterable(_sheet_rows(sheet, place, len(sheets)) for sheet, place in parts),
        sum(sheet.end[0] - place for sheet, place in parts if sheet.end),
        tuple(one.name for one in sheets if one.name not in read and one.height),
    )


def _refuse_bomb(path: Path) -> None:
    if not zipfile.is_zipfile(path):
        return
    with zipfile.ZipFile(path) as archive:
        if sum(one.file_size for one in archive.infolist()) > LARGEST:
            raise SpreadsheetError(f"工作簿 {path} 解压后过大，请分成几个文件导入")


def _first_table(sheets: Sequence[CalamineSheet]) -> list[tuple[CalamineSheet, int]]:
    for sheet in sheets:
        place = first_filled(list(islice(sheet.iter_rows(), HEADER_WITHIN)))
        if place is not None:
            return [(sheet, place)]
    return []


def _columns(sheet: CalamineSheet, place: int) -> tuple[str, ...]:
    return named(next(islice(sheet.iter_rows(), place, None)))


def _sheet_rows(sheet: CalamineSheet, place: int, sheets: int) -> Iterator[RawRow]:
    columns = _columns(sheet, place)
    name = sheet.name if sheets > 1 else ""
    for number, cells in enumerate(islice(sheet.iter_rows(), place + 1, None), start=place + 2):
        if not is_blank(cells):
            yield RawRow(number, dict(zip(columns, cells, strict=False)), name)
