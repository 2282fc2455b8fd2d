"""A list of undertakings of any kind as a table to take away."""

from collections.abc import Iterator

from sqlmodel import Session

from documents.output.table_files import Cell, Column, Sheet
from flows.lists.undertaking_list import undertakings
from flows.people.viewer import Viewer

MOST_PAGES = 200
COLUMNS = (
    Column("编号", 15), Column("标题", 40), Column("部门", 28), Column("状态", 16),
    Column("提出时间", 18), Column("最先届满的时限", 24), Column("届满时间", 18),
)  # fmt: skip


def list_sheet(session: Session, viewer: Viewer, kind: str, view: str) -> Sheet:
    """What a view of `flows.lists.undertaking_list` holds, the newest on top."""
    label = viewer.office.rules.lifecycles[kind].label
    return Sheet(f"{label}清单", COLUMNS, _rows(session, viewer, kind, view))


def _rows(session: Session, viewer: Viewer, kind: str, view: str) -> Iterator[tuple[Cell, ...]]:
    before = 0
    for _ in range(MOST_PAGES):
        found = undertakings(session, viewer, kind, view, before)
        for one in found.lines:
            row, clock = one.row, one.clock
            yield (
                row.no, row.title, one.holder, one.state, row.opened_at,
                clock.label if clock else "", clock.due_at if clock else None,
            )  # fmt: skip
        if not found.older:
            return
        before = found.older
