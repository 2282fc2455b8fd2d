"""The record that nobody alters: events, the documents issued, and the numbers they bear."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from domain.tables.columns import FirstSigns, UTCDateTime, partial_index
from domain.tables.dossier import DOSSIER
from domain.tables.row import Row


class Event(Row, table=True):
    """One thing that happened, chained to the one before it by HMAC."""

    __tablename__ = "event"
    __table_args__ = (
        Index(
            "ix_event_acts",
            *("process_kind", "action", "seq", "department_id", "process_id", "clue_id"),
        ),
        Index("ix_event_at", "at"),
    )

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    clue_id: int | None = Field(default=None, index=True)
    process_kind: str
    process_id: int
    action: str
    from_state: str
    to_state: str
    actor_id: str = Field(index=True)
    department_id: str
    at: datetime = Field(sa_type=UTCDateTime)
    detail: dict[str, Any] = Field(default={}, sa_type=JSON)
    previous: str
    hash: str


class ChainHead(Row, table=True):
    """The last event's number and hash: one row, locked by whoever appends."""

    __tablename__ = "chain_head"

    id: int = Field(default=1, primary_key=True)
    seq: int
    hash: str


class Counter(Row, table=True):
    """The last number given out in a series of an organ and year."""

    __tablename__ = "counter"

    organ: str = Field(primary_key=True)
    series: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    last: int


class IssuedDocument(Row, table=True):
    """An official document as issued: its number, facts, template and bytes (by SHA-256).

    Nothing of it changes any more. Only once it may be voided; what is issued in its stead names
    it under `replaces_id`, and its number is never given out again. `left_at`: when it was sent or
    served; one that left is voided no more. `altered_by_id`: the later document that corrected,
    changed or revoked it last. `serves_id`: of a 送达回证, the document whose service it tells.
    """

    __tablename__ = "document"
    __table_args__ = (
        partial_index(
            "uq_document_number",
            *("organ", "series", "year", "serial"),
            unique=True,
            where="series IS NOT NULL",
        ),
        partial_index(
            "uq_document_replaces",
            "replaces_id",
            unique=True,
            where="replaces_id IS NOT NULL",
        ),
        Index("ix_document_code", "code"),
        Index("ix_document_process", "process_kind", "process_id"),
        Index("ix_document_issued_at", "issued_at", "id"),
        Index("ix_document_kind", "kind", "issued_at", "id"),
        partial_index(
            "ix_document_number",
            "number",
            where="number IS NOT NULL",
        ),
        partial_index(
            "ix_document_numbered",
            "id",
            "number",
            where="number IS NOT NULL",
        ),
        partial_index(
            "ix_document_serves",
            "serves_id",
            where="serves_id IS NOT NULL",
        ),
        partial_index(
            "ix_document_service_undone",
            "serves_id",
            where="serves_id IS NOT NULL AND voided_at IS NOT NULL",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    clue_id: int = Field(foreign_key=DOSSIER, index=True)
    process_kind: str
    process_id: int
    kind: str
    title: str
    organ: str
    series: str | None = None
    year: int | None = None
    serial: int | None = None
    number: str | None = None
    facts: dict[str, Any] = Field(default={}, sa_type=JSON)
    template_sha256: str
    sha256: str
    issued_at: datetime = Field(sa_type=UTCDateTime)
    issued_by: str
    department_id: str
    action: str = ""
    signer: str = ""
    code: str = ""
    replaces_id: int | None = Field(default=None, foreign_key="document.id")
    voided_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    voided_by: str | None = None
    void_reason: str | None = None
    left_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    altered_by_id: int | None = Field(default=None, foreign_key="document.id")
    serves_id: int | None = Field(default=None, foreign_key="document.id")


Index("ix_document_sha256", FirstSigns(IssuedDocument.__table__.c.sha256))  # type: ignore[attr-defined]
