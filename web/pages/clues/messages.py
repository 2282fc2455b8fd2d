"""消息: what was told to a person, his chairs and his department's desk."""

from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse
from pydantic import BaseModel, Field
from sqlalchemy import ColumnElement, func
from sqlmodel import Session, col, select
from starlette.responses import Response

from domain.limits.limit import start_of_day
from domain.tables.work import InboxMessage, MessageRead
from flows.afterwards.notice_wishes import is_uncounted
from flows.site.store import transaction
from flows.site.word_search import texts_have
from web.forms.days import day_or_none
from web.forms.list_bar import COUNTED, ListShape, Narrowing, bar_of, days
from web.pages.clues.messages_sheet import messages_sheet
from web.request.desk import AtDesk, Desk
from web.request.menu import Entry
from web.request.render import page
from web.request.unread import addressed_to, newest_of, settled, unread_by
from web.views.message_groups import about_waiting, message_groups
from web.views.supervisor_view import excel_file

router = APIRouter()
MENU = (Entry("消息", "/messages", order=20),)
PAGE = 30
VIEWS = ("unread", "waiting", "")
"""未读, 要办, and all of them."""


NARROWINGS = (Narrowing("q", "字词", hint="线索编号、文号、内容"), *days("日期"))
Short = Annotated[str, Field(max_length=100)]


class MessagesAddress(BaseModel):
    """What stands after the question mark of the messages' address.

    `only`: `unread`, or `waiting`: what is about a step that waits for this person.
    """

    only: Short = ""
    q: Short = ""
    since: Short = ""
    until: Short = ""
    before: Annotated[int, Field(ge=0, lt=2**31)] = 0


Asked = Annotated[MessagesAddress, Query()]


@router.get("/messages")
def messages(desk: AtDesk, asked: Asked) -> Response:
    """The newest messages first, those of one clue together."""
    conditions = _conditions(desk, asked)
    shape = ListShape("/messages", NARROWINGS, "/messages.xlsx", {"only": asked.only})
    counted = newest_of(desk.actor, conditions, COUNTED).subquery()
    total = desk.session.exec(select(func.count()).select_from(counted)).one()
    bar = bar_of(desk, shape, asked.model_dump(include={"q", "since", "until"}), total)
    if asked.before:
        conditions.append(col(InboxMessage.id) < asked.before)
    wanted = newest_of(desk.actor, conditions, PAGE + 1)
    query = select(InboxMessage).where(col(InboxMessage.id).in_(wanted))
    found = list(desk.session.exec(query.order_by(col(InboxMessage.id).desc())))
    shown = found[:PAGE]
    return page(
        desk.request,
        "clues/messages.html",
        groups=message_groups(desk, shown),
        only=asked.only,
        bar=bar,
        newer=bar.address if asked.before else "",
        older=bar.turned("before", shown[-1].id if len(found) > PAGE else 0),
    )


@router.get("/messages.xlsx")
def take(desk: AtDesk, asked: Asked) -> Response:
    """The same messages as a file."""
    return excel_file(desk, messages_sheet(desk, _conditions(desk, asked)))


def _conditions(desk: Desk, asked: MessagesAddress) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if asked.only == "unread":
        unread = unread_by(desk.actor, col(InboxMessage.id))
        found += [unread, ~settled(), ~is_uncounted(desk.actor)]
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
            addressed_to(desk.actor), col(InboxMessage.id).in_(which[: PAGE * 2])
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
