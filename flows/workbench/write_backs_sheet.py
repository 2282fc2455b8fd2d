"""The write-backs of a desk as a table to take away: what was told, how often, with what result."""

from collections.abc import Sequence

from sqlmodel import Session

from documents.output.table_files import Cell, Column, Sheet
from flows.afterwards.write_back_rows import State
from flows.lists.write_back_list import STATES, WriteBackLine, write_backs
from flows.people.viewer import Viewer
from flows.workbench.whole_list import whole_list

COLUMNS = (
    Column("产生时间", 17), Column("线索编号", 15), Column("外部编号", 20), Column("标题", 36),
    Column("操作", 16), Column("状态", 12), Column("已试次数", 9), Column("完成时间", 17),
    Column("错误", 40), Column("答复期限", 17), Column("回写内容", 60),
)  # fmt: skip


def write_backs_sheet(session: Session, viewer: Viewer, state: State) -> Sheet:
    """What the list holds, in its order."""

    def lines(before: int) -> tuple[Sequence[WriteBackLine], int]:
        found = write_backs(session, viewer, state, before)
        return found.lines, found.older

    return Sheet("热线回写", COLUMNS, map(_cells, whole_list(session, lines)))


def _cells(line: WriteBackLine) -> tuple[Cell, ...]:
    row = line.row
    return (
        row.created_at, row.no, row.outside_no, row.title, line.action, STATES[line.state],
        row.attempts, row.done_at, row.last_error, line.reply.due_at if line.reply else None,
        "；".join(f"{heading}：{text}" for heading, text in line.told),
    )  # fmt: skip
