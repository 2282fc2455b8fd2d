"""What an ODS workbook says of its tables beside the values: empty formulas, what is hidden."""

import zipfile
from dataclasses import dataclass, field
from xml.parsers.expat import ParserCreate

from domain.files.confined import Unreadable
from domain.files.rows import NoValue
from domain.files.sheet_notes import SheetNotes

CONTENT = "content.xml"
MOST = 2000
"""So many empty formulas and hidden places of a table are told at most."""
_HIDDEN = frozenset({"collapse", "filter"})
_CHUNK = 1 << 18
_VALUES = ("value", "string-value", "date-value", "time-value", "boolean-value")


@dataclass
class _Table:
    valueless: dict[int, dict[int, NoValue]] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)


def scan_ods(archive: zipfile.ZipFile) -> dict[str, SheetNotes]:
    """What is to be told of each table, by its name. Raises Unreadable for a declaration."""
    scan = _Scan()
    parser = ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = scan.begin, scan.end
    parser.CharacterDataHandler = scan.text
    parser.StartDoctypeDeclHandler = _refuse
    with archive.open(CONTENT) as stream:
        while chunk := stream.read(_CHUNK):
            parser.Parse(chunk, False)
    parser.Parse(b"", True)
    return {
        name: SheetNotes(one.valueless, frozenset(one.hidden), tuple(one.hidden_columns))
        for name, one in scan.tables.items()
    }


def _refuse(*_: object) -> None:
    raise Unreadable("工作簿含有 DTD 或者实体声明，不能读取")


@dataclass
class _Scan:
    """Where the parser stands: the next row and column, and the open cell's formula."""

    tables: dict[str, _Table] = field(default_factory=dict)
    table: _Table = field(default_factory=_Table)
    row: int = 0
    rows: int = 1
    column: int = 0
    cells: int = 1
    formula: str = ""

    def begin(self, tag: str, attributes: dict[str, str]) -> None:
        told = {name.rpartition(":")[2]: value for name, value in attributes.items()}
        name = tag.rpartition(":")[2]
        if name == "table":
            self.table = self.tables.setdefault(told.get("name", ""), _Table())
            self.row = self.column = 0
        elif name == "table-column":
            self._begin_column(told)
        elif name == "table-row":
            self.column, self.rows = 0, _times(told, "number-rows-repeated")
            if told.get("visibility") in _HIDDEN and self.rows + len(self.table.hidden) < MOST:
                self.table.hidden |= set(range(self.row, self.row + self.rows))
        elif name in ("table-cell", "covered-table-cell"):
            self.cells = _times(told, "number-columns-repeated")
            has_value = any(told.get(one) for one in _VALUES)
            self.formula = "" if has_value else told.get("formula", "").rpartition("=")[2]

    def _begin_column(self, told: dict[str, str]) -> None:
        # Columns stand before the rows: the place counts them until the first row begins.
        times = _times(told, "number-columns-repeated")
        if told.get("visibility") in _HIDDEN and len(self.table.hidden_columns) < MOST:
            self.table.hidden_columns.append((self.column, self.column + times - 1))
        self.column += times

    def text(self, words: str) -> None:
        if words.strip():
            self.formula = ""

    def end(self, tag: str) -> None:
        name = tag.rpartition(":")[2]
        if name in ("table-cell", "covered-table-cell"):
            if self.formula and len(self.table.valueless) < MOST:
                cells = self.table.valueless.setdefault(self.row, {})
                cells[self.column] = NoValue(f"={self.formula}")
            self.column, self.formula = self.column + self.cells, ""
        elif name == "table-row":
            self.row += self.rows


def _times(told: dict[str, str], name: str) -> int:
    said = told.get(name, "1")
    return max(int(said), 1) if said.isdecimal() and len(said) < 9 else 1
