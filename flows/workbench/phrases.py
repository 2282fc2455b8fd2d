"""常用语: words that a person or a department writes often, offered at every long field."""

from dataclasses import dataclass

from sqlmodel import Session, col, func, or_, select

from domain.tables.people import User
from domain.tables.personal import Phrase
from flows.people.viewer import Viewer
from flows.people.visible_clues import NotForYou
from flows.site.store import transaction

LONGEST, MOST = 500, 100
KEEPERS = frozenset({"section_head", "department_head", "principal", "legal_reviewer"})
"""Chairs that keep their department's phrases; everybody keeps his own."""


class NotWritten(ValueError):
    """The phrase is not kept: says why."""


@dataclass(frozen=True)
class PhraseLine:
    """A phrase, whose it is, and whether the reader may take it out."""

    id: int
    text: str
    is_own: bool
    written_by: str
    may_drop: bool


def phrases_of(session: Session, viewer: Viewer) -> tuple[PhraseLine, ...]:
    """The viewer's own phrases and those of his department, his own first, the newest on top."""
    actor = viewer.actor
    query = (
        select(Phrase, User.name)
        .outerjoin(User, col(User.id) == col(Phrase.written_by))
        .where(
            or_(
                col(Phrase.user_id) == actor.id,
                col(Phrase.user_id).is_(None) & (col(Phrase.department_id) == actor.department),
            )
        )
        .order_by(col(Phrase.user_id).is_(None), col(Phrase.id).desc())
    )
    return tuple(
        PhraseLine(row.id or 0, row.text, bool(row.user_id), name or "", _may(viewer, row))
        for row, name in session.exec(query)
    )


def add_phrase(viewer: Viewer, text: str, *, of_department: bool) -> None:
    """Keeps a phrase of one's own or of the department; NotWritten with the reason."""
    words, actor = text.strip(), viewer.actor
    if not words:
        raise NotWritten("请填写常用语")
    if len(words) > LONGEST:
        raise NotWritten(f"一条常用语不超过{LONGEST}个字，现有{len(words)}个字")
    if of_department and not actor.roles & KEEPERS:
        raise NotWritten("部门的常用语由科室负责人、部门负责人、主要负责人、法制人员登记")
    owner = None if of_department else actor.id
    row = Phrase(
        department_id=actor.department,
        user_id=owner,
        text=words,
        written_by=actor.id,
        written_at=viewer.now,
    )
    with transaction(viewer.office.engine) as session:
        whose = col(Phrase.user_id) == owner if owner else col(Phrase.user_id).is_(None)
        at_home = col(Phrase.department_id) == actor.department
        known = select(func.count()).select_from(Phrase).where(whose, at_home)
        if session.exec(known.where(col(Phrase.text) == words)).one():
            raise NotWritten("已有相同的常用语")
        if session.exec(known).one() >= MOST:
            raise NotWritten(f"常用语最多{MOST}条，请先删除不用的")
        session.add(row)


def drop_phrase(viewer: Viewer, number: int) -> None:
    """Takes a phrase out; NotForYou where it is not the person's to keep."""
    with transaction(viewer.office.engine) as session:
        row = session.get(Phrase, number)
        if row is None or not _may(viewer, row):
            raise NotForYou("没有这条常用语，或者不由您维护")
        session.delete(row)


def _may(viewer: Viewer, row: Phrase) -> bool:
    if row.user_id:
        return row.user_id == viewer.actor.id
    keeps = bool(viewer.actor.roles & KEEPERS)
    return keeps and row.department_id == viewer.actor.department
