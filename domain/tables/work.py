"""Work that waits: follow-ups for the flows, messages for people, reminders already sent."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from domain.tables.columns import UTCDateTime, partial_index
from domain.tables.dossier import DOSSIER
from domain.tables.row import Row


class FollowUp(Row, table=True):
    """What a stage flow still has to do after a step was committed: the outbox."""

    __tablename__ = "follow_up"
    __table_args__ = (
        partial_index(
            "ix_follow_up_waiting",
            "not_before",
            where="done_at IS NULL AND parked_at IS NULL",
        ),
        partial_index(
            "ix_follow_up_parked",
            "id",
            where="parked_at IS NOT NULL",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    stage: str
    task: str
    clue_id: int = Field(foreign_key=DOSSIER, index=True)
    clue_no: str
    process_kind: str
    process_id: int
    payload: dict[str, Any] = Field(default={}, sa_type=JSON)
    created_at: datetime = Field(sa_type=UTCDateTime)
    not_before: datetime = Field(sa_type=UTCDateTime)
    leased_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    leased_by: str | None = None
    attempts: int = 0
    last_error: str | None = None
    done_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    parked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class InboxMessage(Row, table=True):
    """A message to a person or to a department's desk, with what it asks for.

    `written_by`: the person who says it, where one does; he is not told it in another's stead.
    `clock_id`: the limit that a reminder is about; once it ended, nothing is asked any more.
    `read_at`, `acknowledged_at`: when the first person acknowledged it; who has read it, see
    `MessageRead`. `mailed_to`: who was reached by e-mail so far; `mail_note`: why nobody is tried
    any more.
    """

    __tablename__ = "inbox_message"
    __table_args__ = (
        UniqueConstraint("key", name="uq_inbox_message_key"),
        Index("ix_inbox_message_newest", "department_id", "role", "id"),
        partial_index(
            "ix_inbox_message_unmailed",
            "created_at",
            where="mailed_at IS NULL AND mail_note IS NULL",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str
    department_id: str
    role: str | None = None
    user_id: str | None = None
    written_by: str | None = None
    clue_id: int | None = Field(default=None, index=True)
    clock_id: int | None = Field(default=None, foreign_key="clock.id")
    kind: str
    title: str
    body: str
    created_at: datetime = Field(sa_type=UTCDateTime)
    read_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    acknowledged_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    mailed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    mailed_to: list[str] = Field(default=[], sa_type=JSON)
    mail_attempts: int = 0
    mail_tried_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    mail_claimed_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    mail_note: str | None = None


class MessageRead(Row, table=True):
    """A person read a message; `acknowledged`: he said by name that it was received."""

    __tablename__ = "message_read"

    message_id: int = Field(primary_key=True, foreign_key="inbox_message.id")
    user_id: str = Field(primary_key=True, foreign_key="user.id")
    read_at: datetime = Field(sa_type=UTCDateTime)
    acknowledged: bool = False


class ReminderFiring(Row, table=True):
    """A rung of the ladder that fired or was skipped, once per clock, due moment and rung."""

    __tablename__ = "reminder_firing"
    __table_args__ = (UniqueConstraint("clock_id", "due_at", "rung", name="uq_reminder_firing"),)

    id: int | None = Field(default=None, primary_key=True)
    clock_id: int = Field(foreign_key="clock.id")
    due_at: datetime = Field(sa_type=UTCDateTime)
    rung: str
    fired_at: datetime = Field(sa_type=UTCDateTime)
    outcome: str
    reason: str = ""
