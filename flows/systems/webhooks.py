"""Webhooks: which addresses are told of which steps, kept by an administrator and on record."""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlmodel import Session, col, func, select

from domain.situation.situation import CONSEQUENCE, SYSTEM, Actor
from domain.tables.interface import Webhook, WebhookDelivery
from domain.tables.people import User
from domain.tables.work import FollowUp
from flows.afterwards.follow_up_list import retry_follow_ups
from flows.site.act_events import Act, Thing, act_event
from flows.site.event_chain import append
from flows.site.office import Office
from flows.site.refusals import refuse_if
from flows.site.row_marks import marked
from flows.site.store import reading, transaction
from flows.systems.outgoing_requests import AddressRefused, allowed_hosts, check_address
from flows.systems.system_owners import RULE, keeper_complaints, label_complaints, owner_complaints

KEPT = "登记和停用通知地址"
ALL = "*"
MOST = 20
"""So many addresses at most are told at once: every step asks for each of them."""
PAGE = 50
KEPT_FOR = timedelta(days=90)
QUARTERLY = "breach_record.quarterly"
"""No step: all 失信信息 that stands, with its changes, each quarter. It is asked for by name."""


@dataclass(frozen=True)
class WebhookWish:
    """An address to be told: of which events, as far as which user may see."""

    label: str
    url: str
    user: str
    events: tuple[str, ...] = (ALL,)


@dataclass(frozen=True)
class Subscribed:
    """A new subscription; `secret` is told this once."""

    secret: str
    row: Webhook

    def __repr__(self) -> str:
        return f"Subscribed({self.row.url})"


@dataclass(frozen=True)
class DeliveryLine:
    """A message and how it stands: 已送达, 待发送, 将重发, 搁置, 未接收 or 未发送."""

    delivery: WebhookDelivery
    state: str
    next_at: datetime | None


def event_names(office: Office) -> dict[str, str]:
    """Every event that may be told of, with its name in Chinese."""
    steps = {
        f"{kind}.{name}": f"{lifecycle.label}·{action.label}"
        for kind, lifecycle in office.rules.lifecycles.items()
        for name, action in lifecycle.actions.items()
        if not set(action.by) <= {CONSEQUENCE} or SYSTEM in action.by
    }
    return {**steps, QUARTERLY: "失信信息·每季度推送全部"}


def subscribe(office: Office, wish: WebhookWish, actor: Actor, now: datetime) -> Subscribed:
    """Registers an address that is told of steps from now on; its secret comes back this once.

    Raises Refused with every reason where it may not be. Looks the address up on the network.
    """
    # The look-up may take seconds, and no transaction is open while it does.
    address = _address_complaints(office, wish.url)
    secret = "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()
    with transaction(office.engine) as session:
        reasons = [*keeper_complaints(office, actor, KEPT), *label_complaints(wish.label), *address]
        reasons += owner_complaints(session.get(User, wish.user), wish.user)
        reasons += _event_complaints(office, wish.events)
        living = select(func.count()).where(col(Webhook.ended_at).is_(None))
        if session.exec(living).one() >= MOST:
            reasons.append(f"已有{MOST}个在用的通知地址，请先停用不再需要的")
        refuse_if(office.rules, "登记通知地址", RULE, reasons)
        row = Webhook(
            label=wish.label.strip(),
            url=wish.url.strip(),
            events=sorted(set(wish.events)),
            secret_sealed=office.keys.sealed(secret),
            user_id=wish.user,
            made_at=now,
            made_by=actor.id,
        )
        session.add(row)
        session.flush()
        _record(session, office, row, ("subscribe", "none", "active"), (actor, now))
    return Subscribed(secret, row)


def end_webhook(office: Office, webhook_id: int, actor: Actor, now: datetime) -> Webhook:
    """Ends an address from now on; Refused for who may not or if it ended, LookupError for none."""
    with transaction(office.engine) as session:
        row = session.get(Webhook, webhook_id)
        if row is None:
            raise LookupError(f"没有编号为{webhook_id}的通知地址")
        reasons = keeper_complaints(office, actor, KEPT)
        if row.ended_at is not None:
            reasons.append("该通知地址已经停用")
        refuse_if(office.rules, "停用通知地址", RULE, reasons)
        row.ended_at, row.ended_by = now, actor.id
        session.add(row)
        _record(session, office, row, ("end", "active", "ended"), (actor, now))
    return row


def list_webhooks(session: Session, limit: int = 200) -> list[Webhook]:
    """The addresses, those in use first."""
    ended = col(Webhook.ended_at).is_not(None)
    return list(session.exec(select(Webhook).order_by(ended, col(Webhook.id).desc()).limit(limit)))


def failing_webhooks(session: Session) -> list[Webhook]:
    """The addresses in use that did not take what they were last sent."""
    query = select(Webhook).where(col(Webhook.ended_at).is_(None), col(Webhook.failures) > 0)
    return list(session.exec(query.order_by(col(Webhook.id))))


def deliveries(
    session: Session, webhook_id: int, before: int = 0
) -> tuple[list[DeliveryLine], int]:
    """A page of an address's messages, the newest first, and where the next page begins."""
    query = select(WebhookDelivery, FollowUp).join(
        FollowUp, col(FollowUp.id) == col(WebhookDelivery.follow_up_id), isouter=True
    )
    query = query.where(col(WebhookDelivery.webhook_id) == webhook_id)
    if before:
        query = query.where(col(WebhookDelivery.id) < before)
    rows = list(session.exec(query.order_by(col(WebhookDelivery.id).desc()).limit(PAGE + 1)))
    lines = [_line(one, follow_up) for one, follow_up in rows[:PAGE]]
    older = lines[-1].delivery.id or 0 if len(rows) > PAGE else 0
    return lines, older


def retry_deliveries(office: Office, webhook_id: int, actor: Actor, now: datetime) -> int:
    """Puts an address's parked messages back to work, at once; how many.

    Raises Refused for whoever keeps no addresses, and LookupError for an unknown one.
    """
    refuse_if(office.rules, "重新发送", RULE, keeper_complaints(office, actor, KEPT))
    with reading(office.engine) as session:
        query = (
            select(FollowUp.id)
            .join(WebhookDelivery, col(WebhookDelivery.follow_up_id) == col(FollowUp.id))
            .where(
                col(WebhookDelivery.webhook_id) == webhook_id, col(FollowUp.parked_at).is_not(None)
            )
        )
        ids = [one for one in session.exec(query) if one is not None]
    with transaction(office.engine) as session:
        row = session.get(Webhook, webhook_id)
        if row is None:
            raise LookupError(f"没有编号为{webhook_id}的通知地址")
        row.resting_until = None
        session.add(row)
    return retry_follow_ups(office, actor, now, ids) if ids else 0


def forget_deliveries(office: Office, now: datetime) -> int:
    """Messages delivered long ago are no longer kept; how many went."""
    query = delete(WebhookDelivery).where(col(WebhookDelivery.delivered_at) <= now - KEPT_FOR)
    with transaction(office.engine) as session:
        return int(session.connection().execute(query).rowcount)


def _line(delivery: WebhookDelivery, follow_up: FollowUp | None) -> DeliveryLine:
    if delivery.delivered_at is not None:
        return DeliveryLine(delivery, "已送达", None)
    if follow_up is None or follow_up.done_at is not None:
        return DeliveryLine(delivery, "未接收" if delivery.tries else "未发送", None)
    if follow_up.parked_at is not None:
        return DeliveryLine(delivery, "搁置", None)
    return DeliveryLine(delivery, "将重发" if delivery.tries else "待发送", follow_up.not_before)


def _address_complaints(office: Office, url: str) -> list[str]:
    try:
        check_address(url.strip(), allowed_hosts(office.settings.webhook_hosts))
    except AddressRefused as problem:
        return [str(problem)]
    return []


def _event_complaints(office: Office, events: tuple[str, ...]) -> list[str]:
    known = set(event_names(office)) | {f"{kind}.*" for kind in office.rules.lifecycles} | {ALL}
    unknown = sorted(set(events) - known)
    if unknown:
        return [f"没有「{'、'.join(unknown)}」这种事件，应如 clue.dispatch、referral.*、*"]
    return [] if events else ["请至少选定一种事件"]


def _record(
    session: Session,
    office: Office,
    row: Webhook,
    move: tuple[str, str, str],
    who: tuple[Actor, datetime],
) -> None:
    action, before, after = move
    actor, now = who
    told = {"label": row.label, "url": row.url, "user": row.user_id, "events": row.events}
    detail = {**told, **marked("webhook", row, office.keys.chain)}
    act = Act(action, actor, now, detail, before, after)
    append(session, [act_event(Thing("webhook", row.id or 0), act)], office.keys.chain)
