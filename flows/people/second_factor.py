"""The second factor of a sign-in: a code from a telephone (TOTP, RFC 6238), the answer of a
passkey, or a recovery code.

The secret lies sealed, of recovery codes only a keyed digest; every code and answer opens once.
"""

import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import ColumnElement, delete, exists, or_, update
from sqlalchemy.orm import Mapped
from sqlmodel import Session, col, func, select

from domain.tables.people import User
from domain.tables.session import Passkey, RecoveryCode, SecondFactor
from flows.people.passkeys import Question, ask, asked, has_passkey, take_answer, wanted
from flows.people.passwords import EASY, PIECE
from flows.site.moment import wall_of
from flows.site.office import Office
from flows.site.settings import Settings
from flows.site.store import reading

STEP = 30
"""Seconds for which a code is shown; the one before and the one after it are taken as well."""
HALF_WAY = timedelta(minutes=5)
"""How long a sign-in waits for the code after the password."""
EVERYBODY = "all"
SIGN_IN = "half"
"""What the question of a sign-in is for: who holds one has given the right password."""
RECOVERY_CODES, GROUPS = 10, 3


@dataclass(frozen=True)
class Proof:
    """What somebody shows: a code, or the answer of a passkey to the question put to him."""

    code: str = ""
    answer: str = ""


@dataclass(frozen=True)
class Ways:
    """By what a sign-in may go on: a telephone; passkeys, asked by this question (JSON)."""

    phone: bool = False
    passkey: str = ""


class CodeNeeded(Exception):
    """The identity is established but for the code; `half` brings back whose it is.

    `next`: the page that was wanted, where only who established it knows.
    """

    def __init__(self, half: str, next: str = "/") -> None:
        super().__init__("请输入验证码")
        self.half, self.next = half, next


def must_have(settings: Settings, roles: Collection[str]) -> bool:
    """Whether the site wants a second factor of whoever sits in one of these chairs."""
    wanted = settings.second_factor_chairs
    return EVERYBODY in wanted or bool(wanted & set(roles))


def has_second(session: Session, user_id: str) -> bool:
    """Whether the user has a second factor."""
    return has_phone(session, user_id) or has_passkey(session, user_id)


def has_phone(session: Session, user_id: str) -> bool:
    """Whether the user enrolled a telephone."""
    return session.get(SecondFactor, user_id) is not None


def second_of(user_id: Mapped[str]) -> ColumnElement[bool]:
    """Whether there is a second factor, as a condition on the user of a row."""
    return or_(
        exists().where(col(SecondFactor.user_id) == user_id),
        exists().where(col(Passkey.user_id) == user_id),
    )


def demand_code(office: Office, user: User, now: datetime) -> None:
    """Raises CodeNeeded for a user who has a second factor."""
    with reading(office.engine) as session:
        if not has_second(session, user.id):
            return
    raise CodeNeeded(ask(office, SIGN_IN, user.id, now))


def half_way(office: Office, half: str, now: datetime) -> Question | None:
    """Whose sign-in waits for its code; None where it is none of ours or waited too long."""
    return asked(office, SIGN_IN, half, now, HALF_WAY)


def ways_on(office: Office, half: str, now: datetime) -> Ways:
    """By what the sign-in may go on that waits half way; none where it does not."""
    question = half_way(office, half, now)
    if question is None:
        return Ways()
    with reading(office.engine) as session:
        phone = has_phone(session, question.user_id)
        return Ways(phone, wanted(session, office, question))


def drop_second(session: Session, user_id: str) -> bool:
    """The user has no second factor any more, in the caller's transaction; whether he had one."""
    had = has_second(session, user_id)
    for table in (RecoveryCode, SecondFactor, Passkey):
        session.connection().execute(delete(table).where(col(table.user_id) == user_id))
    return had


def drop_codes_if_last(session: Session, user_id: str) -> None:
    """Recovery codes end with the last second factor, in the caller's transaction."""
    session.flush()
    if not has_second(session, user_id):
        mine = col(RecoveryCode.user_id) == user_id
        session.connection().execute(delete(RecoveryCode).where(mine))


def take(session: Session, office: Office, question: Question, proof: Proof, now: datetime) -> bool:
    """Whether the proof opens the door for whom the question was put to; it never does again."""
    if proof.answer:
        return take_answer(session, office, question, proof.answer)
    return take_code(session, office, question.user_id, proof.code, now)


def codes_left(session: Session, user_id: str) -> int:
    """How many recovery codes the user has not used yet."""
    query = select(func.count()).where(col(RecoveryCode.user_id) == user_id)
    return session.exec(query).one()


def new_codes(session: Session, office: Office, user_id: str) -> tuple[str, ...]:
    """New recovery codes instead of the old ones, in the caller's transaction."""
    session.connection().execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))
    codes = tuple(_recovery_code() for _ in range(RECOVERY_CODES))
    for code in codes:
        digest = recovery_digest(office, user_id, code)
        session.add(RecoveryCode(user_id=user_id, digest=digest))
    return codes


def take_code(session: Session, office: Office, user_id: str, code: str, now: datetime) -> bool:
    """Whether a code opens the door for a user; it never does again, at whichever host."""
    typed = plain_code(code)
    if not typed.isdigit():
        used = delete(RecoveryCode).where(
            col(RecoveryCode.user_id) == user_id,
            col(RecoveryCode.digest) == recovery_digest(office, user_id, typed),
        )
        return bool(session.connection().execute(used).rowcount)
    kept = session.get(SecondFactor, user_id)
    step = step_of(office.keys.opened(kept.secret), typed, wall_of(office, now)) if kept else None
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


def _recovery_code() -> str:
    # A letter first: a code of figures alone would be taken for one of the telephone.
    letters = [secrets.choice(EASY[:23])] + [
        secrets.choice(EASY) for _ in range(GROUPS * PIECE - 1)
    ]
    groups = ["".join(letters[at : at + PIECE]) for at in range(0, len(letters), PIECE)]
    return "-".join(groups)
