"""The rows that were not imported, in a file beside the input, with reasons and all their cells.

The file can be corrected and imported as it is: no mapping knows the headings that are added.
"""

import csv
import json
import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from types import TracebackType
from typing import Protocol

import xlsxwriter

from domain.files.cells import EXACT_DIGITS, text_of
from domain.files.rows import Cell, guarded
from domain.files.work_order import RowRejection

ADDED = ("行号", "工作表", "问题字段", "原因")
LONGEST_CELL = 32_767
"""A cell of a workbook holds no more signs."""


class _Sink(Protocol):
    """Takes rejected rows: what is told of them, and their cells."""

    def write(self, told: Sequence[Cell], cells: Mapping[str, Cell]) -> None: ...

    def close(self) -> None: ...


class Rejections:
    """Rejected rows, written as they come; the file appears, whole, at the end if there are any."""

    def __init__(self, source: Path, columns: Sequence[str], elsewhere: Path) -> None:
        self.path: Path | None = None
        self._source, self._elsewhere = source, elsewhere
        self._columns = [one for one in columns if one not in ADDED]
        self._sink: _Sink | None = None
        self._staged = self._target = source

    def __enter__(self) -> "Rejections":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._sink is None:
            return
        self._sink.close()
        if kind is None:
            self._staged.replace(self._target)
            self.path = self._target
        else:
            self._staged.unlink(missing_ok=True)

    def add(self, one: RowRejection) -> None:
        """One more row, with what is wrong in it and everything that stood in it."""
        if self._sink is None:
            self._sink = self._open()
        fields = "、".join(dict.fromkeys(complaint.column for complaint in one.complaints))
        reason = "。".join(str(complaint) for complaint in one.complaints)
        cells = {name: cell for name, cell in one.cells.items() if name not in ADDED}
        self._sink.write((one.row, one.sheet, fields, reason), cells)

    def _open(self) -> _Sink:
        """Beside the input, or elsewhere where nothing may be written there."""
        suffix, make = KINDS.get(self._source.suffix.lower(), (".csv", _Csv))
        name = f"{self._source.stem}.rejected{suffix}"
        try:
            return self._open_in(self._source.parent, name, make)
        except OSError:
            self._elsewhere.mkdir(parents=True, exist_ok=True)
            return self._open_in(self._elsewhere, name, make)

    def _open_in(self, folder: Path, name: str, make: "_Maker") -> _Sink:
        self._target, self._staged = folder / name, folder / f".{name}.part"
        self._staged.touch()
        return make(self._staged, self._columns)


class _Workbook:
    """An XLSX in which every text is a text: none is ever taken for a formula."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._book = xlsxwriter.Workbook(path, {"constant_memory": True})
        self._sheet = self._book.add_worksheet("未导入")
        self._sheet.freeze_panes(1, 0)
        self._columns, self._row = columns, 0
        self._line([*ADDED, *columns])

    def write(self, told: Sequence[Cell], cells: Mapping[str, Cell]) -> None:
        self._line(_in_order(told, cells, self._columns))

    def _line(self, values: Sequence[Cell]) -> None:
        for place, value in enumerate(values):
            if _is_figure(value):
                self._sheet.write_number(self._row, place, value)
            elif value not in (None, ""):
                self._sheet.write_string(self._row, place, _readable(value)[:LONGEST_CELL])
        self._row += 1

    def close(self) -> None:
        self._book.close()


class _Csv:
    """A CSV that spreadsheets open as it is meant; what looks like a formula gets a quote."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._stream = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._stream)
        self._columns = columns
        self._writer.writerow([guarded(one) for one in (*ADDED, *columns)])

    def write(self, told: Sequence[Cell], cells: Mapping[str, Cell]) -> None:
        values = _in_order(told, cells, self._columns)
        self._writer.writerow([guarded(_readable(one)) for one in values])

    def close(self) -> None:
        self._stream.close()


class _JsonLines:
    """JSON lines: the row's own names and values, and what is told of it."""

    def __init__(self, path: Path, columns: Sequence[str]) -> None:
        self._stream = path.open("w", encoding="utf-8")

    def write(self, told: Sequence[Cell], cells: Mapping[str, Cell]) -> None:
        record = {**dict(zip(ADDED, told, strict=True)), **cells}
        self._stream.write(json.dumps(record, ensure_ascii=False, default=_readable) + "\n")

    def close(self) -> None:
        self._stream.close()


_Maker = Callable[[Path, Sequence[str]], _Sink]
KINDS: Mapping[str, tuple[str, _Maker]] = {
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"), (".xlsx", _Workbook)),
    **dict.fromkeys((".jsonl", ".ndjson", ".json"), (".jsonl", _JsonLines)),
}


def _in_order(
    told: Sequence[Cell], cells: Mapping[str, Cell], columns: Sequence[str]
) -> list[Cell]:
    """What is told, the cells under their headings, and after them those that have none."""
    surplus = [cell for name, cell in cells.items() if name not in columns]
    return [*told, *map(cells.get, columns), *surplus]


def _is_figure(value: Cell) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return math.isfinite(value) and abs(value) < EXACT_DIGITS


def _readable(value: Cell) -> str:
    """A cell as text with nothing taken away but what no file can hold."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, date | time | timedelta) and not isinstance(value, datetime):
        return str(value)
    return text_of(value)
