"""Messages to people: rows of the in-app inbox, written in the same transaction."""

from collections.abc import Iterable

from sqlalchemy import insert
from sqlmodel import Session, col, select

from domain.lifecycle.plan import Step
from domain.situation.recipients import Recipient
from domain.tables.record import IssuedDocument
from domain.tables.work import InboxMessage
from flows.door.locked_dossier import Root, called
from flows.rows.statements import Statement

MESSAGES = Statement(
    insert(InboxMessage.__table__),  # type: ignore[attr-defined]
    *("key", "department_id", "role", "user_id"),
    *("clue_id", "kind", "title", "body", "created_at"),
)


def messages(
    root: Root, done: list[tuple[Step, int]], documents: list[IssuedDocument], event: int
) -> list[dict[str, object]]:
    """The rows of a step's messages: to each recipient one, of all that followed at once.

    It tells what happened and what was issued. Who is told of several processes of one step gets
    them in one message, the first as its title.
    """
    told: dict[Recipient, list[tuple[Step, int]]] = {}
    for step, process_id in done:
        for recipient in step.tells:
            told.setdefault(recipient, []).append((step, process_id))
    rows: list[dict[str, object]] = []
    for recipient, steps in told.items():
        papers = [
            f"《{one.title}》{one.number or ''}"
            for one in documents
            if any((one.process_kind, one.process_id) == (s.process.kind, pid) for s, pid in steps)
        ]
        message = _message(root, [step for step, _ in steps], papers)
        rows.append(_to(recipient, event) | message)
    return rows


def _to(recipient: Recipient, event: int) -> dict[str, object]:
    to, role, user = recipient.department, recipient.role, recipient.user
    key = f"step-{event}-{to}-{role or user or 'desk'}"
    return {"key": key, "department_id": to, "role": role, "user_id": user}


def _message(root: Root, steps: list[Step], papers: list[str]) -> dict[str, object]:
    step = steps[0]
    law = step.before.law
    organ = law.departments[step.before.actor.department].name
    done = "，".join(dict.fromkeys(one.transition.label for one in steps))
    body = f"{organ}{step.before.actor.name}：{done}（{called(law, root)}）。"
    if papers:
        body += f"文书：{'、'.join(papers)}。"
    return {
        "clue_id": root.id,
        "kind": f"{step.process.kind}.{step.action}",
        "title": f"{step.transition.label}：{root.no}",
        "body": body,
        "created_at": step.before.now,
    }


def message_once(session: Session, messages: Iterable[InboxMessage]) -> int:
    """Adds the messages whose keys are new; how many that were.

    A task that is repeated after a crash makes the same keys, and nobody is told twice.
    """
    found = list(messages)
    keys = [one.key for one in found]
    known = set(session.exec(select(col(InboxMessage.key)).where(col(InboxMessage.key).in_(keys))))
    fresh = {one.key: one for one in found if one.key not in known}
    session.add_all(fresh.values())
    return len(fresh)
