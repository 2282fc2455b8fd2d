"""Failed sign-ins: counted, noted as far as the log gains by them, and the lock after them."""

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete
from sqlmodel import Session, col, select

from domain.tables.people import User
from domain.tables.session import AccountLock, SignInFailures, SignInNote
from flows.site.office import Office
from flows.site.store import transaction

MOST_FAILURES = 5
LOCKED_FOR = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(days=1)
NOTED_WITHIN = timedelta(minutes=10)
MOST_NOTED, MOST_NOTED_EACH = 200, 20
"""Failures noted within that while: in all, and of one address."""
LOCKS = f"或者失败次数过多已暂时锁定（连续失败{MOST_FAILURES}次锁定{LOCKED_FOR.seconds // 60}分钟）"


def failures_of(user_id: str) -> ColumnElement[bool]:
    """The condition on `SignInFailures` for all that were counted against a user."""
    account = col(SignInFailures.account)
    return (account == user_id) | account.startswith(f"{user_id}\n", autoescape=True)


def is_locked(row: SignInFailures | None, now: datetime) -> bool:
    """Whether so many failures are counted there that nobody is let in for a while."""
    return row is not None and row.locked_until is not None and now < row.locked_until


def count_failure(office: Office, note: SignInNote, counted: str) -> None:
    """One more failure of the note's user, counted under that name; the note gets its outcome."""
    account, now = note.user_id, note.at
    with transaction(office.engine) as session:
        session.connection().execute(
            delete(SignInFailures).where(col(SignInFailures.last_at) < now - FORGOTTEN_AFTER)
        )
        row = session.get(SignInFailures, counted)
        shut = is_locked(row, now) or session.get(AccountLock, account) is not None
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
