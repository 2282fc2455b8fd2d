"""The second factor of a sign-in: a code from a telephone (TOTP, RFC 6238), or a recovery code.

The secret lies sealed, of recovery codes only a keyed digest; every code opens the door once.
"""

import hmac
import json
from collections.abc import Collection
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import delete, update
from sqlmodel import Session, col

from domain.tables.people import User
from domain.tables.session import RecoveryCode, SecondFactor
from flows.site.keys import WrongKeys
from flows.site.office import Office
from flows.site.settings import Settings
from flows.site.store import reading

STEP = 30
"""Seconds for which a code is shown; the one before and the one after it are taken as well."""
HALF_WAY = timedelta(minutes=5)
"""How long a sign-in waits for the code after the password."""
EVERYBODY = "all"


class CodeNeeded(Exception):
    """The identity is established but for the code; `half` brings back whose it is."""

    def __init__(self, half: str) -> None:
        super().__init__("请输入验证码")
        self.half = half


def must_have(settings: Settings, roles: Collection[str]) -> bool:
    """Whether the site wants a second factor of whoever sits in one of these chairs."""
    wanted = settings.second_factor_chairs
    return EVERYBODY in wanted or bool(wanted & set(roles))


def has_second(session: Session, user_id: str) -> bool:
    """Whether the user has a second factor."""
    return session.get(SecondFactor, user_id) is not None


def demand_code(office: Office, user: User, now: datetime) -> None:
    """Raises CodeNeeded for a user who has a second factor."""
    with reading(office.engine) as session:
        if not has_second(session, user.id):
            return
    told = json.dumps({"half": user.id, "at": now.timestamp()})
    raise CodeNeeded(office.keys.sealed(told).decode())


def half_way(office: Office, half: str, now: datetime) -> str:
    """Whose sign-in waits for its code; empty where it is none of ours or waited too long."""
    try:
        told = json.loads(office.keys.opened(half.encode()))
        account, age = str(told["half"]), now.timestamp() - float(told["at"])
    except (WrongKeys, ValueError, LookupError, TypeError):
        return ""
    return account if 0 <= age <= HALF_WAY.total_seconds() else ""


def drop_second(session: Session, user_id: str) -> bool:
    """The user has no second factor any more, in the caller's transaction; whether he had one."""
    found = session.get(SecondFactor, user_id)
    session.connection().execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))
    if found is not None:
        session.delete(found)
    return found is not None


def take_code(session: Session, office: Office, user_id: str, code: str, now: datetime) -> bool:
    """Whether a code opens the door for a user; it never does again, at whichever host."""
    typed = plain_code(code)
    kept = session.get(SecondFactor, user_id)
    if kept is None:
        return False
    if not typed.isdigit():
        used = delete(RecoveryCode).where(
            col(RecoveryCode.user_id) == user_id,
            col(RecoveryCode.digest) == recovery_digest(office, user_id, typed),
        )
        return bool(session.connection().execute(used).rowcount)
    step = step_of(office.keys.opened(kept.secret), typed, now)
    if step is None:
        return False
    taken = (
        update(SecondFactor)
        .where(col(SecondFactor.user_id) == user_id, col(SecondFactor.last_step) < step)
        .values(last_step=step)
    )
    return bool(session.connection().execute(taken).rowcount)


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The step of time for which a secret shows the code, now or one step away."""
    typed = plain_code(code)
    made, current = pyotp.TOTP(secret, interval=STEP), int(now.timestamp()) // STEP
    for step in (current, current - 1, current + 1):
        if hmac.compare_digest(made.generate_otp(step).encode(), typed.encode()):
            return step
    return None


def recovery_digest(office: Office, user_id: str, code: str) -> str:
    """What of a recovery code is stored; dashes, blanks and capitals do not matter."""
    return office.keys.blind(f"recovery\n{user_id}\n{plain_code(code)}")


def plain_code(typed: str) -> str:
    """A code as it was typed, without what people add for the eye."""
    return "".join(typed.split()).replace("-", "").lower()
