"""One's own second factor: telephone and passkeys are enrolled or given up, codes renewed."""

import json
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pyotp
from sqlmodel import Session

from documents.values.qr_code import qr_png
from domain.situation.situation import Actor
from domain.tables.session import Passkey, SecondFactor, SignInFailures, SignInNote
from flows.people.own_account import end_others
from flows.people.passkeys import (
    MOST_PASSKEYS,
    NotAnswered,
    Question,
    asked,
    made_passkey,
    passkey_mark,
    passkeys_of,
)
from flows.people.second_factor import (
    Proof,
    drop_codes_if_last,
    has_phone,
    has_second,
    new_codes,
    step_of,
    take,
)
from flows.people.sign_in_failures import count_failure, is_locked
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import append
from flows.site.keys import WrongKeys
from flows.site.moment import wall_of
from flows.site.office import Office
from flows.site.store import reading, transaction

BEGUN = timedelta(minutes=15)
ISSUER, LONGEST_NAME = "移送", 40
OWN_PAGE, NEW_PASSKEY = "confirms", "creates"
"""What questions of one's own page are for; neither is one of a sign-in."""
NO_KEY = "设备没有给出可用的通行密钥；请在本系统登记的网址上再试，或者改用手机验证器"
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


@dataclass(frozen=True)
class Shown:
    """What somebody proves himself with at his own page, and the question that page bore."""

    proof: Proof
    sealed: str = ""


@dataclass(frozen=True)
class Given:
    """What goes with a new passkey: its name, and a code where there is a second factor."""

    name: str = ""
    old: str = ""


def enrol(who: AtBrowser, sealed: str, code: str, old: str = "") -> tuple[str, ...]:
    """A telephone from now on, on record, for its first code; his new recovery codes.

    No new codes, and `old` is taken (a code of his), where he has another second factor already.
    His other sessions end. NotEnrolled where he has a telephone, the offer is old or a code does
    not fit.
    """
    secret = _offered(who.office, who.actor, sealed, who.now)
    step = step_of(secret, code, wall_of(who.office, who.now))
    if step is None:
        raise NotEnrolled(WRONG)
    row = SecondFactor(
        user_id=who.actor.id,
        secret=who.office.keys.sealed(secret),
        since=who.now,
        last_step=step,
    )
    with reading(who.office.engine) as session:
        if has_phone(session, who.actor.id):
            raise NotEnrolled("您已经登记了验证器；要换手机的，请先用现在的验证码停用")
    return _added(who, row, "enrol_second_factor", old)


def enrol_passkey(who: AtBrowser, sealed: str, answer: str, given: Given) -> tuple[str, ...]:
    """One more passkey, on record, for what a device made; as `enrol`, with the same promises."""
    question = asked(who.office, NEW_PASSKEY, sealed, who.now, BEGUN)
    if question is None or question.user_id != who.actor.id:
        raise NotEnrolled("登记用时过长，请重新登记")
    name = " ".join(given.name.split())[:LONGEST_NAME] or "通行密钥"
    try:
        row = made_passkey(who.office, question, answer, name)
    except NotAnswered as problem:
        raise NotEnrolled(NO_KEY) from problem
    with reading(who.office.engine) as session:
        if session.get(Passkey, row.id) is not None:
            raise NotEnrolled("这把通行密钥已经登记过")
        if len(passkeys_of(session, who.actor.id)) >= MOST_PASSKEYS:
            raise NotEnrolled(f"最多登记{MOST_PASSKEYS}把通行密钥，请先停用不再使用的")
    return _added(who, row, "enrol_passkey", given.old)


def renew_codes(who: AtBrowser, shown: Shown) -> tuple[str, ...]:
    """New recovery codes instead of the old ones, on record; NotEnrolled for a wrong proof."""
    _spend(who, shown)
    with transaction(who.office.engine) as session:
        codes = new_codes(session, who.office, who.actor.id)
        _record(session, who, "renew_recovery_codes")
    return codes


def give_up(who: AtBrowser, shown: Shown) -> None:
    """Ends one's own telephone, on record, to enrol another one or none."""
    _spend(who, shown)
    with transaction(who.office.engine) as session:
        kept = session.get(SecondFactor, who.actor.id)
        if kept is None:
            raise NotEnrolled("您没有登记手机")
        _ended(session, who, kept, "end_second_factor")


def give_up_passkey(who: AtBrowser, name: str, shown: Shown) -> None:
    """Ends one of one's own passkeys, on record, by its id."""
    _spend(who, shown)
    with transaction(who.office.engine) as session:
        kept = session.get(Passkey, name)
        if kept is None or kept.user_id != who.actor.id:
            raise NotEnrolled("没有这把通行密钥")
        _ended(session, who, kept, "end_passkey")


def _added(who: AtBrowser, row: SecondFactor | Passkey, action: str, old: str) -> tuple[str, ...]:
    """Puts the row in; whoever has a second factor already shows a code of his first."""
    with reading(who.office.engine) as session:
        had = has_second(session, who.actor.id)
    if had:
        _spend(who, Shown(Proof(old)))
    with transaction(who.office.engine) as session:
        if has_second(session, who.actor.id) and not had:
            raise NotEnrolled("您刚刚在别处登记了验证器，请刷新本页再登记")
        session.add(row)
        session.flush()
        end_others(session, who.actor.id, who.token)
        codes = () if had else new_codes(session, who.office, who.actor.id)
        _record(session, who, action, _told(who, row))
    return codes


def _ended(session: Session, who: AtBrowser, row: SecondFactor | Passkey, action: str) -> None:
    told = _told(who, row)
    session.delete(row)
    drop_codes_if_last(session, who.actor.id)
    end_others(session, who.actor.id, who.token)
    _record(session, who, action, told)


def _told(who: AtBrowser, row: SecondFactor | Passkey) -> dict[str, object]:
    if isinstance(row, SecondFactor):
        return {}
    return {"passkey": passkey_mark(who.office, row), "name": row.name}


def _spend(who: AtBrowser, shown: Shown) -> None:
    """Takes a proof; a wrong one counts like a failed sign-in, so that nobody tries them all."""
    with reading(who.office.engine) as session:
        if is_locked(session.get(SignInFailures, who.actor.id), who.now):
            raise NotEnrolled("验证码连续不正确，已暂时锁定，请十五分钟后再试")
    question = asked(who.office, OWN_PAGE, shown.sealed, who.now, BEGUN)
    if shown.proof.answer and (question is None or question.user_id != who.actor.id):
        raise NotEnrolled("确认用时过长，请刷新本页再试")
    put = question or Question(who.actor.id, b"", who.now)
    with transaction(who.office.engine) as session:
        if take(session, who.office, replace(put, user_id=who.actor.id), shown.proof, who.now):
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


def _record(
    session: Session, who: AtBrowser, action: str, told: Mapping[str, object] | None = None
) -> None:
    act = Act(action, who.actor, who.now, {"user": who.actor.id, **(told or {})})
    append(session, [act_event(Thing("user"), act)], who.office.keys.chain)
