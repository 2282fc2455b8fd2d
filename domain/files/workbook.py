"""Rows of a workbook (XLSX, XLS, ODS …): every sheet that has the first table's columns."""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryDirectory

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetVisibleEnum,
)

from domain.files.confined import Unreadable
from domain.files.headers import Header, find_header, likely_header
from domain.files.rows import (
    HEADER_WITHIN,
    Cell,
    RawRow,
    is_blank,
    is_total,
    portions,
)
from domain.files.sheet_notes import SheetNotes
from domain.files.sheet_scan import scan_sheets

MOST_NAMED = 20
"""So many hidden rows are named one by one."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")
"""How an XLSX with a password calls its content, within a container of the older kind."""


def workbook_pieces(order: tuple[str, frozenset[str]]) -> Iterator[object]:
    """For a path and the known headings: columns, total, skipped sheets, epoch; rows; remarks.

    Runs within `domain.files.confined`. Raises Unreadable for a locked, broken or too large one.
    """
    path, known = order
    notes = scan_sheets(Path(path))
    sheets, hidden = _sheets(path)
    found = [(one, find_header(_first_rows(one), known)) for one in sheets]
    tables = [(sheet, header) for sheet, header in found if header is not None]
    tables = tables or _first_table(sheets)
    if not tables:
        raise Unreadable(f"工作簿 {path} 的所有工作表都是空的")
    columns = tables[0][1].columns
    parts = [(sheet, header) for sheet, header in tables if header.columns == columns]
    read = {sheet.name for sheet, _ in parts}
    total = sum(sheet.end[0] - header.last for sheet, header in parts if sheet.end)
    skipped = tuple(one.name for one in sheets if one.name not in read and one.height)
    yield columns, total, skipped, notes.starts_1904
    remarks = [*tables[0][1].remarks, *_of_the_book(notes.starts_1904, read & hidden)]
    for sheet, header in parts:
        own = notes.sheets.get(sheet.name, SheetNotes())
        yield from portions(_sheet_rows(_Grid(sheet, header, len(sheets) > 1, own), remarks))
    yield remarks


def first_sheet(raw: bytes) -> Iterator[object]:
    """The rows of the first sheet, each a list of cells; runs within `domain.files.confined`."""
    with NamedTemporaryFile(suffix=".workbook") as kept:
        kept.write(raw)
        kept.flush()
        scan_sheets(Path(kept.name))
        sheets, _ = _sheets(kept.name)
    for row in sheets[0].iter_rows() if sheets else ():
        yield list(row)


def _sheets(path: str) -> tuple[list[CalamineSheet], frozenset[str]]:
    """All sheets, and the names of those that are hidden."""
    try:
        with TemporaryDirectory() as folder:
            # The reader goes by the name, and many a file bears the wrong one.
            named = Path(folder) / f"book{_suffix(path)}"
            named.symlink_to(Path(path).absolute())
            book = CalamineWorkbook.from_path(named)
            sheets = [book.get_sheet_by_name(name) for name in book.sheet_names]
    except PasswordError as error:
        raise Unreadable(f"工作簿 {path} 设有密码，请取消密码后再导入") from error
    except (CalamineError, zipfile.BadZipFile) as error:
        raise Unreadable(f"工作簿 {path} 已损坏或不是表格文件：{error}") from error
    told = [one for one in book.sheets_metadata if one.visible != SheetVisibleEnum.Visible]
    return sheets, frozenset(one.name for one in told)


def _suffix(path: str) -> str:
    """The suffix that a workbook should have by its content."""
    with Path(path).open("rb") as stream:
        start = stream.read(4)
        if start != b"PK\x03\x04":
            return ".xlsx" if _LOCKED in start + stream.read() else ".xls"
    try:
        with zipfile.ZipFile(path) as archive:
            names = frozenset(archive.namelist())
    except zipfile.BadZipFile:
        return ".xlsx"
    if "content.xml" in names:
        return ".ods"
    return ".xlsb" if "xl/workbook.bin" in names else ".xlsx"


def _of_the_book(starts_1904: bool, hidden: Iterable[str]) -> Iterator[str]:
    for name in sorted(hidden):
        yield f"工作表“{name}”是隐藏的，其中的行照常读取；不应导入的请删除后再导入"
    if starts_1904:
        yield "该工作簿使用1904日期系统，没有设为日期格式的数字日期也按此换算，请核对"


def _first_rows(sheet: CalamineSheet) -> list[list[Cell]]:
    return [list(row) for row in islice(sheet.iter_rows(), HEADER_WITHIN)]


def _first_table(sheets: Sequence[CalamineSheet]) -> list[tuple[CalamineSheet, Header]]:
    for sheet in sheets:
        header = likely_header(_first_rows(sheet))
        if header is not None:
            return [(sheet, header)]
    return []


@dataclass(frozen=True)
class _Grid:
    """A sheet, its header, whether it is one of several, and what the reader does not tell."""

    sheet: CalamineSheet
    header: Header
    is_one_of_several: bool
    notes: SheetNotes


def _sheet_rows(grid: _Grid, remarks: list[str]) -> Iterator[RawRow]:
    columns = grid.header.columns
    name = grid.sheet.name if grid.is_one_of_several else ""
    where = f"工作表“{name}”" if name else ""
    filled = _Merged(grid)
    remarks += (f"{where}{told}" for told in filled.remarks(columns))
    remarks += (
        f"{where}列“{heading}”是隐藏的，照常读取；不应导入的请删除后再导入"
        for column, heading in enumerate(columns)
        if heading and grid.notes.hides_column(column)
    )
    hidden: list[int] = []
    rows = islice(grid.sheet.iter_rows(), grid.header.last + 1, None)
    for row, given in enumerate(rows, start=grid.header.last + 1):
        cells: list[Cell] = list(given)
        for column, found in grid.notes.valueless.get(row, {}).items():
            if column < len(cells):
                cells[column] = found
        if is_total(cells):
            remarks.append(f"{where}第{row + 1}行为合计行，没有登记")
        elif not is_blank(cells):
            if row in grid.notes.hidden:
                hidden.append(row + 1)
            filled.fill(row, cells)
            yield RawRow(row + 1, dict(zip(columns, cells, strict=False)), name)
    if hidden:
        remarks.append(f"{where}{_of_rows(hidden)}是隐藏的，照常读取；不应导入的请删除后再导入")


def _of_rows(numbers: Sequence[int]) -> str:
    shown = "、".join(map(str, numbers[:MOST_NAMED]))
    return f"第{shown}行" if len(numbers) <= MOST_NAMED else f"第{shown}等{len(numbers)}行"


class _Merged:
    """Cells merged downwards below the header: the value stands in the first row only."""

    def __init__(self, grid: _Grid) -> None:
        self._values: dict[tuple[int, int], Cell] = {}
        self._ranges = [
            ((top, left), (bottom, right))
            for (top, left), (bottom, right) in grid.sheet.merged_cell_ranges or ()
            if top > grid.header.last and bottom > top
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
