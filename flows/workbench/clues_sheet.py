"""A list of clues as a table to take away."""

from collections.abc import Iterator

from sqlmodel import Session

from documents.output.table_files import Cell, Column, Sheet
from flows.lists.list_filters import Wanted
from flows.lists.worklist import read_page
from flows.people.viewer import Viewer

MOST_ROWS = 5000
COLUMNS = (
    Column("线索编号", 15), Column("标题", 40), Column("当事人", 28), Column("地点", 28),
    Column("状态", 16), Column("所在部门", 28), Column("承办人", 12), Column("收到时间", 18),
    Column("最先届满的时限", 24), Column("届满时间", 18), Column("下一步", 20),
)  # fmt: skip


def clues_sheet(session: Session, viewer: Viewer, wanted: Wanted) -> Sheet:
    """What the list holds from where it begins, in its order; the reporter is never in it."""
    return Sheet("线索清单", COLUMNS, _rows(session, viewer, wanted))


def _rows(session: Session, viewer: Viewer, wanted: Wanted) -> Iterator[tuple[Cell, ...]]:
    for one in read_page(session, viewer, wanted, MOST_ROWS).lines:
        clue, clock = one.clue, one.clock
        yield (
            clue.no, clue.title, clue.subject_name, clue.place, one.state, one.holder,
            one.handler, clue.received_at, clock.label if clock else "",
            clock.due_at if clock else None, one.next_actor,
        )  # fmt: skip
