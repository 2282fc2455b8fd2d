"""The assessment to take away: the figures by line, and the rows behind a figure."""

from collections.abc import Iterable

from documents.output.table_files import Cell, Column, Sheet
from domain.assessment.figures import BY_ID, FIGURES
from flows.assessment.assessed import BY_VIEW, Assessed
from flows.assessment.report_rows import told_of


def lines_sheet(found: Assessed, view: str) -> Sheet:
    """A row for every line of a view and one for the whole, a column for every figure."""
    label = BY_VIEW[view].label
    heads = (Column(label, 30), *(Column(f"{one.label}（{one.unit}）", 11) for one in FIGURES))
    rows: Iterable[tuple[Cell, ...]] = (
        (one.label, *(one.of(figure.id) for figure in FIGURES))
        for one in [*found.lines(view), found.whole]
    )
    return Sheet(f"{found.span.year}年综合监管评估（按{label}）", heads, rows)


_ROW = (
    Column("编号", 16), Column("名称", 44), Column("部门", 28), Column("监管事项", 30),
    Column("日期", 12), Column("数", 6), Column("说明", 40),
)  # fmt: skip


def rows_sheet(found: Assessed, figure: str, view: str = "", key: str = "") -> Sheet:
    """The rows of a figure, of one line of a view where that is named."""
    named = found.label(view, key)
    title = f"{found.span.year}年{BY_ID[figure].label}{f'（{named}）' if named else ''}"
    told = (told_of(found, one) for one in found.behind(figure, view, key))
    rows: Iterable[tuple[Cell, ...]] = (
        (
            one["编号"],
            one["名称"],
            one["部门"],
            one["事项"],
            one["日期"],
            int(one["数"]),
            one["说明"],
        )
        for one in told
    )
    return Sheet(title, _ROW, rows)
