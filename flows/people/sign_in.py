"""Signing in and out: server-side sessions with two time-outs, and a lock after failures.

A session is found by the SHA-256 of its token: whoever reads the table cannot take one over.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import bindparam, delete
from sqlalchemy import select as plain_select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session, col

from domain.situation.situation import Actor
from domain.tables.people import User
from domain.tables.session import (
    AccountLock,
    Password,
    SignInFailures,
    SignInNote,
    WebSession,
)
from flows.people.absences import ABSENT_OF_SESSION, day_told, standing_in
from flows.people.chairs import actor_at
from flows.people.known_browsers import Whence, counted_under
from flows.people.password_rules import MOST_EARLIER, password_rules
from flows.people.passwords import password_matches
from flows.people.second_factor import (
    Proof,
    demand_code,
    half_way,
    must_have,
    second_of,
    take,
)
from flows.people.sign_in_failures import LOCKS, count_failure, failures_of, is_locked
from flows.rows.statements import Order, Statement, ask
from flows.site.office import Office
from flows.site.site_rules import VERSIONS, as_of
from flows.site.store import attempt, is_busy, reading, transaction

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
NOWHERE = Whence()
SEEN_EVERY = timedelta(minutes=1)
"""A session's last sight is written down this often at most: a page is not a write."""
LONGEST_ACCOUNT = 64


OF_USER = (
    *("id", "name", "department_id", "roles", "phone", "active"),
    *("stand_role", "stand_from", "stand_until", "stand_ground"),
)
HELD = Statement(
    plain_select(
        *(getattr(User, one) for one in OF_USER),
        col(WebSession.id_sha256),
        col(WebSession.started_at),
        col(WebSession.seen_at),
        col(Password.set_at),
        col(Password.must_change),
        second_of(col(WebSession.user_id)).label("second"),
    )
    .select_from(WebSession)
    .join(User, col(User.id) == col(WebSession.user_id))
    .outerjoin(Password, col(Password.user_id) == col(WebSession.user_id))
    .where(col(WebSession.id_sha256) == bindparam("session")),
    steady=True,
)
"""What every page asks of who opens it, whole with what stands in the other tables."""


class SignInRefused(Exception):
    """No session; the words are the same whatever was wrong."""


@dataclass(frozen=True)
class SignedIn:
    """A person with a session; `token` goes into his cookie and nowhere else."""

    token: str
    actor: Actor

    def __repr__(self) -> str:
        return f"SignedIn({self.actor.id})"


@dataclass(frozen=True)
class SessionHolder:
    """A session that is open: whose, and what he must do before anything else.

    `must_change`: choose a password of his own; `must_enrol`: enrol a second factor.
    """

    actor: Actor
    must_change: bool = False
    must_enrol: bool = False


def set_password(session: Session, password: Password) -> None:
    """Sets a user's password and ends all his sessions, in the caller's transaction.

    Raises LookupError where there is no such user.
    """
    if session.get(User, password.user_id) is None:
        raise LookupError(f"没有「{password.user_id}」这个用户")
    keep_password(session, password)
    end_sessions(session, password.user_id)


def keep_password(session: Session, password: Password) -> None:
    """A new password in the place of the old one, whose hash stays among the earlier ones."""
    before = session.get(Password, password.user_id)
    if before is not None:
        password.earlier = [before.hash, *before.earlier][:MOST_EARLIER]
    session.merge(password)


def end_sessions(session: Session, user_id: str) -> None:
    """Nobody is signed in as the user any more."""
    session.connection().execute(delete(WebSession).where(col(WebSession.user_id) == user_id))


def sign_in(
    office: Office, account: str, password: str, now: datetime, whence: Whence = NOWHERE
) -> SignedIn:
    """A new session for who gives the right password.

    Raises SignInRefused, in the same words whatever was wrong, and counts the failure: after
    `MOST_FAILURES` in a row the account rests for `LOCKED_FOR`, except in browsers that are known
    to be the person's: those count their own. Raises Crowded where too many come at once, and
    CodeNeeded where the person has a second factor: `finish_sign_in` takes its code.
    """
    account = account.strip()[:LONGEST_ACCOUNT]
    counted = counted_under(office, account, whence)
    with reading(office.engine) as session:
        user = session.get(User, account)
        stored = session.get(Password, account) if user and user.active else None
        failures = session.get(SignInFailures, counted)
        locked = is_locked(failures, now) or session.get(AccountLock, account) is not None
    # Computed in any case: a quick answer would tell that nobody bears the name, or is locked.
    right = password_matches(stored.hash if stored else None, password)
    if user is None or locked or not right:
        note = SignInNote(user_id=account, at=now, outcome="", address=whence.address)
        count_failure(office, note, counted)
        raise SignInRefused(f"用户编号或者密码不正确，{LOCKS}")
    demand_code(office, user, now)
    return open_session(office, user, now, whence.address)


def finish_sign_in(
    office: Office, half: str, proof: Proof, now: datetime, whence: Whence = NOWHERE
) -> SignedIn:
    """A new session for who gives the code that CodeNeeded asked for, a recovery code, or the
    answer of a passkey of his.

    Each opens once. Raises SignInRefused, and counts the failure as `sign_in` does.
    """
    question = half_way(office, half, now)
    account = question.user_id if question else ""
    counted = counted_under(office, account, whence)
    with reading(office.engine) as session:
        user = session.get(User, account)
        locked = is_locked(session.get(SignInFailures, counted), now)
    if question is None or user is None or not user.active:
        raise SignInRefused("登录用时过长，请重新输入用户编号和密码")
    with transaction(office.engine) as session:
        right = not locked and take(session, office, question, proof, now)
    if not right:
        note = SignInNote(user_id=account, at=now, outcome="", address=whence.address)
        count_failure(office, note, counted)
        shown = "通行密钥没有通过" if proof.answer else "验证码不正确或者已经用过"
        raise SignInRefused(f"{shown}，{LOCKS}")
    return open_session(office, user, now, whence.address)


def open_session(office: Office, user: User, now: datetime, address: str = "") -> SignedIn:
    """A session for somebody whose identity is established; his failures are forgotten."""
    token = secrets.token_urlsafe(32)
    with transaction(office.engine) as session:
        if session.get(AccountLock, user.id) is not None:
            raise SignInRefused("您的用户已被管理员锁定，请联系管理员")
        session.add(SignInNote(user_id=user.id, at=now, outcome="signed_in", address=address))
        connection = session.connection()
        connection.execute(delete(SignInFailures).where(failures_of(user.id)))
        connection.execute(delete(WebSession).where(col(WebSession.started_at) < now - LONGEST))
        session.add(
            WebSession(id_sha256=digest_of(token), user_id=user.id, started_at=now, seen_at=now)
        )
    return SignedIn(token, actor_at(user, now))


def whose_session(
    office: Office, session: Session, token: str, now: datetime
) -> SessionHolder | None:
    """Who holds the session; None when there is none, it timed out, or he no longer serves.

    It lasts `IDLE` after the last page and `LONGEST` in all.
    """
    held, absent = ask(session.connection(), *_orders(token, now))
    return _holder(office, held, absent, now)


def arrive(
    office: Office, session: Session, token: str, now: datetime
) -> tuple[Office, SessionHolder | None]:
    """The office as it is in force, and `whose_session`: asked for in one go, for every page."""
    newest, held, absent = ask(session.connection(), VERSIONS, *_orders(token, now))
    found = as_of(office, now, newest[0])
    return found, _holder(found, held, absent, now)


def _orders(token: str, now: datetime) -> tuple[Order, Order]:
    told = {"session": digest_of(token)}
    return (HELD, told), (ABSENT_OF_SESSION, {**told, "today": day_told(now)})


def _holder(
    office: Office, held: Sequence[Any], absent: Sequence[Any], now: datetime
) -> SessionHolder | None:
    if not held:
        return None
    [kept] = held
    if now - kept.started_at >= LONGEST or now - kept.seen_at >= IDLE or not kept.active:
        return None
    if now - kept.seen_at >= SEEN_EVERY:
        _seen(office, kept.id_sha256, now)
    user = User(**{one: getattr(kept, one) for one in OF_USER})
    actor = standing_in(actor_at(user, now), absent)
    must_enrol = not kept.second and must_have(office.settings, actor.roles)
    return SessionHolder(
        actor, _must_change(office, kept.set_at, kept.must_change, now), must_enrol
    )


def _must_change(
    office: Office, set_at: datetime | None, must_change: bool | None, now: datetime
) -> bool:
    """Whether somebody else chose the password, if there is one, or it has served its days."""
    if set_at is None:
        return False
    return bool(must_change) or password_rules(office.settings).is_over(set_at, now)


def sign_out(office: Office, token: str) -> None:
    """Ends the session for good: a copied cookie is worth nothing."""
    with transaction(office.engine) as session:
        session.connection().execute(
            delete(WebSession).where(col(WebSession.id_sha256) == digest_of(token))
        )


def _seen(office: Office, id_sha256: str, now: datetime) -> None:
    """Notes that the session is in use; a page does not wait for it, nor fail by it."""
    try:
        with attempt(office.engine) as session:
            kept = session.get(WebSession, id_sha256)
            if kept is not None:
                kept.seen_at = now
                session.add(kept)
    except (DBAPIError, PoolTimeout) as fault:
        if not is_busy(fault):
            raise


def digest_of(token: str) -> str:
    """What of a session's name is stored."""
    return sha256(token.encode()).hexdigest()
