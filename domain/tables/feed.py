"""Calendar feeds: who may be told of his time limits by a secret address."""

from datetime import datetime

from sqlmodel import Field

from domain.tables.columns import UTCDateTime
from domain.tables.row import Row


class CalendarFeed(Row, table=True):
    """One feed per person, found by the SHA-256 of the key in its address; never the key itself."""

    __tablename__ = "calendar_feed"

    user_id: str = Field(primary_key=True, foreign_key="user.id")
    key_sha256: str = Field(unique=True)
    made_at: datetime = Field(sa_type=UTCDateTime)
