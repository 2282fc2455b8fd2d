"""消息: what was told to a person, his chairs and his department's desk."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select
from starlette.responses import Response

from documents.output.table_files import Cell, Column, Sheet
from domain.limits.limit import start_of_day
from domain.tables.work import InboxMessage, MessageRead
from flows.rows.statements import ask
from flows.site.store import transaction
from flows.site.word_search import texts_have
from web.forms.days import day_or_none
from web.forms.list_bar import COUNTED, ListShape, Narrowing, bar_of, days, order
from web.request.desk import AtDesk, Desk
from web.request.menu import Entry
from web.request.render import page
from web.request.unread import Reader, addressed_to, is_new_to, newest_of, own_messages, unread_by
from web.views.message_groups import about_waiting, message_groups
from web.views.supervisor_view import excel_file

router = APIRouter()
MENU = (Entry("消息", "/messages", order=20),)
PAGE = 30
VIEWS = ("unread", "waiting", "")
"""未读, 要办, and all of them."""


OLDEST = "oldest"
NARROWINGS = (
    Narrowing("q", "字词", hint="线索编号、文号、内容"),
    *days("日期"),
    order({"": "最新的在前", OLDEST: "最早的在前"}),
)
PORTION, MOST_ROWS = 500, 20_000
COLUMNS = (
    Column("时间", 17), Column("编号", 15), Column("要办或者知悉", 12), Column("标题", 40),
    Column("内容", 60), Column("本人已读", 9), Column("本人已收到", 10), Column("其他收到的人", 20),
    Column("所提醒的时限", 12),
)  # fmt: skip
Short = Annotated[str, Field(max_length=100)]


class MessagesAddress(BaseModel):
    """What stands after the question mark of the messages' address.

    `only`: `unread`, or `waiting`: what is about a step that waits for this person.
    """

    only: Short = ""
    q: Short = ""
    since: Short = ""
    until: Short = ""
    sort: Short = ""
    before: Annotated[int, Field(ge=0, lt=2**31)] = 0


Asked = Annotated[MessagesAddress, Query()]


@router.get("/messages")
def messages(desk: AtDesk, asked: Asked) -> Response:
    """The newest messages first, or the oldest; those of one clue together."""
    shape = ListShape("/messages", NARROWINGS, "/messages.xlsx", {"only": asked.only})
    found = _own(desk, asked, COUNTED)
    told = asked.model_dump(include={"q", "since", "until", "sort"})
    bar = bar_of(desk, shape, told, len(found))
    if asked.before:
        found = _own(desk, asked, PAGE + 1, before=asked.before)
    shown = found[:PAGE]
    return page(
        desk.request,
        "clues/messages.html",
        groups=message_groups(desk, shown),
        only=asked.only,
        bar=bar,
        newer=bar.address if asked.before else "",
        older=bar.turned("before", shown[-1] if len(found) > PAGE else 0),
    )


def _own(desk: Desk, asked: MessagesAddress, size: int, before: int = 0) -> list[int]:
    """The ids of the person's own messages that are asked for, the newest or oldest first."""
    oldest = asked.sort == OLDEST
    conditions = _conditions(desk, asked)
    if not conditions:
        asking = own_messages(desk.office, desk.actor, size, oldest=oldest, before=before)
        return [one.id for one in ask(desk.session.connection(), asking)[0]]
    if before:
        key = col(InboxMessage.id)
        conditions.append(key > before if oldest else key < before)
    wanted = newest_of(Reader.of(desk.office, desk.actor), conditions, size, oldest=oldest)
    return [one or 0 for one in desk.session.execute(wanted).scalars()]


@router.get("/messages.xlsx")
def take(desk: AtDesk, asked: Asked) -> Response:
    """The same messages as a file."""
    return excel_file(desk, _sheet(desk, asked))


def _conditions(desk: Desk, asked: MessagesAddress) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.only == "unread":
        unread = unread_by(desk.actor.id, col(InboxMessage.id))
        found += [unread, is_new_to(Reader.of(desk.office, desk.actor))]
    if asked.only == "waiting":
        found.append(about_waiting(desk))
    if asked.q.strip():
        found.append(texts_have([col(InboxMessage.title), col(InboxMessage.body)], asked.q))
    since, until = day_or_none(asked.since), day_or_none(asked.until)
    if since:
        found.append(col(InboxMessage.created_at) >= start_of_day(since))
    if until and until < date.max:
        found.append(col(InboxMessage.created_at) < start_of_day(until + timedelta(days=1)))
    return found


@router.post("/messages/read")
def read(
    desk: AtDesk,
    which: Annotated[list[int], Form()],
    only: Annotated[str, Form()] = "",
    received: Annotated[str, Form()] = "",
) -> Response:
    """Messages are read by this person; `received`: he acknowledges them by name.

    Nobody else's are read by that, and what is only read is not acknowledged: silence climbs on.
    """
    with transaction(desk.office.engine) as session:
        query = select(InboxMessage).where(
            addressed_to(desk.office, desk.actor), col(InboxMessage.id).in_(which[: PAGE * 2])
        )
        for one in session.exec(query):
            _mark(session, desk, one, acknowledged=received == "yes")
    return RedirectResponse(f"/messages?only={only if only in VIEWS else ''}", 303)


def _mark(session: Session, desk: Desk, message: InboxMessage, *, acknowledged: bool) -> None:
    row = session.get(MessageRead, (message.id, desk.actor.id)) or MessageRead(
        message_id=message.id or 0, user_id=desk.actor.id, read_at=desk.now
    )
    row.acknowledged = row.acknowledged or acknowledged
    session.add(row)
    if acknowledged:
        message.read_at = message.read_at or desk.now
        message.acknowledged_at = message.acknowledged_at or desk.now
        session.add(message)


# --- the file ------------------------------------------------------------------------------------


def _sheet(desk: Desk, asked: MessagesAddress) -> Sheet:
    """The person's own messages that are asked for, the newest first or the oldest."""
    ids = _own(desk, asked, MOST_ROWS)
    return Sheet("消息", COLUMNS, _cells(desk, ids))


def _cells(desk: Desk, ids: Sequence[int]) -> Iterator[tuple[Cell, ...]]:
    for start in range(0, len(ids), PORTION):
        portion = ids[start : start + PORTION]
        told = {
            line.message.id: (group, line)
            for group in message_groups(desk, portion)
            for line in group.lines
        }
        for group, line in (told[one] for one in portion):
            one = line.message
            yield (
                one.created_at, group.link.number if group.link else "",
                "要办" if group.waits else "知悉", one.title, one.body,
                "是" if line.is_read else "", "是" if line.is_received else "",
                "、".join(line.others), "已了结" if line.is_settled else "",
            )  # fmt: skip
