"""The result of an import: counts, rejections, and what should be looked at again."""

from dataclasses import dataclass, field
from pathlib import Path

from domain.files.work_order import RowRejection
from flows.imports.incoming_file import IncomingFile


@dataclass(frozen=True)
class Remark:
    """A word to whoever imports: of one row, by its place and outside number, or of the file."""

    text: str
    row: int = 0
    ref: str = ""

    def __str__(self) -> str:
        return f"第{self.row}行 {self.ref} {self.text}" if self.row else self.text


@dataclass(frozen=True)
class Portion:
    """What became of some rows; `numbers` are the clues registered."""

    registered: int = 0
    already_there: int = 0
    suspected: int = 0
    numbers: tuple[str, ...] = ()
    rejections: tuple[RowRejection, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True)
class ImportResult:
    """What became of a file: `suspected` of the registered clues have suspected duplicates.

    `remarks` tell what should be looked at again, in the order of the rows.
    """

    registered: int = 0
    already_there: int = 0
    rejected: int = 0
    suspected: int = 0
    rejections: Path | None = None
    numbers: tuple[str, ...] = ()
    skipped_sheets: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def __str__(self) -> str:
        return (
            f"登记{self.registered}条，已登记过{self.already_there}条，"
            f"未通过{self.rejected}行，疑似重复{self.suspected}条"
        )

    @property
    def rows_remarked(self) -> int:
        """How many rows there is something to say of."""
        return len({one.row for one in self.remarks if one.row})


@dataclass
class Tally:
    """The counts of a file so far."""

    registered: int = 0
    already_there: int = 0
    rejected: int = 0
    suspected: int = 0
    numbers: list[str] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    def add(self, one: Portion) -> None:
        """Counts a portion in."""
        self.registered += one.registered
        self.already_there += one.already_there
        self.rejected += len(one.rejections)
        self.suspected += one.suspected
        self.numbers += one.numbers
        self.remarks += one.remarks

    def result(self, file: IncomingFile, rejections: Path | None) -> ImportResult:
        """The result of the whole file."""
        return ImportResult(
            registered=self.registered,
            already_there=self.already_there,
            rejected=self.rejected,
            suspected=self.suspected,
            rejections=rejections,
            numbers=tuple(self.numbers),
            skipped_sheets=file.table.skipped,
            remarks=(*map(Remark, file.table.remarks), *self.remarks),
        )
