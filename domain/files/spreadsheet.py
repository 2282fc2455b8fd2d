"""The rows of any file that a platform exports, told by its content rather than by its name."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast

from domain.files.confined import Budget, Unreadable, confined
from domain.files.rows import RawRow, SpreadsheetError, Table, unguarded

WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
WITHIN = Budget(memory=2 << 30, seconds=60)
"""What reading one workbook may use."""
TEXT_SECONDS = 20
"""What reading a text may take, and a second more for each megabyte."""
_ROWS = frozenset({("domain.files.rows", "RawRow"), ("domain.files.rows", "NoValue")})
JSON_SUFFIXES = {".jsonl", ".ndjson", ".json"}


def read_table(path: Path, known: frozenset[str] = frozenset()) -> Table:
    """The table in a file; its header has most `known` headings, else it is the first wide row.

    Workbooks (XLSX, XLS, ODS), CSV in UTF-8, UTF-16 or GB18030, JSON lines and JSON arrays are
    read, told by their first bytes. Rows are read as they are asked for. Raises SpreadsheetError
    for a file that is empty, locked, broken or of no such kind.
    """
    start = _start_of(path)
    if start.startswith(WORKBOOKS):
        workbook = ("domain.files.workbook:workbook_pieces", (str(path), known))
        return _without_guards(_confined(path, workbook, WITHIN))
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    # Many platforms export an HTML table under the name .xls, which Excel opens with a warning.
    if text.startswith(b"<"):
        raise SpreadsheetError(
            f"文件 {path} 实为网页格式，请用表格软件打开后另存为 XLSX 或 CSV 再导入"
        )
    is_json = path.suffix.lower() in JSON_SUFFIXES or text.startswith((b"{", b"["))
    order = ("domain.files.text_file:text_pieces", (str(path), known, is_json))
    seconds = TEXT_SECONDS + (path.stat().st_size >> 20)
    table = _confined(path, order, replace(WITHIN, seconds=seconds))
    return table if is_json else _without_guards(table)


def _without_guards(table: Table) -> Table:
    rows = (
        replace(row, cells={name: unguarded(cell) for name, cell in row.cells.items()})
        for row in table.rows
    )
    return replace(table, columns=tuple(str(unguarded(one)) for one in table.columns), rows=rows)


def _start_of(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            start = stream.read(2048)
    except OSError as error:
        raise SpreadsheetError(f"无法打开文件 {path}：{error.strerror}") from error
    if not start.strip():
        raise SpreadsheetError(f"文件 {path} 为空，没有可导入的行")
    return start


def workbook_rows(raw: bytes) -> Iterator[list[object]]:
    """The rows of a workbook's first sheet; SpreadsheetError for one that cannot be read."""
    try:
        for row in confined("domain.files.workbook:first_sheet", raw, WITHIN):
            yield cast("list[object]", row)
    except Unreadable as fault:
        raise SpreadsheetError(str(fault)) from fault


def _confined(path: Path, order: tuple[str, object], budget: Budget) -> Table:
    """The table that a reader tells in pieces: what its header says, its rows, and remarks."""
    try:
        pieces = confined(*order, budget, _ROWS)
        head = next(pieces)
    except Unreadable as fault:
        raise SpreadsheetError(f"文件 {path}：{fault}") from fault
    columns, total, skipped, starts_1904 = cast(
        "tuple[tuple[str, ...], int, tuple[str, ...], bool]", head
    )
    remarks: list[str] = []
    return Table(columns, _rows(pieces, remarks), total, skipped, remarks, starts_1904)


def _rows(pieces: Iterator[object], remarks: list[str]) -> Iterator[RawRow]:
    for piece in pieces:
        told = cast("list[RawRow] | list[str]", piece)
        for one in told:
            if isinstance(one, RawRow):
                yield one
            else:
                remarks.append(one)
