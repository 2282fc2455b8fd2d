"""Notes of colleagues on a clue: who reads them, who is called by an @, who is told."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from domain.tables.clue_note import ClueNote, NoteTaken
from domain.tables.people import User
from domain.tables.process import Clue
from domain.tables.work import InboxMessage
from flows.people.actors import actor_of
from flows.people.viewer import Viewer
from flows.people.visible_clues import NotForYou, seen_clue, sight
from flows.rows.statements import Statement, ask
from flows.site.store import transaction

LONGEST = 2000
CALLED = re.compile(r"@([\w·]{2,20})")
"""An @ and the name after it; what is no word ends the name."""
MOST_CALLED = 10


class NotNoted(ValueError):
    """The note is not kept: says why and what to do."""


@dataclass(frozen=True)
class NoteLine:
    """A note as somebody reads it.

    `taken`: who of those it calls took it up, and when; `may_take`: the reader is called and has
    not yet.
    """

    id: int
    who: str
    department: str
    readers: tuple[str, ...]
    text: str
    written_at: datetime
    taken: tuple[tuple[str, datetime], ...]
    may_take: bool


def notes_of(session: Session, viewer: Viewer, clue: Clue) -> tuple[NoteLine, ...]:
    """The notes on a visible clue that the viewer's department wrote or was called in, in order.

    Who may read every file reads all of them.
    """
    query = select(ClueNote, User).join(User, col(User.id) == col(ClueNote.author_id))
    rows = session.exec(query.where(col(ClueNote.clue_id) == clue.id).order_by(col(ClueNote.id)))
    reads_all = sight(viewer.office, viewer.actor).sees_files
    own = viewer.actor.department
    shown = [(note, user) for note, user in rows if reads_all or own in note.departments]
    taken = _taken(session, [note.id for note, _ in shown])
    return tuple(_line(viewer, note, user, taken.get(note.id or 0, {})) for note, user in shown)


CALLED_IN = Statement(
    select(col(ClueNote.departments)).where(col(ClueNote.clue_id) == bindparam("clue"))
)
"""For each note on a clue, the departments that read it."""


def how_many_notes(session: Session, viewer: Viewer, clue: Clue) -> int:
    """How many notes `notes_of` shows."""
    [rows] = ask(session.connection(), (CALLED_IN, {"clue": clue.id}))
    reads_all = sight(viewer.office, viewer.actor).sees_files
    own = viewer.actor.department
    return sum(reads_all or own in one.departments for one in rows)


Taken = dict[str, tuple[str, datetime]]
"""By user who took a note up: the name, and when."""


def _taken(session: Session, notes: list[int | None]) -> dict[int, Taken]:
    found: dict[int, Taken] = {}
    query = select(NoteTaken, User.name).join(User, col(User.id) == col(NoteTaken.user_id))
    query = query.where(col(NoteTaken.note_id).in_(notes)).order_by(col(NoteTaken.id))
    for row, name in session.exec(query) if notes else ():
        found.setdefault(row.note_id, {})[row.user_id] = (name, row.taken_at)
    return found


def _line(viewer: Viewer, note: ClueNote, user: User, taken: Taken) -> NoteLine:
    known = viewer.office.rules.departments
    names = {one: known[one].short if one in known else one for one in note.departments}
    text = viewer.office.keys.opened(note.sealed)
    return NoteLine(
        id=note.id or 0,
        who=user.name,
        department=names.get(note.department_id, note.department_id),
        readers=tuple(names.values()),
        text=text,
        written_at=note.written_at,
        taken=tuple(taken.values()),
        may_take=viewer.actor.id not in taken and _calls(viewer, note, text),
    )


def _calls(viewer: Viewer, note: ClueNote, text: str) -> bool:
    """Whether a note calls the viewer, who did not write it himself."""
    actor = viewer.actor
    is_reader = actor.department in note.departments and actor.id != note.author_id
    return is_reader and actor.name in CALLED.findall(text)[:MOST_CALLED]


def take_up(viewer: Viewer, clue: Clue, note_id: int) -> None:
    """The viewer, who is called in a note, says that he has taken it up; its writer is told.

    NotForYou where the note does not call him; a second time changes nothing.
    """
    office = viewer.office
    with transaction(office.engine) as session:
        note = session.get(ClueNote, note_id)
        calls = note is not None and note.clue_id == clue.id
        if note is None or not calls or not _calls(viewer, note, office.keys.opened(note.sealed)):
            raise NotForYou("没有这条留言，或者它没有提到您")
        if viewer.actor.id in _taken(session, [note_id]).get(note_id, {}):
            return
        session.add(NoteTaken(note_id=note_id, user_id=viewer.actor.id, taken_at=viewer.now))
        writer = session.get_one(User, note.author_id)
        session.add(_answer(viewer, clue, note, writer))


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
    """Who is called learns that he is, and by whom; the words stay on the clue's page.

    It calls him by name: who stands in for him reads it as well.
    """
    told = f"在线索《{clue.title}》的留言中提到{user.name}，请在线索页面查看。"
    to, title = (user.department_id, user.id), f"留言：{clue.no}"
    return _told(viewer, clue, to, f"note-{note.id}-{user.id}", (title, told))


def _answer(viewer: Viewer, clue: Clue, note: ClueNote, writer: User) -> InboxMessage:
    """Who wrote the note learns that it was taken up, and by whom."""
    told = f"已采纳{writer.name}在线索《{clue.title}》的留言。"
    to, title = (note.department_id, note.author_id), f"留言已采纳：{clue.no}"
    return _told(viewer, clue, to, f"note-{note.id}-taken-{viewer.actor.id}", (title, told))


def _told(
    viewer: Viewer, clue: Clue, to: tuple[str, str], key: str, words: tuple[str, str]
) -> InboxMessage:
    """A message to a person of a department: its title, and what the viewer did."""
    title, told = words
    organ = viewer.office.rules.departments[viewer.actor.department].name
    return InboxMessage(
        key=key,
        department_id=to[0],
        user_id=to[1],
        written_by=viewer.actor.id,
        clue_id=clue.id,
        kind="note",
        title=title,
        body=f"{organ}{viewer.actor.name}{told}",
        created_at=viewer.now,
    )
