"""Messages as their reader meets them: those of one clue together, what is settled apart."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, SelectBase, case, select, union, union_all
from sqlmodel import col

from domain.lifecycle.awaited_chairs import waiting_for
from domain.situation.situation import Actor
from domain.tables.dossier import Dossier
from domain.tables.people import User
from domain.tables.process import Clue, Process
from domain.tables.undertaking import Undertaking
from domain.tables.work import InboxMessage, MessageRead
from flows.door.page_paths import page_path
from flows.imports.background_import import IMPORT
from flows.lists.undertaking_list import is_waiting, waiting_ids
from flows.lists.waiting_work import waiting_clues, waits_here
from flows.people.visible_clues import once_a_chair
from flows.rows.known_ids import among_told, as_text
from flows.rows.statements import Statement, ask
from flows.site.office import Office
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
    """A message's row, whether this person has read and acknowledged it, and who else did.

    `is_settled`: the limit that it reminded of has ended; nothing is asked any more. `stead`: the
    absent colleague whom it names and for whom this person stands in.
    """

    message: Any
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


MESSAGES = Statement(
    select(
        *(col(InboxMessage.id), col(InboxMessage.key), col(InboxMessage.user_id)),
        *(col(InboxMessage.clue_id), col(InboxMessage.kind), col(InboxMessage.title)),
        *(col(InboxMessage.body), col(InboxMessage.created_at)),
        case((settled(), 1), else_=0).label("is_settled"),
        *(col(Dossier.kind).label("root"), col(Dossier.no).label("number")),
    )
    .join(Dossier, col(Dossier.id) == col(InboxMessage.clue_id), isouter=True)
    .where(among_told(col(InboxMessage.id), "ids"))
)
"""Messages, each with what it is about, and whether the limit it reminded of has ended."""
READS = Statement(
    select(
        *(col(MessageRead.message_id), col(MessageRead.user_id), col(MessageRead.acknowledged)),
        col(User.name),
    )
    .join(User, col(User.id) == col(MessageRead.user_id))
    .where(among_told(col(MessageRead.message_id), "ids"))
    .order_by(col(MessageRead.read_at))
)


def message_groups(desk: Desk, ids: Sequence[int]) -> list[MessageGroup]:
    """Messages, in this order, by what they are about; each group where its first stands."""
    if not ids:
        return []
    told = {"ids": as_text(ids)}
    asked = (MESSAGES, READS, _waiting(desk.office, desk.actor))
    rows, reads, waiting = ask(desk.session.connection(), *((one, told) for one in asked))
    found = {one.id: one for one in rows}
    readers: dict[int, list[Any]] = {}
    for one in reads:
        readers.setdefault(one.message_id, []).append(one)
    by_root: dict[int, list[MessageLine]] = {}
    for one in (found[each] for each in ids if each in found):
        by_root.setdefault(one.clue_id or -one.id, []).append(
            _line(desk, one, readers.get(one.id, []))
        )
    awaited = {one.id for one in waiting}
    return [
        MessageGroup(_link(desk, lines[0].message), root in awaited, tuple(lines))
        for root, lines in by_root.items()
    ]


def about_waiting(desk: Desk) -> ColumnElement[bool]:
    """The condition on `InboxMessage` that a step of what it is about waits for this person."""
    viewer = desk.viewer
    ways: SelectBase = union_all(*waiting_clues(viewer.office, viewer.actor), waiting_ids(viewer))
    return col(InboxMessage.clue_id).in_(ways)


@once_a_chair
def _waiting(office: Office, actor: Actor) -> Statement:
    """What messages are about, where it waits for a step of the person: looked at one by one."""
    about = select(col(InboxMessage.clue_id)).where(among_told(col(InboxMessage.id), "ids"))
    clue, beside = waits_here(office, actor, waiting_for(office.rules.of_clues, actor.roles))
    undertaking = col(Undertaking.id)
    return Statement(
        union(
            select(col(Clue.id).label("id")).where(col(Clue.id).in_(about), clue),
            select(col(Process.clue_id)).where(col(Process.clue_id).in_(about), beside),
            select(undertaking).where(undertaking.in_(about), is_waiting(office, actor)),
        )
    )


def _line(desk: Desk, message: Any, found: Sequence[Any]) -> MessageLine:
    own = [one for one in found if one.user_id == desk.actor.id]
    return MessageLine(
        message,
        is_read=bool(own),
        is_received=any(one.acknowledged for one in own),
        is_settled=bool(message.is_settled),
        stead=next((one.name for one in desk.actor.acts_for if one.id == message.user_id), ""),
        others=tuple(
            one.name for one in found if one.acknowledged and one.user_id != desk.actor.id
        ),
    )


def _link(desk: Desk, message: Any) -> Link | None:
    """What a message is about: what it is called, its number, and its page."""
    if message.number is None:
        return _place(message)
    label = desk.office.rules.lifecycles[message.root].label
    return Link(label, message.number, page_path(message.root, message.number))


def _place(message: Any) -> Link | None:
    if message.kind.startswith(f"{IMPORT}."):
        return Link("导入结果", "", f"/clues/import/{message.key.removeprefix(f'{IMPORT}-')}")
    found = (link for prefix, link in PLACES.items() if message.kind.startswith(prefix))
    return next(found, None)
