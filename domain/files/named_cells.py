"""The cells of a row by field: found by their headings, read as words, lists and days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from zoneinfo import ZoneInfo

from domain.files.cells import WrongCell, line_of, number_text
from domain.files.identifiers import half_width
from domain.files.moments import moment_of
from domain.files.rows import Cell, RawRow, has_no_value, heading
from domain.shapes.entries import Strings

CHINA = ZoneInfo("Asia/Shanghai")
LONGEST = 200
BETWEEN = "、,;|/\n"


@dataclass
class NamedCells:
    """One row, read field by field; what is wrong is kept in `faults`, in Chinese, by column."""

    row: RawRow
    columns: Mapping[str, Strings]
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        by_heading = {heading(name): cell for name, cell in reversed(list(self.row.cells.items()))}
        self._cells: dict[str, Cell] = {}
        for one, names in self.columns.items():
            found = [by_heading[heading(name)] for name in names if heading(name) in by_heading]
            self._cells[one] = next(
                (cell for cell in found if line_of(cell) or has_no_value(cell)), None
            )
        if self.row.problem:
            self.faults.append(self.row.problem)
        for one, cell in self._cells.items():
            if has_no_value(cell):
                self.blame(one, "是公式或者错误值，请粘贴为数值后再导入")
                self._cells[one] = None

    def blame(self, one: str, wrong: str) -> None:
        """Notes what is wrong in a field."""
        self.faults.append(f"“{self.columns[one][0]}”{wrong}")

    def line(self, one: str, *, required: bool = False, longest: int = LONGEST) -> str:
        """A field as one line of text; a missing one that is required is a fault."""
        text = line_of(self._cells.get(one))
        if required and not text:
            self.blame(one, "没有填写")
        if len(text) > longest:
            self.blame(one, f"超过{longest}个字")
        return text[:longest]

    def number(self, one: str) -> str:
        """A field as a number that is a name, with all its digits; a rounded one is a fault."""
        try:
            return number_text(self._cells.get(one))
        except WrongCell as problem:
            self.blame(one, str(problem))
            return ""

    def day(self, one: str) -> date | None:
        """A field as a day; what is no day is a fault."""
        if not line_of(self._cells.get(one)):
            return None
        try:
            return moment_of(self._cells[one], CHINA).date()
        except WrongCell as problem:
            self.blame(one, str(problem).replace(" 10:30", "").replace("年月日时分", "年月日"))
            return None

    def words(self, one: str) -> tuple[str, ...]:
        """A field as a list of words."""
        text = half_width(line_of(self._cells.get(one))).strip()
        for sign in BETWEEN:
            text = text.replace(sign, "、")
        return tuple(dict.fromkeys(word.strip() for word in text.split("、") if word.strip()))

    def named(self, one: str, labels: Mapping[str, str]) -> tuple[str, ...]:
        """A field as ids of what its words name; an unknown word is a fault that names the next."""
        ids = {half_width(label): key for key, label in labels.items()}
        for word in self.words(one):
            if word not in ids and word not in labels:
                near = get_close_matches(word, list(labels.values()), 1, 0.4)
                hint = f"，是否指“{near[0]}”" if near else ""
                self.blame(one, f"中的“{word}”不在名录的用语里{hint}")
        return tuple(
            ids.get(word, word) for word in self.words(one) if word in ids or word in labels
        )
