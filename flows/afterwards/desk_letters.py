"""Letters of the program about a clue: messages to a desk or chair, once per key."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from domain.limits.due_moment import in_words
from domain.rulebook.rulebook import Rulebook
from domain.situation.recipients import Recipient
from domain.tables.process import Clock
from domain.tables.record import IssuedDocument
from domain.tables.work import InboxMessage
from flows.afterwards.outbox import Job


@dataclass(frozen=True)
class Letter:
    """What is to be said, before it is addressed."""

    kind: str
    title: str
    body: str


def messages_for(
    letter: Letter, job: Job, key: str, to: Iterable[Recipient], now: datetime
) -> list[InboxMessage]:
    """One message per recipient; the same key never makes a second one."""
    return [
        InboxMessage(
            key=f"{key}-{one.department}-{one.role or 'desk'}",
            department_id=one.department,
            role=one.role,
            clue_id=job.clue_id,
            kind=letter.kind,
            title=letter.title,
            body=letter.body,
            created_at=now,
        )
        for one in to
        if one.department
    ]


def document_reference(document: IssuedDocument) -> str:
    """A document as a letter refers to it: title and number."""
    return f"《{document.title}》{document.number or ''}"


def document_references(documents: Iterable[IssuedDocument]) -> str:
    """Several documents in a row."""
    return "、".join(document_reference(one) for one in documents)


def limit_in_words(clock: Clock, rules: Rulebook) -> str:
    """A running limit with its end and article."""
    rule = rules.deadlines[clock.rule]
    provisional = "（暂定）" if clock.provisional else ""
    return f"{rule.label}：{in_words(clock.due_at)}前{provisional}，依据{rules.cite(clock.basis)}"
