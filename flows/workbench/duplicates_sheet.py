"""The pairs that wait to be compared as a table to take away."""

from collections.abc import Iterator

from sqlmodel import Session

from documents.output.table_files import Cell, Column, Sheet
from flows.people.viewer import Viewer
from flows.workbench.duplicate_lines import Wanted
from flows.workbench.duplicate_queue import PairedClue, open_pairs, waiting_groups

COLUMNS = (
    Column("组", 6), Column("线索编号", 15), Column("标题", 36), Column("当事人", 24),
    Column("地点", 28), Column("收到时间", 17), Column("疑似重复的线索", 15),
    Column("其标题", 36), Column("其当事人", 24), Column("其地点", 28), Column("其收到时间", 17),
    Column("其状态", 12), Column("提示理由", 44), Column("提示时间", 17),
)  # fmt: skip


def duplicates_sheet(session: Session, viewer: Viewer, wanted: Wanted) -> Sheet:
    """What the queue holds, group by group; what people wrote in full is not in it."""
    return Sheet("疑似重复", COLUMNS, _rows(session, viewer, wanted))


def _rows(session: Session, viewer: Viewer, wanted: Wanted) -> Iterator[tuple[Cell, ...]]:
    states = viewer.office.rules.lifecycles["clue"].states
    for place, ids in enumerate(waiting_groups(session, viewer, wanted), start=1):
        pairs = open_pairs(session, viewer, ids)
        for pair in (pairs[one] for one in ids if one in pairs):
            yield (
                place, *_told(pair.later), *_told(pair.master), states[pair.master.state].label,
                pair.reason, pair.raised_at,
            )  # fmt: skip


def _told(clue: PairedClue) -> tuple[Cell, ...]:
    return clue.no, clue.title, clue.subject_name, clue.place, clue.received_at
