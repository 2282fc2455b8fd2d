"""What colleagues write to each other about a clue, beside the record."""

from datetime import datetime

from sqlalchemy import JSON
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
