"""The rows of the yearly report: figures with the annex that holds their rows, and the annex."""

from collections.abc import Iterable, Mapping, Sequence

from domain.assessment.figures import FIGURES, Counted, Figure, Line
from flows.assessment.assessed import VIEWS, Assessed

Row = dict[str, str]
SEPARATE = (
    ("计划", ("planned",)),
    ("抽中", ("drawn",)),
    ("检查", ("visited",)),
    ("上门", ("doors",)),
    ("少上门", ("saved",)),
    ("发现", ("found",)),
    ("改正", ("corrected", "ordered")),
    ("转线索", ("passed_on",)),
    ("处罚", ("penalised", "penalised_found")),
    ("移送", ("referred", "referred_found")),
    ("按期", ("kept", "due")),
    ("预警", ("acted", "warned")),
    ("不参加", ("declined",)),
)
"""The columns of a paper's table: figures that belong together share one."""
NAME = "名称"
MOST = 3000
"""So many rows are printed; what is beyond stands in the table that is taken away."""


def report_form(found: Assessed) -> dict[str, object]:
    """What the program records with a report: the figures, the lines of every view, the rows."""
    shown = [one for one in FIGURES if found.whole.of(one.id)]
    form: dict[str, object] = {
        "figures": [_figure(one, place, found.whole) for place, one in enumerate(shown, start=1)],
        **{f"by_{one.id}": lines_as_rows(found.lines(one.id)) for one in VIEWS},
        "rows": _annex(found, shown),
        "row_count": sum(len(found.behind(one.id)) for one in shown),
    }
    return {name: value for name, value in form.items() if value != []}


def _figure(figure: Figure, place: int, whole: Line) -> Row:
    number = f"{whole.of(figure.id)}{figure.unit}"
    return {"指标": figure.label, "数": number, "怎样统计": figure.meaning, "附表": f"附表{place}"}


def lines_as_rows(lines: Iterable[Line]) -> list[Row]:
    """Lines as the rows of a paper's table."""
    return [{NAME: one.label, **{head: _cell(one, of) for head, of in SEPARATE}} for one in lines]


def _cell(line: Line, of: Sequence[str]) -> str:
    first = str(line.of(of[0]))
    if len(of) == 1:
        return first
    second = line.of(of[1])
    return f"{first}（{second}）" if of[1].endswith("_found") else f"{first}/{second}"


def _annex(found: Assessed, shown: Sequence[Figure]) -> list[Row]:
    rows = [
        _row(found, one, f"附表{place} {figure.label}")
        for place, figure in enumerate(shown, start=1)
        for one in reversed(found.behind(figure.id))
    ]
    return rows[:MOST]


def _row(found: Assessed, one: Counted, annex: str) -> Row:
    return {"附表": annex, **told_of(found, one)}


def told_of(found: Assessed, one: Counted) -> Row:
    """One row in words: where it stands, whose it is, about what, when, and for how much."""
    rules = found.span.rules
    matters: Mapping[str, str] = {key: rule.name for key, rule in rules.matters.items()}
    return {
        "编号": one.no,
        "名称": one.title,
        "部门": rules.departments[one.department].name,
        "事项": "、".join(matters.get(key, key) for key in one.matters),
        "日期": one.day.isoformat(),
        "数": str(one.number),
        "说明": one.note,
    }
