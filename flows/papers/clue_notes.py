"""Notes of colleagues on a clue: who reads them, who is called by an @, who is told."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from domain.tables.clue_note import ClueNote
from domain.tables.people import User
from domain.tables.process import Clue
from domain.tables.work import InboxMessage
from flows.people.actors import actor_of
from flows.people.viewer import Viewer
from flows.people.visible_clues import NotForYou, seen_clue, sight
from flows.site.store import transaction

LONGEST = 2000
CALLED = re.compile(r"@([\w·]{2,20})")
"""An @ and the name after it; what is no word ends the name."""
MOST_CALLED = 10


class NotNoted(ValueError):
    """The note is not kept: says why and what to do."""


@dataclass(frozen=True)
class NoteLine:
    """A note as somebody reads it."""

    who: str
    department: str
    readers: tuple[str, ...]
    text: str
    written_at: datetime


def notes_of(session: Session, viewer: Viewer, clue: Clue) -> tuple[NoteLine, ...]:
    """The notes on a visible clue that the viewer's department wrote or was called in, in order.

    Who may read every file reads all of them.
    """
    query = select(ClueNote, User).join(User, col(User.id) == col(ClueNote.author_id))
    rows = session.exec(query.where(col(ClueNote.clue_id) == clue.id).order_by(col(ClueNote.id)))
    reads_all = sight(viewer.office, viewer.actor).sees_files
    own = viewer.actor.department
    return tuple(
        _line(viewer, note, user) for note, user in rows if reads_all or own in note.departments
    )


def _line(viewer: Viewer, note: ClueNote, user: User) -> NoteLine:
    known = viewer.office.rules.departments
    names = {one: known[one].short if one in known else one for one in note.departments}
    return NoteLine(
        who=user.name,
        department=names.get(note.department_id, note.department_id),
        readers=tuple(names.values()),
        text=viewer.office.keys.opened(note.sealed),
        written_at=note.written_at,
    )


def add_note(viewer: Viewer, clue: Clue, text: str) -> None:
    """Keeps a note and tells whom it calls; NotNoted, with every reason, where it cannot."""
    words, office = text.strip(), viewer.office
    if not words:
        raise NotNoted("请填写留言内容")
    if len(words) > LONGEST:
        raise NotNoted(f"留言不能超过{LONGEST}个字，现有{len(words)}个字")
    with transaction(office.engine) as session:
        called = _called(session, viewer, clue, words)
        readers = [viewer.actor.department, *(one.department_id for one in called)]
        note = ClueNote(
            clue_id=clue.id or 0,
            author_id=viewer.actor.id,
            department_id=viewer.actor.department,
            departments=list(dict.fromkeys(readers)),
            sealed=office.keys.sealed(words),
            written_at=viewer.now,
        )
        session.add(note)
        session.flush()
        session.add_all(_message(viewer, clue, note, one) for one in called)


def _called(session: Session, viewer: Viewer, clue: Clue, text: str) -> list[User]:
    """The people after an @; NotNoted for names of nobody who sees the clue, or of several."""
    found: list[User] = []
    wrong: list[str] = []
    for name in dict.fromkeys(CALLED.findall(text)[:MOST_CALLED]):
        query = select(User).where(col(User.name) == name, col(User.active))
        seeing = [one for one in session.exec(query) if _sees(session, viewer, clue, one)]
        if len(seeing) == 1:
            found += seeing
        elif seeing:
            wrong.append(f"能看到本线索的「{name}」不止一人，请改用电话联系")
        else:
            wrong.append(
                f"没有能看到本线索的「{name}」：姓名后面请留一个空格，其他部门须先收到本线索"
            )
    if wrong:
        raise NotNoted("；".join(wrong))
    return found


def _sees(session: Session, viewer: Viewer, clue: Clue, user: User) -> bool:
    actor = actor_of(session, user.id, viewer.now)
    try:
        seen_clue(session, viewer.office, actor, clue.no)
    except NotForYou:
        return False
    return True


def _message(viewer: Viewer, clue: Clue, note: ClueNote, user: User) -> InboxMessage:
    """Who is called learns that he is, and by whom; the words stay on the clue's page."""
    organ = viewer.office.rules.departments[viewer.actor.department].name
    return InboxMessage(
        key=f"note-{note.id}-{user.id}",
        department_id=user.department_id,
        user_id=user.id,
        clue_id=clue.id,
        kind="note",
        title=f"留言：{clue.no}",
        body=f"{organ}{viewer.actor.name}在线索《{clue.title}》的留言中提到您，请在线索页面查看。",
        created_at=viewer.now,
    )
