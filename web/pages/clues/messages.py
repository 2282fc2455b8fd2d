"""消息: what was told to a person, his chairs and his department's desk."""

from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select
from starlette.responses import Response

from domain.tables.work import InboxMessage, MessageRead
from flows.afterwards.notice_wishes import is_uncounted
from flows.site.store import transaction
from web.request.desk import AtDesk, Desk
from web.request.menu import Entry
from web.request.render import page
from web.request.unread import addressed_to, newest_of, settled, unread_by
from web.views.message_groups import about_waiting, message_groups

router = APIRouter()
MENU = (Entry("消息", "/messages", order=20),)
PAGE = 30
VIEWS = ("unread", "waiting", "")
"""未读, 要办, and all of them."""


@router.get("/messages")
def messages(
    desk: AtDesk, only: str = "", before: Annotated[int, Query(ge=0, lt=2**31)] = 0
) -> Response:
    """The newest messages first, those of one clue together.

    `only`: `unread`, or `waiting`: what is about a step that waits for this person.
    """
    conditions: list[ColumnElement[bool]] = []
    if only == "unread":
        unread = unread_by(desk.actor, col(InboxMessage.id))
        conditions += [unread, ~settled(), ~is_uncounted(desk.actor)]
    if only == "waiting":
        conditions.append(about_waiting(desk))
    if before:
        conditions.append(col(InboxMessage.id) < before)
    wanted = newest_of(desk.actor, conditions, PAGE + 1)
    query = select(InboxMessage).where(col(InboxMessage.id).in_(wanted))
    found = list(desk.session.exec(query.order_by(col(InboxMessage.id).desc())))
    shown = found[:PAGE]
    older = f"/messages?only={only}&before={shown[-1].id}" if len(found) > PAGE else ""
    return page(
        desk.request,
        "clues/messages.html",
        groups=message_groups(desk, shown),
        only=only,
        older=older,
    )


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
