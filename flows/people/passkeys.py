"""Passkeys (WebAuthn): a device's key answers a question of this site's, of no other, and once.

A question lies sealed in the page that asks it, with whom it asks and what for; nothing of it is
stored until it was answered.
"""

import json
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from ipaddress import ip_address
from secrets import token_bytes
from types import ModuleType
from urllib.parse import urlsplit

from sqlalchemy import update
from sqlmodel import Session, col, func, select

from domain.situation.situation import CHINA, Actor
from domain.tables.session import Passkey
from flows.site.keys import WrongKeys
from flows.site.office import Office
from flows.site.settings import Settings

MOST_PASSKEYS, LONGEST_ANSWER = 10, 20_000
ID = re.compile(r"[A-Za-z0-9_-]{1,1400}")
USUAL_PORTS = {"https": 443, "http": 80}
NO_SENSE = (ValueError, LookupError, TypeError, AttributeError, RecursionError, OverflowError)
"""What the library lets through where an answer is no answer at all."""


class NotAnswered(Exception):
    """The device's answer does not hold."""


@dataclass(frozen=True)
class Place:
    """Where the keys of a site hold: the name in each of them, and the origin of its pages."""

    name: str
    origin: str


@dataclass(frozen=True)
class Question:
    """What a device is asked to sign, and whose device may."""

    user_id: str
    challenge: bytes
    asked_at: datetime


def place_of(settings: Settings) -> Place | None:
    """The site as its people reach it (`YISONG_BASE_URL`), whatever proxy or path is in between.

    None where browsers keep no keys: without HTTPS, but for `localhost`, and at bare addresses.
    """
    try:
        parts = urlsplit(settings.base_url)
        name, number = (parts.hostname or "").encode("idna").decode(), parts.port
    except ValueError:
        return None
    if not name or not (parts.scheme == "https" or name == "localhost") or _is_address(name):
        return None
    port = "" if number in {None, USUAL_PORTS.get(parts.scheme)} else f":{number}"
    return Place(name, f"{parts.scheme}://{name}{port}")


def ask(office: Office, purpose: str, user_id: str, now: datetime) -> str:
    """A new question to a user for one purpose, sealed for the page that brings it back."""
    told = {purpose: user_id, "at": now.timestamp(), "challenge": token_bytes(32).hex()}
    return office.keys.sealed(json.dumps(told)).decode()


def asked(
    office: Office, purpose: str, sealed: str, now: datetime, longest: timedelta
) -> Question | None:
    """The question that a page brings back; None where it is none of ours, old, or for another
    purpose.
    """
    try:
        told = json.loads(office.keys.opened(sealed.encode()))
        at, user_id = float(told["at"]), str(told[purpose])
        challenge = bytes.fromhex(told["challenge"])
    except (WrongKeys, ValueError, LookupError, TypeError):
        return None
    if not 0 <= now.timestamp() - at <= longest.total_seconds():
        return None
    return Question(user_id, challenge, datetime.fromtimestamp(at, CHINA))


def passkeys_of(session: Session, user_id: str) -> tuple[Passkey, ...]:
    """The user's passkeys, the oldest first."""
    query = select(Passkey).where(col(Passkey.user_id) == user_id)
    return tuple(session.exec(query.order_by(col(Passkey.since), col(Passkey.id))))


def passkey_mark(office: Office, kept: Passkey) -> str:
    """What the record says of a passkey: whose, which, and its public half, as a keyed digest."""
    told = f"passkey\n{kept.user_id}\n{kept.id}\n{kept.public_key.hex()}"
    return office.keys.blind(told)


def wanted(session: Session, office: Office, question: Question) -> str:
    """The question as the browser puts it to the user's devices (JSON); empty where he has none."""
    kept, place = passkeys_of(session, question.user_id), place_of(office.settings)
    if not kept or place is None:
        return ""
    library = _library()
    known = library.helpers.structs.PublicKeyCredentialDescriptor
    made = library.generate_authentication_options(
        rp_id=place.name,
        challenge=question.challenge,
        allow_credentials=[known(id=library.base64url_to_bytes(one.id)) for one in kept],
    )
    return str(library.options_to_json(made))


def new_wanted(session: Session, office: Office, actor: Actor, question: Question) -> str:
    """The question that makes a device create a key for the user (JSON); empty where none holds."""
    place = place_of(office.settings)
    if place is None:
        return ""
    library = _library()
    known = library.helpers.structs.PublicKeyCredentialDescriptor
    made = library.generate_registration_options(
        rp_id=place.name,
        rp_name="移送",
        user_name=actor.id,
        user_display_name=actor.name,
        # A device shows the names; the handle itself says nothing of the person.
        user_id=bytes.fromhex(office.keys.blind(f"passkey handle\n{actor.id}"))[:32],
        challenge=question.challenge,
        exclude_credentials=[
            known(id=library.base64url_to_bytes(one.id)) for one in passkeys_of(session, actor.id)
        ],
    )
    return str(library.options_to_json(made))


def made_passkey(office: Office, question: Question, answer: str, name: str) -> Passkey:
    """The row of a key that a device created for the question; NotAnswered where it did not."""
    place = place_of(office.settings)
    if place is None or len(answer) > LONGEST_ANSWER:
        raise NotAnswered
    library = _library()
    try:
        found = library.verify_registration_response(
            credential=answer,
            expected_challenge=question.challenge,
            expected_rp_id=place.name,
            expected_origin=place.origin,
        )
    except (library.helpers.exceptions.WebAuthnException, *NO_SENSE) as problem:
        raise NotAnswered from problem
    return Passkey(
        id=library.helpers.bytes_to_base64url(found.credential_id),
        user_id=question.user_id,
        name=name,
        public_key=found.credential_public_key,
        uses=found.sign_count,
        since=question.asked_at,
        asked_at=question.asked_at,
    )


def take_answer(session: Session, office: Office, question: Question, answer: str) -> bool:
    """Whether a device of the user's answers the question; it never does again, at any host."""
    place = place_of(office.settings)
    kept = _named(session, question.user_id, answer)
    if place is None or kept is None:
        return False
    library = _library()
    try:
        found = library.verify_authentication_response(
            credential=answer,
            expected_challenge=question.challenge,
            expected_rp_id=place.name,
            expected_origin=place.origin,
            credential_public_key=kept.public_key,
            credential_current_sign_count=kept.uses,
        )
    except (library.helpers.exceptions.WebAuthnException, *NO_SENSE):
        return False
    taken = (
        update(Passkey)
        .where(col(Passkey.id) == kept.id, col(Passkey.asked_at) < question.asked_at)
        .values(uses=found.new_sign_count, asked_at=question.asked_at)
    )
    return bool(session.connection().execute(taken).rowcount)


def has_passkey(session: Session, user_id: str) -> bool:
    """Whether the user has one at least."""
    query = select(func.count()).where(col(Passkey.user_id) == user_id)
    return bool(session.exec(query).one())


def _named(session: Session, user_id: str, answer: str) -> Passkey | None:
    """The user's passkey that an answer says it comes from."""
    if len(answer) > LONGEST_ANSWER:
        return None
    try:
        name = json.loads(answer)["id"]
    except NO_SENSE:
        return None
    if not isinstance(name, str) or not ID.fullmatch(name):
        return None
    kept = session.get(Passkey, name)
    return kept if kept is not None and kept.user_id == user_id else None


def _library() -> ModuleType:
    """The library of the ceremonies, read when the first passkey comes: that takes 0.2 s."""
    return import_module("webauthn")


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
