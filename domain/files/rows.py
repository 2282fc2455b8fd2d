"""A row as it stands in a file, and what its cells are: values, totals, formulas without one."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
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


FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a text for a formula; who writes one puts a quote before it."""
_GUARDED = re.compile(rf"'+[{re.escape(''.join(FORMULA_SIGNS))}]")
_ERROR = re.compile(r"#(?:N/A|VALUE!|REF!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)")
_CALL = re.compile(r"=[A-Z.]+\(")
TOTALS = frozenset({"合计", "总计", "小计", "共计", "总数"})
"""How the last row of a list begins, which is no order."""
FEW_CELLS = 4
"""A row of sums has no more cells filled than this."""
MOST_CELLS = 10_000_000
"""All of a file's tables together, from first to last filled row and column."""
MOST_COLUMNS = 16_384
"""What a sheet can have at all."""
PORTION, PORTION_CELLS = 200, 100_000
"""So many rows make one piece of a table, or fewer where they are wide."""


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
    `starts_1904`: date serials without a format count from 1904.
    """

    columns: tuple[str, ...]
    rows: Iterator[RawRow]
    total: int
    skipped: tuple[str, ...] = ()
    remarks: list[str] = field(default_factory=list)
    starts_1904: bool = False


@lru_cache(maxsize=4096)
def heading(text: object) -> str:
    """A column heading as it is compared: half width, without spaces, stars and 必填 marks."""
    plain = unicodedata.normalize("NFKC", str(text)).casefold()
    for mark in ("(必填)", "(选填)", "*", "#"):
        plain = plain.replace(mark, "")
    return "".join(plain.split()).strip(":")


def has_no_value(cell: Cell) -> bool:
    """Whether a cell holds a formula or an error instead of a value."""
    if isinstance(cell, NoValue):
        return True
    if not isinstance(cell, str):
        return False
    text = cell.strip()
    return bool(_ERROR.fullmatch(text) or (_CALL.match(text) and ")" in text and "\n" not in text))


def guarded(text: str) -> str:
    """The text as a spreadsheet takes it for a text; `unguarded` gives it back as it was."""
    return f"'{text}" if text.startswith(FORMULA_SIGNS) or _GUARDED.match(text) else text


def unguarded(cell: Cell) -> Cell:
    """The cell without the quote that keeps a spreadsheet from taking its text for a formula."""
    return cell[1:] if isinstance(cell, str) and _GUARDED.match(cell) else cell


def is_total(cells: Iterable[object]) -> bool:
    """Whether a row is the sum at the end of a list."""
    filled = [cell for cell in cells if not is_blank([cell])]
    return 0 < len(filled) <= FEW_CELLS and heading(filled[0]) in TOTALS


def is_blank(cells: Iterable[object]) -> bool:
    """Whether a row has nothing in it."""
    return all(cell is None or (isinstance(cell, str) and not cell.strip()) for cell in cells)


def portions(rows: Iterable[RawRow]) -> Iterator[list[RawRow]]:
    """The rows in pieces that do not become large, whatever the rows are like."""
    portion: list[RawRow] = []
    cells = 0
    for one in rows:
        portion.append(one)
        cells += len(one.cells)
        if len(portion) == PORTION or cells > PORTION_CELLS:
            yield portion
            portion, cells = [], 0
    if portion:
        yield portion
