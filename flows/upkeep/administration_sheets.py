"""Lists of an administrator as tables to take away: departments, and what stood still."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from documents.output.table_files import Cell, Column, Sheet
from domain.rulebook.rulebook import Rulebook
from flows.afterwards.follow_up_list import FollowUpLine, Narrow, list_follow_ups
from flows.upkeep.department_keeping import KINDS
from flows.upkeep.department_tree import Area, tree_of
from flows.workbench.whole_list import whole_list

DEPARTMENTS = (
    Column("地区", 16), Column("部门编号", 22), Column("名称", 32), Column("机关代字", 12),
    Column("类别", 14), Column("职能", 18), Column("上级机关", 32), Column("电话", 16),
    Column("电子邮箱", 24), Column("地址", 36), Column("情况", 10),
)  # fmt: skip
FOLLOW_UPS = (
    Column("编号", 8), Column("线索编号", 15), Column("环节", 14), Column("事项", 18),
    Column("状态", 12), Column("自", 17), Column("已试次数", 9), Column("错误", 60),
)  # fmt: skip


def departments_sheet(rules: Rulebook) -> Sheet:
    """Every department by area, as it stands today."""
    return Sheet("部门", DEPARTMENTS, _departments(rules, tree_of(rules.departments)))


def _departments(rules: Rulebook, areas: Iterable[Area]) -> Iterator[tuple[Cell, ...]]:
    for area in areas:
        for key, one in area.departments:
            above = rules.departments.get(one.superior or "")
            yield (
                area.name, key, one.name, one.short, KINDS[one.kind],
                rules.functions.get(one.function, one.function), above.name if above else "",
                one.phone, one.email, one.address, "已停用" if one.closed else "",
            )  # fmt: skip
        yield from _departments(rules, area.below)


def follow_ups_sheet(session: Session, narrow: Narrow, now: datetime) -> Sheet:
    """What the list holds, the newest first."""

    def lines(before: int) -> tuple[tuple[FollowUpLine, ...], int]:
        return list_follow_ups(session, replace(narrow, before=before), now)

    return Sheet("后续事项", FOLLOW_UPS, map(_follow_up, whole_list(session, lines)))


def _follow_up(line: FollowUpLine) -> tuple[Cell, ...]:
    row = line.row
    return (
        row.id, row.clue_no, line.stage, line.task, line.state, line.since, row.attempts,
        row.last_error,
    )  # fmt: skip
