"""Other systems at the door: their tokens, what they were answered, and whom we tell of steps."""

from datetime import datetime

from sqlalchemy import JSON, Index
from sqlmodel import Field

from domain.tables.columns import UTCDateTime
from domain.tables.row import Row


class ApiToken(Row, table=True):
    """A key of another system, found by its SHA-256; whoever shows it acts as the user named.

    `channel`: the only one whose work orders it may push. `hint`: its first signs, to be told by.
    """

    __tablename__ = "api_token"

    id: int | None = Field(default=None, primary_key=True)
    label: str
    token_sha256: str = Field(unique=True)
    hint: str
    user_id: str = Field(foreign_key="user.id", index=True)
    channel: str = ""
    scopes: list[str] = Field(default_factory=list, sa_type=JSON)
    issued_at: datetime = Field(sa_type=UTCDateTime)
    issued_by: str
    expires_at: datetime = Field(sa_type=UTCDateTime)
    last_used_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    revoked_by: str | None = None


class ApiAnswer(Row, table=True):
    """What a call was answered, kept for a while: the same call again is answered the same."""

    __tablename__ = "api_answer"

    token_id: int = Field(primary_key=True, foreign_key="api_token.id")
    key: str = Field(primary_key=True)
    call_sha256: str
    status: int = 0
    body: str = ""
    made_at: datetime = Field(sa_type=UTCDateTime, index=True)


class Webhook(Row, table=True):
    """An address that is told of steps, as far as the user named may see them.

    `resting_until`: after a failure nothing is sent before; `failures` counts those in a row.
    """

    __tablename__ = "webhook"

    id: int | None = Field(default=None, primary_key=True)
    label: str
    url: str
    events: list[str] = Field(default_factory=list, sa_type=JSON)
    secret_sealed: bytes
    user_id: str = Field(foreign_key="user.id", index=True)
    made_at: datetime = Field(sa_type=UTCDateTime)
    made_by: str
    failures: int = 0
    resting_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    ended_by: str | None = None


class WebhookDelivery(Row, table=True):
    """One message to one address: written with the step it tells of, sent by a flow afterwards.

    `message_id` stays the same however often it is sent.
    """

    __tablename__ = "webhook_delivery"
    __table_args__ = (Index("ix_webhook_delivery_webhook", "webhook_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    message_id: str = Field(unique=True)
    webhook_id: int = Field(foreign_key="webhook.id")
    follow_up_id: int | None = Field(default=None, foreign_key="follow_up.id", index=True)
    event: str
    clue_no: str = ""
    body: str
    made_at: datetime = Field(sa_type=UTCDateTime)
    tries: int = 0
    tried_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    status: int | None = None
    error: str = ""
    delivered_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
