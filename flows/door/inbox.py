"""Messages to people: rows of the in-app inbox, written in the same transaction."""

from collections.abc import Iterable

from sqlalchemy import insert
from sqlmodel import Session, col, select

from domain.lifecycle.plan import Step
from domain.situation.recipients import Recipient
from domain.tables.record import IssuedDocument
from domain.tables.work import InboxMessage
from flows.door.locked_dossier import Root, called

MESSAGES = insert(InboxMessage.__table__)  # type: ignore[attr-defined]


def tell(
    session: Session,
    root: Root,
    done: list[tuple[Step, int]],
    documents: list[IssuedDocument],
    event: int,
) -> None:
    """One message per recipient and step, naming what happened and the documents it issued."""
    rows: list[dict[str, object]] = []
    for place, (step, process_id) in enumerate(done):
        papers = [
            f"《{one.title}》{one.number or ''}"
            for one in documents
            if (one.process_kind, one.process_id) == (step.process.kind, process_id)
        ]
        key = f"{event}-{place}"
        rows += [_message(root, step, recipient, papers, key) for recipient in step.tells]
    if rows:
        session.connection().execute(MESSAGES, rows)


def _message(
    root: Root, step: Step, recipient: Recipient, papers: list[str], key: str
) -> dict[str, object]:
    organ = step.before.law.departments[step.before.actor.department].name
    done, what = step.transition.label, called(step.before.law, root)
    body = f"{organ}{step.before.actor.name}：{done}（{what}）。"
    if papers:
        body += f"文书：{'、'.join(papers)}。"
    return {
        "key": f"step-{key}-{recipient.department}-{recipient.role or 'desk'}",
        "department_id": recipient.department,
        "role": recipient.role,
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
