"""A row of a file of credit-risk classes: whose, which, as of which day; or why it is none."""

from dataclasses import dataclass
from datetime import date

from domain.files.named_cells import NamedCells
from domain.files.rows import RawRow
from domain.rosters.subject_row import code_of
from domain.shapes.rosters import CreditScheme, RosterWords


@dataclass(frozen=True)
class ClassLine:
    """What a row says: the class of the subject of a code; `faults`: why it is set aside."""

    row: int
    code: str
    name: str
    grade: str
    day: date | None
    faults: tuple[str, ...] = ()


def read_class(row: RawRow, words: RosterWords, scheme: CreditScheme, today: date) -> ClassLine:
    """The class of a row with everything that is wrong with it at once.

    Classes of another scheme are never translated: the same letter means something else there.
    """
    cells = NamedCells(row, words.columns.classes)
    code = code_of(cells)
    if not code:
        cells.blame("credit_code", "没有填写")
    grade, day = cells.line("grade", required=True).upper(), cells.day("grade_day")
    if grade and grade not in scheme.grades:
        known = "、".join(scheme.grades)
        cells.blame("grade", f"“{grade}”不是{scheme.label}的等级，应为{known}之一")
    if day is None and not cells.line("grade_day"):
        cells.blame("grade_day", "没有填写")
    if day and day > today:
        cells.blame("grade_day", "晚于今天")
    named = cells.line("scheme")
    if named and named != scheme.label:
        cells.blame("scheme", f"为“{named}”，本地区采用{scheme.label}，不同评价的等级不能换用")
    return ClassLine(row.row, code, cells.line("name"), grade, day, tuple(cells.faults))
