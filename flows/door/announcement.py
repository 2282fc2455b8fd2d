"""Announcements of steps to other systems: written with the step itself, sent by a flow later.

What is told names the clue and where it stands; neither reporter nor content leave this way.
"""

import json
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from domain.situation.situation import CHINA, Actor
from domain.tables.interface import Webhook, WebhookDelivery
from domain.tables.people import User
from domain.tables.process import Clue
from domain.tables.work import FollowUp
from flows.door.locked_dossier import Root, kind_of
from flows.door.visible_undertakings import shown_of
from flows.people.actors import in_service
from flows.rows.dossiers import LISTENERS
from flows.rows.statements import ask
from flows.site.event_chain import Happening
from flows.site.office import Office
from flows.site.portions import asked_once

STAGE, TASK = "outside", "send_webhook"
LIVING = (
    select(Webhook, User)
    .join(User, col(User.id) == col(Webhook.user_id))
    .where(col(Webhook.ended_at).is_(None), in_service())
    .order_by(col(Webhook.id))
)


@dataclass(frozen=True)
class Said:
    """One event of a step, with its place in the chain."""

    sequence: int
    happened: Happening

    @property
    def name(self) -> str:
        """The event's name, as subscriptions call it."""
        return f"{self.happened.process_kind}.{self.happened.action}"


@dataclass(frozen=True)
class Message:
    """What an address is to get: the event's name, JSON text, and the process it is about."""

    event: str
    body: str
    process: tuple[str, int]
    payload: Mapping[str, object]
    made_at: datetime


def announce(
    session: Session, office: Office, root: Root, happenings: Sequence[Happening], last: int
) -> None:
    """Writes down what every subscribed address is to be told of a step.

    `last` is the number that the step's last event got in the chain. An address hears of an event
    only as far as its owner may see the clue and the process.
    """
    if not asked_once(session, LISTENERS, lambda: _anybody(session)):
        return
    hooks = list(session.exec(LIVING))
    first = last - len(happenings) + 1
    said = [Said(first + place, one) for place, one in enumerate(happenings)]
    for hook, user in hooks:
        actor = Actor(user.id, user.name, frozenset(user.roles), user.department_id)
        wanted = [one for one in said if _is_wanted(hook, one.name)]
        if wanted:
            shown = shown_of(session, office, actor, root)
            for one in wanted:
                if shown.shows(one.happened.process_kind, one.happened.process_id):
                    _write_down(session, office, (hook, root), one)


def _anybody(session: Session) -> bool:
    [[found]] = ask(session.connection(), (LISTENERS, {}))
    return bool(found.any)


def _is_wanted(hook: Webhook, name: str) -> bool:
    kind = name.partition(".")[0]
    return bool({name, f"{kind}.*", "*"} & set(hook.events))


def _write_down(session: Session, office: Office, where: tuple[Webhook, Root], said: Said) -> None:
    hook, root = where
    happened = said.happened
    told = announcement_body(office, root, said)
    message = Message(
        event=said.name,
        body=json.dumps(told, ensure_ascii=False, separators=(",", ":")),
        process=(happened.process_kind, happened.process_id),
        payload={"action": happened.action, "actor": happened.actor_id},
        made_at=happened.at,
    )
    queue_message(session, hook, root, message)


def queue_message(session: Session, hook: Webhook, root: Root, message: Message) -> None:
    """Writes a message to an address down with the follow-up that will send it, and no commit."""
    message_id = f"msg_{secrets.token_hex(16)}"
    kind, process_id = message.process
    follow_up = FollowUp(
        stage=STAGE,
        task=TASK,
        clue_id=root.id or 0,
        clue_no=root.no,
        process_kind=kind,
        process_id=process_id,
        payload={**message.payload, "message": message_id, "webhook": hook.id},
        created_at=message.made_at,
        not_before=message.made_at,
    )
    session.add(follow_up)
    session.flush()
    session.add(
        WebhookDelivery(
            message_id=message_id,
            webhook_id=hook.id or 0,
            follow_up_id=follow_up.id,
            event=message.event,
            clue_no=root.no,
            body=message.body,
            made_at=message.made_at,
        )
    )


def announcement_body(office: Office, root: Root, said: Said) -> Mapping[str, object]:
    """What an address is told of one event, as plain JSON data; moments are in China's time."""
    happened, rules = said.happened, office.rules
    lifecycle = rules.lifecycles[happened.process_kind]
    organ = rules.departments.get(happened.department_id)
    papers = happened.detail.get("documents")
    return {
        "type": said.name,
        "timestamp": happened.at.astimezone(CHINA).isoformat(),
        "data": {
            "sequence": said.sequence,
            **_belonging(office, root),
            "process": happened.process_kind,
            "process_label": lifecycle.label,
            "process_id": happened.process_id,
            "action": happened.action,
            "action_label": lifecycle.actions[happened.action].label,
            "from_state": happened.from_state,
            "to_state": happened.to_state,
            "to_state_label": lifecycle.states[happened.to_state].label,
            "department": happened.department_id,
            "department_name": organ.name if organ else happened.department_id,
            "documents": papers if isinstance(papers, list) else [],
        },
    }


def _belonging(office: Office, root: Root) -> Mapping[str, object]:
    """The clue or undertaking of an event, and where it stands."""
    state = office.rules.lifecycles[kind_of(root)].states[root.state].label
    if not isinstance(root, Clue):
        return {
            "undertaking": root.no,
            "undertaking_kind": root.kind,
            "undertaking_state": root.state,
            "undertaking_state_label": state,
        }
    return {
        "clue": root.no,
        "channel": root.channel,
        "outside_no": root.outside_no,
        "clue_state": root.state,
        "clue_state_label": state,
    }
