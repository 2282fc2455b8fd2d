"""消息: what was told to a person, his chairs and his department's desk."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Form, Query
from fastapi.responses import RedirectResponse
from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select
from starlette.responses import Response

from domain.tables.dossier import Dossier
from domain.tables.people import User
from domain.tables.work import InboxMessage, MessageRead
from flows.door.page_paths import page_path
from flows.site.store import transaction
from web.request.desk import AtDesk, Desk
from web.request.menu import Entry
from web.request.render import page
from web.request.unread import addressed_to, newest_of, unread_by

router = APIRouter()
MENU = (Entry("消息", "/messages", order=20),)
PAGE = 30
PLACES = {"discretion.": ("裁量基准", "/rules/discretion")}
"""Where that is which a message without a clue is about, by the beginning of its kind."""


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
        conditions.append(unread_by(desk.actor, col(InboxMessage.id)))
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
        reads=_reads(desk, shown),
        links=_links(desk, shown),
        places=_places(shown),
        only=only,
        older=older,
    )


def _places(shown: list[InboxMessage]) -> dict[int | None, tuple[str, str]]:
    """The page of what a message is about, where that is no clue: its name and its address."""
    return {
        one.id: place
        for one in shown
        for begins, place in PLACES.items()
        if one.kind.startswith(begins)
    }


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
    return RedirectResponse(f"/messages?only={'unread' if only == 'unread' else ''}", 303)


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


@dataclass(frozen=True)
class Reads:
    """Whether this person has read and acknowledged a message, and who else acknowledged it."""

    is_read: bool = False
    is_received: bool = False
    others: tuple[str, ...] = ()


def _reads(desk: Desk, shown: list[InboxMessage]) -> dict[int, Reads]:
    """By message: who read it, oneself and others."""
    ids = [one.id for one in shown]
    query = (
        select(MessageRead, User.name)
        .join(User, col(User.id) == col(MessageRead.user_id))
        .where(col(MessageRead.message_id).in_(ids))
        .order_by(col(MessageRead.read_at))
    )
    rows: dict[int, list[tuple[MessageRead, str]]] = {one.id or 0: [] for one in shown}
    for row, name in desk.session.exec(query):
        rows[row.message_id].append((row, name))
    return {key: _told(desk, found) for key, found in rows.items()}


def _told(desk: Desk, found: list[tuple[MessageRead, str]]) -> Reads:
    own = [row for row, _ in found if row.user_id == desk.actor.id]
    return Reads(
        is_read=bool(own),
        is_received=any(row.acknowledged for row in own),
        others=tuple(
            name for row, name in found if row.acknowledged and row.user_id != desk.actor.id
        ),
    )


def _links(desk: Desk, shown: list[InboxMessage]) -> dict[int, Link]:
    """By dossier: what it is called, its number, and its page."""
    ids = {one.clue_id for one in shown if one.clue_id is not None}
    lifecycles = desk.office.rules.lifecycles
    rows = desk.session.exec(select(Dossier).where(col(Dossier.id).in_(ids)))
    return {
        one.id or 0: Link(lifecycles[one.kind].label, one.no, page_path(one.kind, one.no))
        for one in rows
    }
