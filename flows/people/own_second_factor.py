"""One's own second factor: a telephone is enrolled or given up, recovery codes are renewed."""

import json
import secrets
from base64 import b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

import pyotp
from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from documents.values.qr_code import qr_png
from domain.situation.situation import Actor
from domain.tables.session import RecoveryCode, SecondFactor, SignInFailures, SignInNote
from flows.people.first_passwords import EASY, PIECE
from flows.people.own_account import end_others
from flows.people.second_factor import (
    drop_second,
    has_second,
    recovery_digest,
    step_of,
    take_code,
)
from flows.people.sign_in_failures import count_failure, is_locked
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import append
from flows.site.keys import WrongKeys
from flows.site.office import Office
from flows.site.store import reading, transaction

RECOVERY_CODES, GROUPS = 10, 3
BEGUN = timedelta(minutes=15)
ISSUER = "移送"
WRONG = "验证码不正确或者已经用过；请核对手机的时间，等下一个验证码出现后再试"


class NotEnrolled(Exception):
    """The second factor stays as it was; says why."""


@dataclass(frozen=True)
class Offer:
    """A new secret that waits for its first code: for the telephone, and sealed for the form."""

    secret: str
    picture: str
    sealed: str

    def __repr__(self) -> str:
        return "Offer()"


def codes_left(session: Session, user_id: str) -> int:
    """How many recovery codes the user has not used yet."""
    query = select(func.count()).where(col(RecoveryCode.user_id) == user_id)
    return session.exec(query).one()


def offer(office: Office, actor: Actor, now: datetime) -> Offer:
    """A new secret to be entered into a telephone, by its picture or by its letters."""
    secret = pyotp.random_base32()
    told = {"enrols": actor.id, "secret": secret, "at": now.timestamp()}
    return Offer(secret, _picture(secret, actor), office.keys.sealed(json.dumps(told)).decode())


def offered_again(office: Office, actor: Actor, sealed: str, now: datetime) -> Offer:
    """The offer that a form brought back; NotEnrolled where it is another's or too old."""
    secret = _offered(office, actor, sealed, now)
    return Offer(secret, _picture(secret, actor), sealed)


@dataclass(frozen=True)
class AtBrowser:
    """Who keeps his own second factor, when, and the token of the session that stays."""

    office: Office
    actor: Actor
    now: datetime
    token: str


def enrol(who: AtBrowser, sealed: str, code: str) -> tuple[str, ...]:
    """The second factor from now on, on record, for the first code; his new recovery codes.

    His other sessions end. NotEnrolled where he has one already, the offer is old or the code
    does not fit.
    """
    secret = _offered(who.office, who.actor, sealed, who.now)
    step = step_of(secret, code, who.now)
    if step is None:
        raise NotEnrolled(WRONG)
    with transaction(who.office.engine) as session:
        if has_second(session, who.actor.id):
            raise NotEnrolled("您已经登记了验证器；要换手机的，请先用现在的验证码停用")
        session.add(
            SecondFactor(
                user_id=who.actor.id,
                secret=who.office.keys.sealed(secret),
                since=who.now,
                last_step=step,
            )
        )
        end_others(session, who.actor.id, who.token)
        codes = _new_codes(session, who.office, who.actor.id)
        _record(session, who, "enrol_second_factor")
    return codes


def renew_codes(who: AtBrowser, code: str) -> tuple[str, ...]:
    """New recovery codes instead of the old ones, on record; NotEnrolled for a wrong code."""
    _spend(who, code)
    with transaction(who.office.engine) as session:
        codes = _new_codes(session, who.office, who.actor.id)
        _record(session, who, "renew_recovery_codes")
    return codes


def give_up(who: AtBrowser, code: str) -> None:
    """Ends one's own second factor, on record, to enrol another telephone or none."""
    _spend(who, code)
    with transaction(who.office.engine) as session:
        drop_second(session, who.actor.id)
        end_others(session, who.actor.id, who.token)
        _record(session, who, "end_second_factor")


def _spend(who: AtBrowser, code: str) -> None:
    """Takes a code; a wrong one counts like a failed sign-in, so that nobody tries them all."""
    with reading(who.office.engine) as session:
        if is_locked(session.get(SignInFailures, who.actor.id), who.now):
            raise NotEnrolled("验证码连续不正确，已暂时锁定，请十五分钟后再试")
    with transaction(who.office.engine) as session:
        if take_code(session, who.office, who.actor.id, code, who.now):
            return
    note = SignInNote(user_id=who.actor.id, at=who.now, outcome="")
    count_failure(who.office, note, who.actor.id)
    raise NotEnrolled(WRONG)


def _picture(secret: str, actor: Actor) -> str:
    uri = pyotp.TOTP(secret).provisioning_uri(name=actor.id, issuer_name=ISSUER)
    return b64encode(qr_png(uri)).decode()


def _offered(office: Office, actor: Actor, sealed: str, now: datetime) -> str:
    try:
        told = json.loads(office.keys.opened(sealed.encode()))
        mine, age = told["enrols"] == actor.id, now.timestamp() - told["at"]
    except (WrongKeys, ValueError, LookupError, TypeError) as problem:
        raise NotEnrolled("登记没有完成，请重新扫描二维码") from problem
    if not mine or not 0 <= age <= BEGUN.total_seconds():
        raise NotEnrolled("登记用时过长，请重新扫描二维码")
    return str(told["secret"])


def _new_codes(session: Session, office: Office, user_id: str) -> tuple[str, ...]:
    session.connection().execute(delete(RecoveryCode).where(col(RecoveryCode.user_id) == user_id))
    codes = tuple(_code() for _ in range(RECOVERY_CODES))
    for code in codes:
        digest = recovery_digest(office, user_id, code)
        session.add(RecoveryCode(user_id=user_id, digest=digest))
    return codes


def _code() -> str:
    # A letter first: a code of figures alone would be taken for one of the telephone.
    letters = [secrets.choice(EASY[:23])] + [
        secrets.choice(EASY) for _ in range(GROUPS * PIECE - 1)
    ]
    groups = ["".join(letters[at : at + PIECE]) for at in range(0, len(letters), PIECE)]
    return "-".join(groups)


def _record(session: Session, who: AtBrowser, action: str) -> None:
    act = Act(action, who.actor, who.now, {"user": who.actor.id})
    append(session, [act_event(Thing("user"), act)], who.office.keys.chain)
