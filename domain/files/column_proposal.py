"""What the columns of an unknown file may be: proposed by heading, by synonyms and by content.

A person looks the proposal over; what he settles becomes a mapping of the site's own.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from rapidfuzz import fuzz

from domain.files.cells import WrongCell, line_of
from domain.files.column_mapping import ClueField, ColumnMapping
from domain.files.identifiers import credit_code_fault, phone_number
from domain.files.moments import Dating, read_moment
from domain.files.reporter_words import SURNAMES
from domain.files.rows import Cell, RawRow, heading

LABELS: Mapping[ClueField, str] = {
    "outside_no": "工单编号",
    "received_at": "收到时间",
    "title": "标题",
    "content": "内容",
    "category": "诉求类型",
    "place": "发生地点",
    "subject_name": "被反映单位（当事人）",
    "subject_code": "统一社会信用代码",
    "subject_phone": "被反映单位电话",
    "subject_address": "被反映单位地址",
    "reporter_name": "反映人",
    "reporter_account": "反映人账号",
    "reporter_phone": "反映人电话",
    "reporter_address": "反映人地址",
    "urgency": "紧急程度",
    "wants_reply": "是否回访",
    "confidential": "是否保密",
    "area": "所属区县",
    "named_department": "建议承办单位",
    "replies": "既往办理情况",
}
"""The fields of a clue as its desk calls them, in the order in which they are asked for."""
NEEDED: tuple[ClueField, ...] = ("received_at", "content")
"""Without these no row becomes a clue; a row without a number is numbered by its content."""
NEAR = 60
"""Headings at least so much alike, of 100, may mean the same."""
MOST_OF = 0.8
"""So much of a column's cells must be what the field is made of."""
SENTENCE, PHRASE = 20, 5
"""Signs that cells have on the average where they tell of something, and where they name it."""
_NUMBER = re.compile(r"[A-Za-z]{0,6}[-_]?\d[\d-]{4,}")
_PLACE = re.compile(
    r"(?!.*[的了得有，。])[\w（）()、·-]{2,}(?:[路街巷道]\d*号?|大道|小区|社区|[村镇乡]|\d+[号栋幢]\w{0,8}|[市县区]\w{0,6}[路街镇乡村区])"
    r"[\w（）()、·#-]{0,16}"
)
_ORGAN = re.compile(
    r"(?!.*[的了得有，。])[\w（）()·&-]{2,}(?:公司|[店馆厂院场楼吧坊社行]|超市|市场|学校|幼儿园|健身|酒家|饭庄|中心|合作社|酒店"
    r"|经营部|商行|诊所|药房|门市部?)(?:[（(]\w+[）)])?"
)
_PERSON = re.compile(rf"[{SURNAMES}](?:[\u4e00-\u9fff]{{1,2}}|某{{1,2}}|先生|女士|同志)")
Test = Callable[[Cell], bool]


@dataclass(frozen=True)
class Proposed:
    """A column for a field, and why it was chosen, in Chinese."""

    column: str
    why: str


def propose(
    columns: Sequence[str], rows: Sequence[RawRow], base: ColumnMapping, now: datetime
) -> dict[ClueField, Proposed]:
    """A column for each field that one seems to be there for; no column for two of them.

    `base` knows the usual headings, `rows` are some of the file's, `now` dates a day without year.
    """
    found: dict[ClueField, Proposed] = {}
    for ways in (_same_heading, _like_heading):
        for one, proposed in ways(columns, base).items():
            if one not in found and proposed.column not in {each.column for each in found.values()}:
                found[one] = proposed
    free = [one for one in columns if one not in {each.column for each in found.values()}]
    cells = {name: [c for row in rows if line_of(c := row.cells.get(name))] for name in free}
    for one, column, why in _by_content(cells, Dating(base.zone, base.date_formats, now)):
        if one not in found and column not in {each.column for each in found.values()}:
            found[one] = Proposed(column, why)
    return found


def missing(chosen: Mapping[ClueField, str]) -> tuple[str, ...]:
    """What has no column yet and must have one, by its label."""
    return tuple(LABELS[one] for one in NEEDED if not chosen.get(one))


def settled(
    label: str, base: ColumnMapping, chosen: Mapping[ClueField, str], columns: Sequence[str]
) -> ColumnMapping:
    """The mapping of a file of these columns: words and bounds as in `base`, columns as chosen."""
    named = {one: (column,) for one, column in chosen.items() if column}
    required = tuple(one for one in ("outside_no", *NEEDED) if one in named)
    rest = tuple(one for one in columns if one not in chosen.values())
    given = base.model_dump()
    given |= {"label": label, "columns": named, "left_out": rest, "required": required}
    return ColumnMapping.model_validate(given)


def _same_heading(columns: Sequence[str], base: ColumnMapping) -> dict[ClueField, Proposed]:
    found: dict[ClueField, Proposed] = {}
    for column in columns:
        for one in base.fields_of(column):
            found.setdefault(one, Proposed(column, "表头写法已知"))
    return found


def _like_heading(columns: Sequence[str], base: ColumnMapping) -> dict[ClueField, Proposed]:
    scored = [
        (max(fuzz.ratio(heading(column), heading(name)) for name in names), one, column)
        for one, names in base.columns.items()
        for column in columns
    ]
    found: dict[ClueField, Proposed] = {}
    for score, one, column in sorted(scored, key=lambda each: -each[0]):
        taken = column in {each.column for each in found.values()}
        if score >= NEAR and one not in found and not taken:
            found[one] = Proposed(column, f"表头与“{base.columns[one][0]}”相近")
    return found


def _by_content(
    cells: Mapping[str, Sequence[Cell]], dating: Dating
) -> list[tuple[ClueField, str, str]]:
    """What the cells of columns look like, the surest first."""
    tests: tuple[tuple[ClueField, Test, str], ...] = (
        ("received_at", lambda cell: _is_moment(cell, dating), "内容是时间"),
        ("subject_code", lambda cell: credit_code_fault(line_of(cell)) is None, "内容是信用代码"),
        ("reporter_phone", lambda cell: bool(phone_number(line_of(cell))), "内容是电话号码"),
        ("outside_no", lambda cell: bool(_NUMBER.fullmatch(line_of(cell))), "内容是编号"),
        (
            "subject_name",
            lambda cell: bool(_ORGAN.fullmatch(line_of(cell))),
            "内容是单位、商户名称",
        ),
        ("place", lambda cell: bool(_PLACE.fullmatch(line_of(cell))), "内容是地址"),
        ("reporter_name", lambda cell: bool(_PERSON.fullmatch(line_of(cell))), "内容是姓名"),
    )
    found = [
        (one, name, why)
        for one, test, why in tests
        for name, given in cells.items()
        if given and sum(map(test, given)) >= MOST_OF * len(given)
    ]
    known = {name for _, name, _ in found}
    lengths = {
        name: sum(len(line_of(cell)) for cell in given) / len(given)
        for name, given in cells.items()
        if given and name not in known
    }
    longest = sorted(lengths, key=lambda name: -lengths[name])
    if longest and lengths[longest[0]] >= SENTENCE:
        found.append(("content", longest[0], "内容最长"))
        phrases = [name for name in longest[1:] if lengths[name] >= PHRASE]
        found += [("title", name, "内容较短，像标题") for name in phrases[:1]]
    return found


def _is_moment(cell: Cell, dating: Dating) -> bool:
    if isinstance(cell, int | float):
        return False
    try:
        read_moment(cell, dating)
    except WrongCell:
        return False
    return True
