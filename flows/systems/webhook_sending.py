"""The sending of webhook messages: signed, bounded, and the same every time."""

import base64
import hmac
import json
import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from sqlmodel import Session, col, select

from domain.situation.situation import CHINA
from domain.tables.interface import Webhook, WebhookDelivery
from domain.tables.people import User
from flows.afterwards.outbox import Job, Later
from flows.people.actors import in_service
from flows.site.moment import wall_of
from flows.site.office import Office
from flows.site.store import reading, transaction
from flows.systems.outgoing_requests import (
    AddressRefused,
    Answered,
    allowed_hosts,
    check_address,
    post,
)

RESTS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
)
"""So long an address is left alone after its first, second, … failure in a row."""
ENDED = "通知地址已停用，没有发送"


OWNER_OUT = "名下的用户已停用或者锁定，没有发送"


class WebhookNotTaken(Exception):
    """The other side did not take the message; it is tried again later."""


def send_webhook(office: Office, job: Job, now: datetime) -> Later | None:
    """Sends the message of a follow-up to its address, once it was not sent before.

    Later where the address rests after failures, WebhookNotTaken where it did not take it.
    """
    with reading(office.engine) as session:
        delivery, hook = _found(session, str(job.payload.get("message", "")))
        served = select(User.id).where(col(User.id) == hook.user_id, in_service())
        is_out = session.exec(served).first() is None
    if delivery.delivered_at is not None:
        return None
    if hook.ended_at is not None:
        _note(office, delivery, Answered(None, ENDED), now)
        return None
    if is_out:
        _note(office, delivery, Answered(None, OWNER_OUT), now)
        return None
    if hook.resting_until is not None and now < hook.resting_until:
        return Later(hook.resting_until)
    answered = send(office, hook, delivery, now)
    _note(office, delivery, answered, now)
    if not answered.taken:
        raise WebhookNotTaken(f"{hook.label}：{answered.error}")
    return None


def send_trial(office: Office, webhook_id: int, now: datetime) -> WebhookDelivery:
    """A message without a clue, sent at once so that somebody sees whether the address answers.

    Raises LookupError where there is no such address in use.
    """
    told = {"type": "ping", "timestamp": now.astimezone(CHINA).isoformat(), "data": {}}
    with transaction(office.engine) as session:
        hook = session.get(Webhook, webhook_id)
        if hook is None or hook.ended_at is not None:
            raise LookupError(f"没有编号为{webhook_id}的在用通知地址")
        delivery = WebhookDelivery(
            message_id=f"msg_{secrets.token_hex(16)}",
            webhook_id=webhook_id,
            event="ping",
            body=json.dumps(told),
            made_at=now,
        )
        session.add(delivery)
    answered = send(office, hook, delivery, now)
    return _note(office, delivery, answered, now)


def send(office: Office, hook: Webhook, delivery: WebhookDelivery, now: datetime) -> Answered:
    """One attempt; the address is judged anew, whatever it led to when it was registered."""
    try:
        target = check_address(hook.url, allowed_hosts(office.settings.webhook_hosts))
    except AddressRefused as problem:
        return Answered(None, str(problem))
    content, stamp = delivery.body.encode(), str(int(wall_of(office, now).timestamp()))
    secret = office.keys.opened(hook.secret_sealed)
    return post(target, content, signature_headers(secret, delivery.message_id, stamp, content))


def signature_headers(secret: str, message_id: str, stamp: str, content: bytes) -> dict[str, str]:
    """The headers of a message: its id, its moment and the signature over both and the body.

    Twice: in the form of Standard Webhooks (base64), and under our own names (hex). The moment is
    signed, so that who recorded a message cannot send it again later unnoticed; the id is the same
    at every attempt, so that the receiver can tell a repetition.
    """
    key = base64.b64decode(secret.removeprefix("whsec_"))
    digest = hmac.new(key, b".".join((message_id.encode(), stamp.encode(), content)), sha256)
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "yisong-webhooks/1",
        "Yisong-Id": message_id,
        "Yisong-Timestamp": stamp,
        "Yisong-Signature": f"v1={digest.hexdigest()}",
        "Webhook-Id": message_id,
        "Webhook-Timestamp": stamp,
        "Webhook-Signature": f"v1,{base64.b64encode(digest.digest()).decode()}",
    }


def _found(session: Session, message_id: str) -> tuple[WebhookDelivery, Webhook]:
    query = (
        select(WebhookDelivery, Webhook)
        .join(Webhook, col(Webhook.id) == col(WebhookDelivery.webhook_id))
        .where(col(WebhookDelivery.message_id) == message_id)
    )
    found = session.exec(query).one_or_none()
    if found is None:
        raise LookupError(f"没有「{message_id}」这条通知")
    return found


def _note(
    office: Office, delivery: WebhookDelivery, answered: Answered, now: datetime
) -> WebhookDelivery:
    """Writes down how an attempt went; an address that failed rests."""
    with transaction(office.engine) as session:
        row = session.get_one(WebhookDelivery, delivery.id)
        hook = session.get_one(Webhook, row.webhook_id)
        row.status, row.error = answered.status, answered.error
        if answered.error != ENDED:
            row.tries, row.tried_at = row.tries + 1, now
        if answered.taken:
            row.delivered_at, hook.failures, hook.resting_until = now, 0, None
        elif row.follow_up_id is not None and answered.error != ENDED:
            hook.failures += 1
            hook.resting_until = now + RESTS[min(hook.failures, len(RESTS)) - 1]
        session.add_all([row, hook])
    return row
