"""Signing in and out: server-side sessions with two time-outs, and a lock after failures.

A session is found by the SHA-256 of its token: whoever reads the table cannot take one over.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from sqlalchemy import ColumnElement, delete
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session, col, select

from domain.situation.situation import Actor
from domain.tables.people import User
from domain.tables.session import (
    AccountLock,
    Password,
    SignInFailures,
    SignInNote,
    WebSession,
)
from flows.people.chairs import actor_at
from flows.people.known_browsers import Whence, counted_under
from flows.people.passwords import hash_password, password_matches
from flows.site.office import Office
from flows.site.store import attempt, is_busy, reading, transaction

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)
NOTED_WITHIN = timedelta(minutes=10)
MOST_NOTED, MOST_NOTED_EACH = 200, 20
"""Failures noted within that while: in all, and of one address."""
NOWHERE = Whence()
SEEN_EVERY = timedelta(minutes=1)
"""A session's last sight is written down this often at most: a page is not a write."""
LONGEST_ACCOUNT = 64


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
    """A session that is open: whose, and whether he must choose a password of his own first."""

    actor: Actor
    must_change: bool = False


def set_password(
    session: Session, user_id: str, password: str, now: datetime, *, must_change: bool = False
) -> None:
    """Sets a user's password and ends all his sessions, in the caller's transaction.

    `must_change`: somebody else chose it, and the user has to choose his own at the next sign-in.
    Raises WeakPassword, and LookupError where there is no such user.
    """
    if session.get(User, user_id) is None:
        raise LookupError(f"没有「{user_id}」这个用户")
    made = hash_password(password, user_id)
    session.merge(Password(user_id=user_id, hash=made, set_at=now, must_change=must_change))
    end_sessions(session, user_id)


def end_sessions(session: Session, user_id: str) -> None:
    """Nobody is signed in as the user any more."""
    session.connection().execute(delete(WebSession).where(col(WebSession.user_id) == user_id))


def sign_in(
    office: Office, account: str, password: str, now: datetime, whence: Whence = NOWHERE
) -> SignedIn:
    """A new session for who gives the right password.

    Raises SignInRefused, in the same words whatever was wrong, and counts the failure: after
    `MOST_FAILURES` in a row the account rests for `LOCKED_FOR`, except in browsers that are known
    to be the person's: those count their own. Raises Crowded where too many come at once.
    """
    account = account.strip()[:LONGEST_ACCOUNT]
    counted = counted_under(office, account, whence)
    with reading(office.engine) as session:
        user = session.get(User, account)
        stored = session.get(Password, account) if user and user.active else None
        failures = session.get(SignInFailures, counted)
        locked = _locked(failures, now) or session.get(AccountLock, account) is not None
    # Computed in any case: a quick answer would tell that nobody bears the name, or is locked.
    right = password_matches(stored.hash if stored else None, password)
    if user is None or locked or not right:
        note = SignInNote(user_id=account, at=now, outcome="", address=whence.address)
        _count_failure(office, note, counted)
        raise SignInRefused(
            f"用户编号或者密码不正确，或者失败次数过多已暂时锁定"
            f"（连续失败{MOST_FAILURES}次锁定{LOCKED_FOR.seconds // 60}分钟）"
        )
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


def failures_of(user_id: str) -> ColumnElement[bool]:
    """The condition on `SignInFailures` for all that were counted against a user."""
    account = col(SignInFailures.account)
    return (account == user_id) | account.startswith(f"{user_id}\n", autoescape=True)


def whose_session(
    office: Office, session: Session, token: str, now: datetime
) -> SessionHolder | None:
    """Who holds the session; None when there is none, it timed out, or he no longer serves.

    It lasts `IDLE` after the last page and `LONGEST` in all.
    """
    query = (
        select(WebSession, User, col(Password.must_change))
        .join(User, col(User.id) == col(WebSession.user_id))
        .outerjoin(Password, col(Password.user_id) == col(WebSession.user_id))
        .where(col(WebSession.id_sha256) == digest_of(token))
    )
    found = session.exec(query).one_or_none()
    if found is None:
        return None
    kept, user, must_change = found
    if now - kept.started_at >= LONGEST or now - kept.seen_at >= IDLE or not user.active:
        return None
    if now - kept.seen_at >= SEEN_EVERY:
        _seen(office, kept.id_sha256, now)
    return SessionHolder(actor_at(user, now), bool(must_change))


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


def _locked(row: SignInFailures | None, now: datetime) -> bool:
    return row is not None and row.locked_until is not None and now < row.locked_until


def _count_failure(office: Office, note: SignInNote, counted: str) -> None:
    account, now = note.user_id, note.at
    with transaction(office.engine) as session:
        session.connection().execute(
            delete(SignInFailures).where(col(SignInFailures.last_at) < now - FORGOTTEN_AFTER)
        )
        row = session.get(SignInFailures, counted)
        shut = _locked(row, now) or session.get(AccountLock, account) is not None
        # A row whose lock is over begins anew: one slip after it does not lock again.
        failures = 1 if row is None or row.locked_until else row.failures + 1
        note.outcome = _outcome(shut, failures)
        note.user_id = account if session.get(User, account) is not None else ""
        if _is_worth_noting(session, note):
            session.add(note)
        if shut:
            return
        until = now + LOCKED_FOR if failures >= MOST_FAILURES else None
        session.merge(
            SignInFailures(account=counted, failures=failures, last_at=now, locked_until=until)
        )


def _is_worth_noting(session: Session, note: SignInNote) -> bool:
    """Whether the log still gains by it: a flood of failures is told by its first ones."""
    if note.outcome == "locked":
        return True
    query = select(SignInNote.address).where(
        col(SignInNote.at) > note.at - NOTED_WITHIN, col(SignInNote.outcome) != "signed_in"
    )
    addresses = session.exec(query.limit(MOST_NOTED)).all()
    return len(addresses) < MOST_NOTED and addresses.count(note.address) < MOST_NOTED_EACH


def _outcome(shut: bool, failures: int) -> str:
    if shut:
        return "while_locked"
    return "locked" if failures >= MOST_FAILURES else "refused"


def digest_of(token: str) -> str:
    """What of a session's name is stored."""
    return sha256(token.encode()).hexdigest()
