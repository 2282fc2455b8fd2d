"""The log of sign-ins for an auditor: who came in, who failed to, who was locked out."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from domain.limits.limit import start_of_day
from domain.tables.people import User
from domain.tables.session import SignInNote

PAGE = 50
OUTCOMES = {
    "signed_in": "登录成功",
    "refused": "密码或编号不正确",
    "locked": "连续失败，自动锁定",
    "while_locked": "锁定期间尝试",
}


@dataclass(frozen=True)
class Narrow:
    """What the list is narrowed to; empty fields narrow nothing."""

    user: str = ""
    outcome: str = ""
    since: date | None = None
    until: date | None = None
    before: int = 0


@dataclass(frozen=True)
class SignInLine:
    """One sign-in in words."""

    note: SignInNote
    name: str
    outcome: str


def list_sign_ins(session: Session, narrow: Narrow) -> tuple[tuple[SignInLine, ...], int]:
    """A page of sign-ins, the newest first, and before which the next one begins (0: none)."""
    query = (
        select(SignInNote, User)
        .outerjoin(User, col(User.id) == col(SignInNote.user_id))
        .where(*_conditions(narrow))
        .order_by(col(SignInNote.id).desc())
    )
    rows = session.exec(query.limit(PAGE + 1)).all()
    lines = tuple(
        SignInLine(note, user.name if user else "", OUTCOMES.get(note.outcome, note.outcome))
        for note, user in rows[:PAGE]
    )
    return lines, lines[-1].note.id or 0 if len(rows) > PAGE else 0


def _conditions(narrow: Narrow) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if narrow.user.strip():
        text = narrow.user.strip()
        named = select(col(User.id)).where(col(User.name) == text)
        found.append((col(SignInNote.user_id) == text) | col(SignInNote.user_id).in_(named))
    if narrow.outcome == "failed":
        found.append(col(SignInNote.outcome) != "signed_in")
    elif narrow.outcome:
        found.append(col(SignInNote.outcome) == narrow.outcome)
    if narrow.since:
        found.append(col(SignInNote.at) >= start_of_day(narrow.since))
    if narrow.until:
        found.append(col(SignInNote.at) < start_of_day(narrow.until + timedelta(days=1)))
    if narrow.before:
        found.append(col(SignInNote.id) < narrow.before)
    return found
