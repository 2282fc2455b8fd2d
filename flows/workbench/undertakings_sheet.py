"""A list of undertakings of any kind as a table to take away."""

from collections.abc import Iterator
from dataclasses import replace

from sqlmodel import Session

from documents.output.table_files import Cell, Column, Sheet
from flows.lists.undertaking_list import UndertakingLine, WantedUndertakings, undertakings
from flows.people.viewer import Viewer
from flows.workbench.whole_list import whole_list

COLUMNS = (
    Column("编号", 15), Column("标题", 40), Column("部门", 28), Column("状态", 16),
    Column("提出时间", 18), Column("最先届满的时限", 24), Column("届满时间", 18),
)  # fmt: skip


def list_sheet(session: Session, viewer: Viewer, wanted: WantedUndertakings) -> Sheet:
    """What a list of `flows.lists.undertaking_list` holds, in its order."""
    label = viewer.office.rules.lifecycles[wanted.kind].label
    return Sheet(f"{label}清单", COLUMNS, _rows(session, viewer, wanted))


def _rows(
    session: Session, viewer: Viewer, wanted: WantedUndertakings
) -> Iterator[tuple[Cell, ...]]:
    def lines(place: int) -> tuple[tuple[UndertakingLine, ...], int]:
        found = undertakings(session, viewer, replace(wanted, place=place))
        return found.lines, found.older

    for one in whole_list(session, lines):
        row, clock = one.row, one.clock
        yield (
            row.no, row.title, one.holder, one.state, row.opened_at,
            clock.label if clock else "", clock.due_at if clock else None,
        )  # fmt: skip
