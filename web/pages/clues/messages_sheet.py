"""The messages of a list as a table to take away, with what this person made of each."""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from documents.output.table_files import Cell, Column, Sheet
from domain.tables.work import InboxMessage
from web.request.desk import Desk
from web.request.unread import newest_of
from web.views.message_groups import message_groups

PORTION, MOST_ROWS = 500, 20_000
COLUMNS = (
    Column("时间", 17), Column("编号", 15), Column("要办或者知悉", 12), Column("标题", 40),
    Column("内容", 60), Column("本人已读", 9), Column("本人已收到", 10), Column("其他收到的人", 20),
    Column("所提醒的时限", 12),
)  # fmt: skip


def messages_sheet(desk: Desk, conditions: Sequence[ColumnElement[bool]]) -> Sheet:
    """The person's own messages under these conditions, the newest first."""
    return Sheet("消息", COLUMNS, _rows(desk, conditions))


def _rows(desk: Desk, conditions: Sequence[ColumnElement[bool]]) -> Iterator[tuple[Cell, ...]]:
    ids = [one for (one,) in desk.session.execute(newest_of(desk.actor, conditions, MOST_ROWS))]
    for start in range(0, len(ids), PORTION):
        query = select(InboxMessage).where(col(InboxMessage.id).in_(ids[start : start + PORTION]))
        found = list(desk.session.exec(query.order_by(col(InboxMessage.id).desc())))
        told = {
            line.message.id: (group, line)
            for group in message_groups(desk, found)
            for line in group.lines
        }
        for one in found:
            group, line = told[one.id]
            yield (
                one.created_at, group.link.number if group.link else "",
                "要办" if group.waits else "知悉", one.title, one.body,
                "是" if line.is_read else "", "是" if line.is_received else "",
                "、".join(line.others), "已了结" if line.is_settled else "",
            )  # fmt: skip
