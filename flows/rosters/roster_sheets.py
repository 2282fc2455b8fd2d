"""The rosters as tables to take away: what is listed, in its order, with the same columns."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from sqlmodel import Session

from documents.output.table_files import Cell, Column, Sheet
from domain.rulebook.rulebook import Rulebook
from domain.tables.roster import RosterExpert, Subject
from flows.rosters.roster_list import OfficerLine, Wanted, subjects
from flows.workbench.whole_list import whole_list

PORTION = 500
SUBJECTS = (
    Column("名称", 36), Column("类别", 12), Column("代码或编号", 22), Column("地址", 36),
    Column("标签", 36), Column("状态", 12), Column("列入名录", 12), Column("终止日期", 12),
)  # fmt: skip
OFFICERS = (
    Column("姓名", 12), Column("单位", 28), Column("执法证号", 20), Column("有效期至", 12),
    Column("执法领域", 36), Column("提示", 12),
)  # fmt: skip
EXPERTS = (Column("姓名", 12), Column("单位", 36), Column("专业领域", 36))


def subjects_sheet(session: Session, rules: Rulebook, wanted: Wanted, day: date) -> Sheet:
    """The subjects that are wanted, with the tags of a day; no class, contact or telephone."""
    return Sheet("监管对象名录", SUBJECTS, _subjects(session, rules, wanted, day))


def _subjects(
    session: Session, rules: Rulebook, wanted: Wanted, day: date
) -> Iterator[tuple[Cell, ...]]:
    words = rules.rosters
    kinds = {key: one.label for key, one in words.kinds.items()}
    tags = {key: one.label for key, one in words.tags.items()}

    def lines(after: int) -> tuple[list[tuple[Subject, tuple[str, ...]]], int]:
        found = subjects(session, replace(wanted, after=after), day, PORTION)
        return [(one, found.tags.get(one.id or 0, ())) for one in found.rows], found.more

    for one, borne in whole_list(session, lines):
        yield (
            one.name, kinds.get(one.kind, one.kind), one.key, one.address,
            "、".join(tags.get(tag, tag) for tag in borne), words.statuses[one.status].label,
            one.listed_on, one.ceased_on,
        )  # fmt: skip


def officers_sheet(rules: Rulebook, lines: Iterable[OfficerLine]) -> Sheet:
    """The officers of a list, with what is said of their certificates."""
    return Sheet("执法检查人员名录", OFFICERS, (_officer(rules, one) for one in lines))


def _officer(rules: Rulebook, line: OfficerLine) -> tuple[Cell, ...]:
    row = line.row
    said = "已过期" if line.is_over else "即将到期" if line.ends_soon else ""
    return (
        row.name, rules.departments[row.department_id].name, row.certificate_no, row.valid_until,
        "、".join(row.fields), said,
    )  # fmt: skip


def experts_sheet(lines: Iterable[RosterExpert]) -> Sheet:
    """The experts of a list."""
    rows = ((one.name, one.unit, "、".join(one.fields)) for one in lines)
    return Sheet("专家名录", EXPERTS, rows)
