"""What colleagues write to each other about a clue, beside the record."""

from datetime import datetime

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from domain.tables.columns import UTCDateTime
from domain.tables.row import Row


class ClueNote(Row, table=True):
    """A note on a clue, sealed, for it may name a reporter; kept, and no part of the record.

    `departments`: who reads it, the writer's own and those of whom he called.
    """

    __tablename__ = "clue_note"

    id: int | None = Field(default=None, primary_key=True)
    clue_id: int = Field(foreign_key="clue.id", index=True)
    author_id: str = Field(foreign_key="user.id")
    department_id: str
    departments: list[str] = Field(default=[], sa_type=JSON)
    sealed: bytes
    written_at: datetime = Field(sa_type=UTCDateTime)


class NoteTaken(Row, table=True):
    """Somebody who was called in a note says that he has taken it up (已采纳), once."""

    __tablename__ = "note_taken"
    __table_args__ = (UniqueConstraint("note_id", "user_id", name="uq_note_taken"),)

    id: int | None = Field(default=None, primary_key=True)
    note_id: int = Field(foreign_key="clue_note.id", index=True)
    user_id: str = Field(foreign_key="user.id")
    taken_at: datetime = Field(sa_type=UTCDateTime)
