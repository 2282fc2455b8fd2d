"""失信信息 sent each quarter to the addresses that asked for it, by the outbox of webhooks.

What is written down here is sent, tried again and parked as every other message is; an address that
fails rests, and holds up nobody (鲁政办发〔2023〕14号三（三）第14项: each quarter).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from domain.exchange.check_action import Record
from domain.limits.limit import at_shanghai, day_of
from domain.situation.situation import Actor
from domain.tables.interface import Webhook, WebhookDelivery
from domain.tables.undertaking import Undertaking
from flows.door.announcement import LIVING, Message, queue_message
from flows.exchange.check_actions import Days
from flows.exchange.credit_changes import LABELS, credit_changes
from flows.exchange.packages import package_of
from flows.people.viewer import Viewer
from flows.site.office import Office
from flows.site.store import transaction
from flows.systems.webhooks import QUARTERLY

WITHIN = timedelta(days=30)
"""So many days of a quarter its push may begin: who asks later waits for the next one."""
BREACH = "breach_record"
PORTION = 200
"""Records of one message."""


@dataclass(frozen=True)
class Quarter:
    """A quarter by its first day, and that of the one before."""

    begun: date
    before: date

    @property
    def label(self) -> str:
        """As people call it."""
        return f"{self.begun.year}年第{(self.begun.month + 2) // 3}季度"


def quarter_at(day: date) -> Quarter:
    """The quarter in which a day lies."""
    begun = day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
    last = begun - timedelta(days=1)
    return Quarter(begun, last.replace(month=(last.month - 1) // 3 * 3 + 1, day=1))


def push_credit(office: Office, now: datetime) -> int:
    """Writes down this quarter's message for each address that asked for it and has none yet.

    How many messages. What its owner may see is told: what stands, and every change since the
    quarter before began, ended ones among them. Where there is neither, nothing is sent.
    """
    quarter = quarter_at(day_of(now))
    if day_of(now) - quarter.begun > WITHIN:
        return 0
    told = 0
    with transaction(office.engine) as session:
        if not _any(session):
            return 0
        for hook, user in session.exec(LIVING).all():
            if QUARTERLY in hook.events and not _is_told(session, hook, quarter):
                owner = Actor(user.id, user.name, frozenset(user.roles), user.department_id)
                told += _write_down(session, hook, quarter, Viewer(office, owner, now))
    return told


def _any(session: Session) -> bool:
    """Whether anything was ever recorded: asked at every tick, so asked first."""
    query = select(Undertaking.id).where(col(Undertaking.kind) == BREACH).limit(1)
    return session.exec(query).first() is not None


def _is_told(session: Session, hook: Webhook, quarter: Quarter) -> bool:
    query = select(WebhookDelivery.made_at).where(
        col(WebhookDelivery.webhook_id) == hook.id, col(WebhookDelivery.event) == QUARTERLY
    )
    last = session.exec(query.order_by(col(WebhookDelivery.id).desc()).limit(1)).first()
    return last is not None and at_shanghai(last).date() >= quarter.begun


def _write_down(session: Session, hook: Webhook, quarter: Quarter, viewer: Viewer) -> int:
    days = Days(quarter.before, day_of(viewer.now))
    standing = package_of(session, viewer, "credit", days)
    changes = credit_changes(session, viewer, days)
    about = _newest(session, [one["no"] for one in (*standing.records, *changes)])
    if about is None:
        return 0
    parts = list(_portions(standing.records, changes))
    for place, (records, changed) in enumerate(parts, start=1):
        told = {
            "type": QUARTERLY,
            "timestamp": at_shanghai(viewer.now).isoformat(),
            "data": {
                "quarter": quarter.label,
                "part": place,
                "parts": len(parts),
                "fields": dict(standing.labels),
                "records": [dict(one) for one in records],
                "change_fields": dict(LABELS),
                "changes": [dict(one) for one in changed],
            },
        }
        message = Message(
            event=QUARTERLY,
            body=json.dumps(told, ensure_ascii=False),
            process=(about.kind, about.id or 0),
            payload={"action": "quarterly"},
            made_at=viewer.now,
        )
        queue_message(session, hook, about, message)
    return len(parts)


def _newest(session: Session, numbers: Sequence[str]) -> Undertaking | None:
    """The breach under whose number the message stands in the list of follow-ups."""
    query = select(Undertaking).where(col(Undertaking.no).in_(set(numbers)))
    return session.exec(query.order_by(col(Undertaking.id).desc()).limit(1)).first()


def _portions(
    standing: Sequence[Record], changes: Sequence[Record]
) -> Iterator[tuple[Sequence[Record], Sequence[Record]]]:
    """Both lists in portions side by side; whoever has all parts has all records."""
    for start in range(0, max(len(standing), len(changes)), PORTION):
        yield standing[start : start + PORTION], changes[start : start + PORTION]
