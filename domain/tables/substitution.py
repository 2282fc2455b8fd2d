"""Who looks after the matters of an absent colleague, from which day to which."""

from datetime import datetime

from sqlmodel import Field

from domain.tables.columns import UTCDateTime
from domain.tables.row import Row


class Substitution(Row, table=True):
    """`substitute_id` stands in for `absent_id` from `first_day` to `last_day` (ISO, both counted).

    `ended_at`: when it was taken back before its last day, by `ended_by`.
    """

    __tablename__ = "substitution"

    id: int | None = Field(default=None, primary_key=True)
    absent_id: str = Field(foreign_key="user.id", index=True)
    substitute_id: str = Field(foreign_key="user.id", index=True)
    department_id: str = Field(index=True)
    first_day: str
    last_day: str
    reason: str
    named_by: str
    named_at: datetime = Field(sa_type=UTCDateTime)
    ended_by: str | None = None
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
