"""The undertakings of a list as a table to take away: a row for every department addressed."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from sqlmodel import Session, col, select

from documents.output.table_files import Cell, Column, Sheet
from domain.lifecycle.plan import NEW
from domain.tables.process import Clock, Process
from flows.door.visible_undertakings import sees_whole
from flows.lists.clue_listing import clock_line
from flows.lists.registers import Narrow
from flows.lists.undertaking_list import UndertakingLine, WantedUndertakings, undertakings
from flows.people.actors import system_actor
from flows.people.viewer import Viewer
from flows.site.office import Office

UNDERTAKINGS = (
    Column("编号", 15), Column("标题", 40), Column("发出部门", 26), Column("状态", 14),
    Column("拟稿时间", 17), Column("签发时间", 17), Column("收件部门", 26), Column("情况", 16),
    Column("签收时间", 17), Column("签收人", 12), Column("反馈期限", 12), Column("反馈内容", 48),
    Column("逾期", 6),
)  # fmt: skip
ALL = WantedUndertakings("circular")


def undertakings_sheet(session: Session, viewer: Viewer, wanted: WantedUndertakings) -> Sheet:
    """The undertakings of a list of `flows.lists.undertaking_list`, in its order.

    An addressee has the rows of his own department; the sender and the supervision have all.
    """
    label = viewer.office.rules.lifecycles[wanted.kind].label
    return Sheet(label, UNDERTAKINGS, _rows(session, viewer, wanted))


def circulars_register(session: Session, office: Office, narrow: Narrow) -> Sheet:
    """All circulars, narrowed to a sender, a state or the days on which they were drafted.

    Whoever may not see all takes them from his own list: `narrow.seen` speaks of clues only, and
    with it this register is empty.
    """
    viewer = Viewer(office, system_actor(office.settings.desk), narrow.now)
    rows = () if narrow.seen is not None else _rows(session, viewer, ALL, narrow)
    return Sheet(office.rules.lifecycles["circular"].label, UNDERTAKINGS, rows)


def _rows(
    session: Session, viewer: Viewer, wanted: WantedUndertakings, narrow: Narrow | None = None
) -> Iterator[tuple[Cell, ...]]:
    wanted = replace(wanted, place=0)
    while True:
        found = undertakings(session, viewer, wanted)
        lines = [one for one in found.lines if narrow is None or _fits(one, narrow)]
        yield from _rows_of(session, viewer, lines)
        if not found.older:
            return
        wanted = replace(wanted, place=found.older)


def _fits(line: UndertakingLine, narrow: Narrow) -> bool:
    row = line.row
    return (
        narrow.department in {"", row.department_id}
        and narrow.state in {"", row.state}
        and (narrow.since is None or row.opened_at >= narrow.since)
        and (narrow.until is None or row.opened_at < narrow.until)
    )


def _rows_of(
    session: Session, viewer: Viewer, lines: Sequence[UndertakingLine]
) -> Iterable[tuple[Cell, ...]]:
    ids = [one.row.id for one in lines]
    query = select(Process).where(col(Process.clue_id).in_(ids)).order_by(col(Process.id))
    beside: dict[int, list[Process]] = {}
    for process in session.exec(query):
        beside.setdefault(process.clue_id, []).append(process)
    clocks = session.exec(select(Clock).where(col(Clock.clue_id).in_(ids))).all()
    late = {one.process_id for one in clocks if clock_line(viewer.office, one, viewer.now).late}
    for line in lines:
        whole = sees_whole(viewer.office, viewer.actor, line.row)
        addressed: list[Process | None] = [
            one
            for one in beside.get(line.row.id or NEW, ())
            if whole or one.department_id == viewer.actor.department
        ]
        for receipt in addressed or [None]:
            yield (*_of_circular(line), *_of_receipt(viewer, receipt, late))


def _of_circular(line: UndertakingLine) -> tuple[Cell, ...]:
    row = line.row
    issued = str(row.facts.get("issued_at") or "")
    return (row.no, row.title, line.holder, line.state, row.opened_at, _moment(issued))


def _of_receipt(viewer: Viewer, receipt: Process | None, late: set[int]) -> tuple[Cell, ...]:
    if receipt is None:
        return ("", "", None, "", None, "", "")
    rules, facts = viewer.office.rules, receipt.facts
    due = str(facts.get("answer_due") or "")
    return (
        rules.departments[receipt.department_id].name,
        rules.lifecycles[receipt.kind].states[receipt.state].label,
        _moment(str(facts.get("signed_at") or "")), str(facts.get("signed_by") or ""),
        date.fromisoformat(due) if due else None, str(facts.get("answer") or ""),
        "是" if receipt.id in late else "",
    )  # fmt: skip


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
