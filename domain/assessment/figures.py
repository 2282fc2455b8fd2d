"""The figures of a year, each counted from rows that are kept: no figure without its rows.

渭南方案四（四） makes the work a figure of the yearly 考核; 国办发〔2023〕1号（十五） asks for
分析评估. Neither gives figures, so these are 本级约定 (`local-assessment`).
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Figure:
    """What is counted: its heading, its unit, and how it is counted, as an official reads it."""

    id: str
    label: str
    unit: str
    meaning: str


FIGURES: Sequence[Figure] = (
    Figure("planned", "计划", "项", "本年度公布的年度计划、专项检查计划的项目"),
    Figure("drawn", "抽中", "户", "本年抽取的抽查对象，更换下来的不计；计入编制抽取的部门"),
    Figure("visited", "检查", "部门次", "本年录入的检查结果，一次检查中每个部门一份"),
    Figure("doors", "上门", "次", "本年进入检查场所的次数，几个部门一次上门计一次；计入牵头部门"),
    Figure(
        "saved",
        "少上门",
        "次",
        "联合检查比各部门分别上门少的次数（一次上门的部门数减一），加上采用其他部门检查结果而没有上门的次数",
    ),
    Figure("off_site", "非现场", "次", "本年录入结果的非现场检查；计入牵头部门"),
    Figure("found", "发现问题", "部门次", "检查结果为发现问题的"),
    Figure("ordered", "责令改正", "件", "本年检查中责令改正的"),
    Figure("corrected", "改正合格", "件", "本年复查合格的"),
    Figure("passed_on", "转为线索", "件", "本年由检查结果登记为线索的"),
    Figure("penalised", "行政处罚", "件", "本年作出行政处罚决定的案件，不论线索从哪里来"),
    Figure("penalised_found", "检查发现的处罚", "件", "其中线索来源为监督检查的"),
    Figure("referred", "移送公安", "件", "本年提出并已送达的涉罪移送，不论线索从哪里来"),
    Figure("referred_found", "检查发现的移送", "件", "其中线索来源为监督检查的"),
    Figure("due", "应按期", "个", "计划、抽取、检查、预警在本年届满、已办结或者已逾期的时限"),
    Figure("kept", "按期", "个", "其中在期限内办结的"),
    Figure("warned", "预警", "件", "本年的风险预警"),
    Figure("acted", "预警后处置", "件", "其中已推送、会商或者登记为线索的"),
    Figure("declined", "不参加联合", "次", "部门不参加联合抽取、联合检查的；理由写在记录里"),
)
"""In the order in which the tables show them."""
BY_ID: Mapping[str, Figure] = {one.id: one for one in FIGURES}
UNTOLD = ""
"""The key of rows that name no matter."""


@dataclass(frozen=True, slots=True)
class Counted:
    """One row behind a figure: what it is called by, whose it is, when it was, and for how much.

    `no`, `title`: of the undertaking or clue it stands in; `of_clue`: which of the two. `plan`: of
    a planned item, its own place. `note`: what is to be said of it besides.
    """

    figure: str
    department: str
    area: str
    day: date
    no: str
    title: str
    matters: tuple[str, ...] = ()
    number: int = 1
    of_clue: bool = False
    plan: str = ""
    note: str = ""


@dataclass(frozen=True)
class PlanItem:
    """An item of a published plan, and the rows that carry it out.

    `departments`, `matters`: those of its words that are known here; `words`: what it says.
    """

    key: str
    no: str
    name: str
    departments: frozenset[str]
    matters: frozenset[str]
    words: Mapping[str, str]

    def holds(self, row: Counted) -> bool:
        """Whether a row is of this item: itself, or work of its departments on its matters."""
        if row.figure == "planned":
            return row.plan == self.key
        return row.department in self.departments and bool(self.matters & set(row.matters))


@dataclass(frozen=True)
class Line:
    """Figures of one matter, department, county, plan item or pilot; what is missing is none."""

    key: str
    label: str
    numbers: Mapping[str, int]

    def of(self, figure: str) -> int:
        """One figure."""
        return self.numbers.get(figure, 0)


Belongs = Callable[[Counted], Iterable[str]]
"""The keys of the lines that a row is counted in."""


def line_of(key: str, label: str, rows: Iterable[Counted]) -> Line:
    """The figures of some rows."""
    found: Counter[str] = Counter()
    for one in rows:
        found[one.figure] += one.number
    return Line(key, label, found)


def lines_by(rows: Iterable[Counted], labels: Mapping[str, str], belongs: Belongs) -> list[Line]:
    """The figures by key, in the order of `labels`; a row of several keys counts in each."""
    found: dict[str, Counter[str]] = {}
    for one in rows:
        for key in belongs(one):
            found.setdefault(key, Counter())[one.figure] += one.number
    known = [key for key in labels if key in found]
    return [Line(key, labels[key], found[key]) for key in known]


def of_department(row: Counted) -> tuple[str, ...]:
    """Whose row it is."""
    return (row.department,)


def of_county(row: Counted) -> tuple[str, ...]:
    """In which area its department is."""
    return (row.area,)


def of_matter(row: Counted) -> tuple[str, ...]:
    """Every matter it is about."""
    return row.matters or (UNTOLD,)
