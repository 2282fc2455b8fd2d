"""Messages as their reader meets them: those of one clue together, what is settled apart."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, SelectBase, union_all
from sqlmodel import col, select

from domain.tables.dossier import Dossier
from domain.tables.people import User
from domain.tables.work import InboxMessage, MessageRead
from flows.door.page_paths import page_path
from flows.imports.background_import import IMPORT
from flows.lists.undertaking_list import waiting_ids
from flows.lists.waiting_work import waiting_clues
from web.request.desk import Desk
from web.request.unread import settled


@dataclass(frozen=True)
class Link:
    """What messages are about: a clue or undertaking, and where its page is."""

    label: str
    number: str
    path: str


PLACES = {
    "discretion.": Link("裁量基准", "", "/rules/discretion"),
    "substitution.": Link("代办", "", "/substitutes"),
}
"""Where that is which a message without a clue is about, by the beginning of its kind."""


@dataclass(frozen=True)
class MessageLine:
    """A message, whether this person has read and acknowledged it, and who else did.

    `is_settled`: the limit that it reminded of has ended; nothing is asked any more. `stead`: the
    absent colleague whom it names and for whom this person stands in.
    """

    message: InboxMessage
    is_read: bool = False
    is_received: bool = False
    is_settled: bool = False
    others: tuple[str, ...] = ()
    stead: str = ""

    @property
    def is_new(self) -> bool:
        """Whether it still wants to be read."""
        return not self.is_read and not self.is_settled


@dataclass(frozen=True)
class MessageGroup:
    """The messages of one clue or undertaking, newest first.

    `waits`: a step of it waits for this person; the rest is for his knowledge.
    """

    link: Link | None
    waits: bool
    lines: tuple[MessageLine, ...]

    @property
    def shown(self) -> tuple[MessageLine, ...]:
        """What stands open: all that is new, and else the newest."""
        return tuple(one for one in self.lines if one.is_new) or self.lines[:1]

    @property
    def folded(self) -> tuple[MessageLine, ...]:
        """What was read before or is settled."""
        return tuple(one for one in self.lines if one not in self.shown)


def message_groups(desk: Desk, messages: Sequence[InboxMessage]) -> list[MessageGroup]:
    """Messages, newest first, by what they are about; each group where its newest stands."""
    links, waiting, lines = _links(desk, messages), _waiting(desk, messages), _lines(desk, messages)
    by_root: dict[int, list[MessageLine]] = {}
    for one in lines:
        by_root.setdefault(one.message.clue_id or -(one.message.id or 0), []).append(one)
    return [
        MessageGroup(links.get(root) or _place(found[0].message), root in waiting, tuple(found))
        for root, found in by_root.items()
    ]


def about_waiting(desk: Desk) -> ColumnElement[bool]:
    """The condition on `InboxMessage` that a step of what it is about waits for this person."""
    viewer = desk.viewer
    ways: SelectBase = union_all(*waiting_clues(viewer.office, viewer.actor), waiting_ids(viewer))
    return col(InboxMessage.clue_id).in_(ways)


def _waiting(desk: Desk, messages: Sequence[InboxMessage]) -> set[int]:
    ids = [one.id for one in messages]
    query = select(InboxMessage.clue_id).where(col(InboxMessage.id).in_(ids), about_waiting(desk))
    return {one for one in desk.session.exec(query) if one is not None}


def _lines(desk: Desk, messages: Sequence[InboxMessage]) -> list[MessageLine]:
    ids = [one.id for one in messages]
    over = set(
        desk.session.exec(select(InboxMessage.id).where(col(InboxMessage.id).in_(ids), settled()))
    )
    query = (
        select(MessageRead, User.name)
        .join(User, col(User.id) == col(MessageRead.user_id))
        .where(col(MessageRead.message_id).in_(ids))
        .order_by(col(MessageRead.read_at))
    )
    reads: dict[int, list[tuple[MessageRead, str]]] = {}
    for row, name in desk.session.exec(query):
        reads.setdefault(row.message_id, []).append((row, name))
    return [_line(desk, one, reads.get(one.id or 0, []), one.id in over) for one in messages]


def _line(
    desk: Desk, message: InboxMessage, found: list[tuple[MessageRead, str]], is_settled: bool
) -> MessageLine:
    own = [row for row, _ in found if row.user_id == desk.actor.id]
    return MessageLine(
        message,
        is_read=bool(own),
        is_received=any(row.acknowledged for row in own),
        is_settled=is_settled,
        stead=next((one.name for one in desk.actor.acts_for if one.id == message.user_id), ""),
        others=tuple(
            name for row, name in found if row.acknowledged and row.user_id != desk.actor.id
        ),
    )


def _place(message: InboxMessage) -> Link | None:
    if message.kind.startswith(f"{IMPORT}."):
        return Link("导入结果", "", f"/clues/import/{message.key.removeprefix(f'{IMPORT}-')}")
    found = (link for prefix, link in PLACES.items() if message.kind.startswith(prefix))
    return next(found, None)


def _links(desk: Desk, messages: Sequence[InboxMessage]) -> dict[int, Link]:
    """By dossier: what it is called, its number, and its page."""
    ids = {one.clue_id for one in messages if one.clue_id is not None}
    lifecycles = desk.office.rules.lifecycles
    rows = desk.session.exec(select(Dossier).where(col(Dossier.id).in_(ids)))
    return {
        one.id or 0: Link(lifecycles[one.kind].label, one.no, page_path(one.kind, one.no))
        for one in rows
    }
