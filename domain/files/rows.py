"""A row as it stands in a file, and how its header is found among titles and print dates."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import lru_cache

Cell = str | int | float | bool | date | datetime | time | timedelta | None
HEADER_WITHIN = 20
"""A header row lies within this many rows: exports put a title and a print date above it."""


class SpreadsheetError(Exception):
    """A file that cannot be read at all; its text says in Chinese what is wrong and what to do."""


class NoValue(str):
    """A cell that holds a formula without a value, or an error: what stands there."""

    __slots__ = ()


_ERROR = re.compile(r"#(?:N/A|VALUE!|REF!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)")
_CALL = re.compile(r"=[A-Z.]+\(")
TOTALS = frozenset({"合计", "总计", "小计", "共计", "总数"})
"""How the last row of a list begins, which is no order."""
FEW_CELLS = 4
"""A row of sums has no more cells filled than this."""


@dataclass(frozen=True)
class RawRow:
    """One row as it stands in the file; `problem` says why its cells could not be told apart."""

    row: int
    cells: Mapping[str, Cell]
    sheet: str = ""
    problem: str = ""


@dataclass(frozen=True)
class Table:
    """The columns and rows of a file, about how many rows, and the sheets that hold none.

    `remarks` tell what was filled in or left out; they grow while the rows are read.
    """

    columns: tuple[str, ...]
    rows: Iterator[RawRow]
    total: int
    skipped: tuple[str, ...] = ()
    remarks: list[str] = field(default_factory=list)


@lru_cache(maxsize=4096)
def heading(text: object) -> str:
    """A column heading as it is compared: half width, without spaces, stars and 必填 marks."""
    plain = unicodedata.normalize("NFKC", str(text)).casefold()
    for mark in ("(必填)", "(选填)", "*", "#"):
        plain = plain.replace(mark, "")
    return "".join(plain.split()).strip(":")


def column_names(header: Sequence[object]) -> tuple[str, ...]:
    """Column names without line breaks; an empty or repeated heading is told by its place."""
    names: list[str] = []
    for place, cell in enumerate(header, start=1):
        name = " ".join(str(cell).split()) if cell is not None else ""
        name = name or f"第{place}列"
        names.append(name if name not in names else f"{name}（第{place}列）")
    return tuple(names)


def repeated_headings(header: Sequence[object]) -> list[str]:
    """What to say of headings that stand there more than once: only the first column is read."""
    names = [" ".join(str(cell).split()) for cell in header if cell not in (None, "")]
    return [
        f"表头“{name}”有{names.count(name)}列，只读取第一列，其余各列没有读取"
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]


def has_no_value(cell: Cell) -> bool:
    """Whether a cell holds a formula or an error instead of a value."""
    if isinstance(cell, NoValue):
        return True
    if not isinstance(cell, str):
        return False
    text = cell.strip()
    return bool(_ERROR.fullmatch(text) or (_CALL.match(text) and ")" in text and "\n" not in text))


def is_total(cells: Iterable[object]) -> bool:
    """Whether a row is the sum at the end of a list."""
    filled = [cell for cell in cells if not is_blank([cell])]
    return 0 < len(filled) <= FEW_CELLS and heading(filled[0]) in TOTALS


def is_blank(cells: Iterable[object]) -> bool:
    """Whether a row has nothing in it."""
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def header_at(rows: Sequence[Sequence[object]], known: frozenset[str]) -> int | None:
    """Where the header is among the first rows: the first with two known headings."""
    for place, row in enumerate(rows):
        if sum(heading(cell) in known for cell in row if isinstance(cell, str)) >= 2:
            return place
    return None


def first_filled(rows: Sequence[Sequence[object]]) -> int | None:
    """Where the first row with anything in it is."""
    return next((place for place, row in enumerate(rows) if not is_blank(row)), None)
