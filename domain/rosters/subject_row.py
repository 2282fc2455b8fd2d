"""A row of a file as a subject of the roster, or every reason why it is none."""

from dataclasses import dataclass
from datetime import date

from domain.files.identifiers import credit_code, credit_code_fault, is_identity_number
from domain.files.named_cells import NamedCells
from domain.files.rows import RawRow
from domain.shapes.rosters import CreditScheme, RosterWords

BY_CODE = {"91": "enterprise", "92": "household", "93": "cooperative"}
"""The kind that the first two signs of a credit code tell (GB 32100-2015)."""
OLD_NUMBER = 15


@dataclass(frozen=True)
class SubjectLine:
    """What a row says of a subject; empty where it says nothing. `faults`: why it is set aside.

    `kind`, `status` and `tags` are ids of `rosters.yaml`; `grade_day` None: the day of the import.
    """

    row: int
    name: str
    kind: str
    credit_code: str
    address: str = ""
    contact: str = ""
    phone: str = ""
    status: str = ""
    tags: tuple[str, ...] = ()
    grade: str = ""
    grade_day: date | None = None
    faults: tuple[str, ...] = ()


def read_subject(row: RawRow, words: RosterWords, scheme: CreditScheme, today: date) -> SubjectLine:
    """The subject of a row, with everything that is wrong with it at once."""
    cells = NamedCells(row, words.columns.subjects)
    code = code_of(cells)
    kind = _kind(cells, words, code)
    grade = cells.line("grade").upper()
    if grade and grade not in scheme.grades:
        cells.blame(
            "grade", f"“{grade}”不是{scheme.label}的等级，应为{'、'.join(scheme.grades)}之一"
        )
    grade_day = cells.day("grade_day")
    if grade_day and grade_day > today:
        cells.blame("grade_day", "晚于今天")
    status = cells.named("status", {key: one.label for key, one in words.statuses.items()})
    return SubjectLine(
        row=row.row,
        name=cells.line("name", required=True),
        kind=kind,
        credit_code=code,
        address=cells.line("address"),
        contact=cells.line("contact"),
        phone=cells.number("phone"),
        status=status[0] if status else "",
        tags=cells.named("tags", {key: one.label for key, one in words.tags.items()}),
        grade=grade,
        grade_day=grade_day,
        faults=tuple(cells.faults),
    )


def code_of(cells: NamedCells) -> str:
    """The credit code of a row in full width or half; what is wrong with it is a fault."""
    code = credit_code(cells.number("credit_code"))
    if not code:
        return ""
    if len(code) == OLD_NUMBER and code.isdecimal():
        cells.blame("credit_code", "是15位的旧注册号，请填写18位的统一社会信用代码")
    elif is_identity_number(code):
        cells.blame("credit_code", "是个人身份证件号码，名录不登记个人身份证件号码")
    elif fault := credit_code_fault(code):
        cells.blame("credit_code", fault)
    return code


def _kind(cells: NamedCells, words: RosterWords, code: str) -> str:
    named = cells.named("kind", {key: one.label for key, one in words.kinds.items()})
    kind = named[0] if named else BY_CODE.get(code[:2], "")
    if not kind and not cells.words("kind"):
        cells.blame("kind", "没有填写")
    if kind in words.kinds and words.kinds[kind].coded and not code:
        cells.blame("credit_code", f"没有填写，{words.kinds[kind].label}以统一社会信用代码登记")
    return kind
