"""消息: what was told to a person, his chairs and his department's desk."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy import ColumnElement
from sqlmodel import col, select
from starlette.responses import Response

from domain.tables.work import InboxMessage
from web.request.desk import AtDesk
from web.request.menu import Entry
from web.request.render import page
from web.request.unread import newest_of, settled, unread_by
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
        conditions += [unread_by(desk.actor, col(InboxMessage.id)), ~settled()]
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
