"""What a person sets for himself: how he is told, and the phrases he writes often."""

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field

from domain.tables.columns import UTCDateTime
from domain.tables.row import Row


class NoticeWish(Row, table=True):
    """How a person wants to be told; who has no row is told of everything, by mail too.

    `ways`: by group of messages, `mail`, `desk` or `quiet`. `digest_hour`: one mail a day at that
    hour in China; `quiet_from`, `quiet_until`: hours in which no mail is sent. None for neither.
    """

    __tablename__ = "notice_wish"

    user_id: str = Field(primary_key=True, foreign_key="user.id")
    ways: dict[str, str] = Field(default={}, sa_type=JSON)
    digest_hour: int | None = None
    quiet_from: int | None = None
    quiet_until: int | None = None


class Phrase(Row, table=True):
    """Words written often: a person's own, or a department's where `user_id` is empty."""

    __tablename__ = "phrase"

    id: int | None = Field(default=None, primary_key=True)
    department_id: str = Field(index=True)
    user_id: str | None = Field(default=None, foreign_key="user.id", index=True)
    text: str
    written_by: str
    written_at: datetime = Field(sa_type=UTCDateTime)
