"""What the reader of workbooks does not tell of a workbook and its sheets."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.files.rows import NoValue

Cells = Mapping[int, Mapping[int, NoValue]]
"""By row and column, both from 0."""


@dataclass(frozen=True)
class SheetNotes:
    """What the reader of workbooks does not tell of a sheet; rows and columns count from 0.

    `hidden` are rows, `hidden_columns` pairs of the first and the last of neighbouring columns.
    """

    valueless: Cells = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    hidden_columns: tuple[tuple[int, int], ...] = ()

    def hides_column(self, column: int) -> bool:
        """Whether a column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)


@dataclass(frozen=True)
class BookNotes:
    """The notes of each sheet by its name, and whether date serials count from 1904."""

    sheets: Mapping[str, SheetNotes] = field(default_factory=dict)
    starts_1904: bool = False
