"""消息: what was told to a person, his chairs and his department's desk."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse
from sqlalchemy import ColumnElement
from sqlmodel import col, select
from starlette.responses import Response

from domain.tables.dossier import Dossier
from domain.tables.work import InboxMessage
from flows.door.page_paths import page_path
from flows.site.store import transaction
from web.request.desk import AtDesk, Desk
from web.request.menu import Entry
from web.request.render import page
from web.request.unread import addressed_to, newest_of

router = APIRouter()
MENU = (Entry("消息", "/messages", order=20),)
PAGE = 30


@dataclass(frozen=True)
class Link:
    """What a message is about: a clue or undertaking, and where its page is."""

    label: str
    number: str
    path: str


@router.get("/messages")
def messages(
    desk: AtDesk, only: str = "", before: Annotated[int, Query(ge=0, lt=2**31)] = 0
) -> Response:
    """The newest messages first."""
    conditions: list[ColumnElement[bool]] = []
    if only == "unread":
        conditions.append(col(InboxMessage.read_at).is_(None))
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
        messages=shown,
        links=_links(desk, shown),
        only=only,
        older=older,
    )


@router.post("/messages/read")
def read(
    desk: AtDesk, which: Annotated[list[int], Form()], only: Annotated[str, Form()] = ""
) -> Response:
    """Messages are read and acknowledged: silence would climb on."""
    with transaction(desk.office.engine) as session:
        query = select(InboxMessage).where(
            addressed_to(desk.actor), col(InboxMessage.id).in_(which[: PAGE * 2])
        )
        for one in session.exec(query):
            one.read_at = one.read_at or desk.now
            one.acknowledged_at = one.acknowledged_at or desk.now
            session.add(one)
    return RedirectResponse(f"/messages?only={'unread' if only == 'unread' else ''}", 303)


def _links(desk: Desk, shown: list[InboxMessage]) -> dict[int, Link]:
    """By dossier: what it is called, its number, and its page."""
    ids = {one.clue_id for one in shown if one.clue_id is not None}
    lifecycles = desk.office.rules.lifecycles
    rows = desk.session.exec(select(Dossier).where(col(Dossier.id).in_(ids)))
    return {
        one.id or 0: Link(lifecycles[one.kind].label, one.no, page_path(one.kind, one.no))
        for one in rows
    }
