"""One's own account: a password of one's own, and the browsers in which one is signed in."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from domain.situation.situation import Actor
from domain.tables.session import Password, SignInFailures, SignInNote, WebSession
from flows.people.password_rules import password_rules
from flows.people.passwords import WeakPassword, hash_password, password_matches
from flows.people.sign_in import IDLE, LONGEST, digest_of, keep_password
from flows.people.sign_in_failures import count_failure, is_locked
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import append
from flows.site.office import Office
from flows.site.row_marks import password_marked
from flows.site.store import reading, transaction

SHORT_NAME = 12
"""So much of a session's hash tells it from the others and opens nothing."""


class NotChanged(Exception):
    """The password stays as it was; says at which field and why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


@dataclass(frozen=True)
class OwnSession:
    """A browser in which the person is signed in."""

    name: str
    started_at: datetime
    seen_at: datetime
    is_this: bool


def own_sessions(
    session: Session, user_id: str, token: str, now: datetime
) -> tuple[OwnSession, ...]:
    """Where the person is signed in now, this browser first."""
    query = select(WebSession).where(
        col(WebSession.user_id) == user_id,
        col(WebSession.started_at) > now - LONGEST,
        col(WebSession.seen_at) > now - IDLE,
    )
    this = digest_of(token)
    found = [
        OwnSession(one.id_sha256[:SHORT_NAME], one.started_at, one.seen_at, one.id_sha256 == this)
        for one in session.exec(query.order_by(col(WebSession.seen_at).desc()).limit(100))
    ]
    return tuple(sorted(found, key=lambda one: not one.is_this))


def end_own_sessions(office: Office, user_id: str, token: str, name: str = "") -> int:
    """Ends the person's other sessions, or the one of that name; how many.

    `token` is this browser's, whose session stays.
    """
    query = delete(WebSession).where(
        col(WebSession.user_id) == user_id, col(WebSession.id_sha256) != digest_of(token)
    )
    if name:
        query = query.where(col(WebSession.id_sha256).startswith(name, autoescape=True))
    with transaction(office.engine) as session:
        return int(session.connection().execute(query).rowcount)


def end_others(session: Session, user_id: str, token: str) -> None:
    """Ends the user's sessions but the one of this token, in the caller's transaction."""
    others = col(WebSession.id_sha256) != digest_of(token)
    mine = col(WebSession.user_id) == user_id
    session.connection().execute(delete(WebSession).where(mine, others))


@dataclass(frozen=True)
class NewPassword:
    """What is typed to change a password: the old one, and the new one twice."""

    old: str
    new: str
    again: str

    def __repr__(self) -> str:
        return "NewPassword()"


def change_password(
    office: Office, actor: Actor, typed: NewPassword, token: str, now: datetime
) -> None:
    """Sets the person's own password and ends his other sessions, on record.

    `token` is this browser's, whose session stays. Raises NotChanged, with the field and the reason
    in Chinese, where the old password is wrong or the new one is not good enough.
    """
    with reading(office.engine) as session:
        stored = session.get(Password, actor.id)
        locked = is_locked(session.get(SignInFailures, actor.id), now)
    if stored is None:
        raise NotChanged("old", "您用统一身份认证登录，在本系统没有密码")
    if locked:
        raise NotChanged("old", "原密码连续不正确，已暂时锁定，请十五分钟后再试")
    if not password_matches(stored.hash, typed.old):
        # Counted like a failed sign-in: an open session is no place to try passwords.
        count_failure(office, SignInNote(user_id=actor.id, at=now, outcome=""), actor.id)
        raise NotChanged("old", "原密码不正确")
    if typed.new != typed.again:
        raise NotChanged("again", "两次输入的新密码不一致")
    if typed.new == typed.old:
        raise NotChanged("new", "新密码不得与原密码相同")
    rules = password_rules(office.settings)
    try:
        made = hash_password(typed.new, actor.id, rules)
    except WeakPassword as problem:
        raise NotChanged("new", str(problem)) from problem
    used = stored.earlier[: max(rules.earlier - 1, 0)]
    if any(password_matches(one, typed.new) for one in used):
        raise NotChanged("new", f"新密码不得与最近{rules.earlier}次用过的密码相同")
    with transaction(office.engine) as session:
        row = Password(user_id=actor.id, hash=made, set_at=now)
        keep_password(session, row)
        end_others(session, actor.id, token)
        told = {"user": actor.id, **password_marked(row, office.keys.chain)}
        act = Act("change_password", actor, now, told)
        append(session, [act_event(Thing("user"), act)], office.keys.chain)
