"""A clue and the processes it owns: what state each is in and with whom it lies."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from domain.tables.columns import UTCDateTime, expected_together, partial_index
from domain.tables.dossier import DOSSIER
from domain.tables.row import Row

THRESHOLD_MET = {
    "sqlite": "json_extract(facts, '$.threshold_met') = 1",
    "postgresql": "(facts ->> 'threshold_met') = 'true'",
}
"""By database: a case met a criminal threshold. Word for word, or the index is not used."""

CRIME_FOUND = {
    "sqlite": "(CASE WHEN json_extract(facts, '$.finding') = 'criminal' "
    "OR json_extract(facts, '$.found_criminal_at') IS NOT NULL THEN 1 END) BETWEEN 1 AND 1",
    "postgresql": "(CASE WHEN (facts ->> 'finding') = 'criminal' "
    "OR (facts ->> 'found_criminal_at') IS NOT NULL THEN 1 END) BETWEEN 1 AND 1",
}
"""By database: the verification of a clue found a crime, now or once. Likewise word for word.

Said as a span, for PostgreSQL expects few of such and reads their index, whatever others there are.
"""


def _screened(said: str, has: str) -> str:
    """`said`: the findings as text without blanks; `has`: the database's search in a text."""

    def found(outcome: str) -> str:
        return f'{has}({said}, \'"outcome":"{outcome}"\') > 0'

    return (
        f"(CASE WHEN {found('met')} OR {found('suspicion')} THEN 0 "
        f"WHEN {found('near')} THEN 1 WHEN {found('ask')} THEN 2 END)"
    )


SCREENED = {
    "sqlite": _screened("json_extract(facts, '$.screening')", "instr"),
    "postgresql": _screened("replace(facts ->> 'screening', ' ', '')", "strpos"),
}
"""By database: how grave the screening of a case is, 0 the gravest, null where it found nothing.

Likewise word for word.
"""
OPEN_CASE_SCREENED = {
    name: f"kind = 'case' AND ended_at IS NULL AND {grave} BETWEEN 0 AND 2"
    for name, grave in SCREENED.items()
}
"""Said as a span: of such PostgreSQL expects few, of what is not null nearly all, and then it goes
through all open cases instead.
"""

LIGHTS = ("breach_at", "paused", "started_at")
"""What tells whether a limit is late, due soon or new: lists pass over the others by it."""


class ProcessColumns(Row):
    """What every process has: state, holder, version, and the facts its forms recorded."""

    state: str
    version: int = 1
    department_id: str
    counterpart_id: str | None = None
    facts: dict[str, Any] = Field(default={}, sa_type=JSON)
    opened_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


def handler_in(facts: Mapping[str, Any]) -> str:
    """Who handles a clue, as its facts say; empty where nobody was named."""
    return str(facts.get("handler_user") or "")


class Clue(ProcessColumns, table=True):
    """问题线索: one matter brought to the government's notice, and the main line of its life.

    `handler_id`: `handler_in` of its facts, written with them, for lists to read along.
    """

    __tablename__ = "clue"
    __table_args__ = (
        UniqueConstraint("channel", "outside_no", name="uq_clue_channel_outside_no"),
        Index("ix_clue_in_state", "state", "department_id", "id"),
        partial_index(
            "ix_clue_ended_here",
            "department_id",
            "id",
            where="ended_at IS NOT NULL",
        ),
        partial_index(
            "ix_clue_ended",
            "id",
            where="ended_at IS NOT NULL",
        ),
        Index(
            "ix_clue_crime_found",
            "state",
            "id",
            sqlite_where=text(f"ended_at IS NULL AND {CRIME_FOUND['sqlite']}"),
            postgresql_where=text(f"ended_at IS NULL AND {CRIME_FOUND['postgresql']}"),
        ),
        partial_index(
            "ix_clue_open_here",
            "department_id",
            "id",
            where="ended_at IS NULL",
        ),
        partial_index(
            "ix_clue_open_id",
            "id",
            where="ended_at IS NULL",
        ),
        partial_index(
            "ix_clue_open_handled",
            *("handler_id", "department_id", "state", "id"),
            where="ended_at IS NULL",
        ),
        partial_index(
            "ix_clue_ended_handled",
            *("handler_id", "id"),
            where="ended_at IS NOT NULL",
        ),
        Index("ix_clue_received", "received_at"),
        Index("ix_clue_desk", "desk_id"),
        partial_index(
            "ix_clue_open_at_desk",
            *("desk_id", "state", "id"),
            where="ended_at IS NULL",
        ),
        Index("ix_clue_sender", "sender_id"),
        Index("ix_clue_counterpart", "counterpart_id"),
        partial_index(
            "ix_clue_open",
            "department_id",
            "received_at",
            where="ended_at IS NULL",
        ),
    )

    id: int | None = Field(default=None, primary_key=True, foreign_key=DOSSIER)
    no: str = Field(unique=True)
    channel: str
    outside_no: str | None = None
    received_at: datetime = Field(sa_type=UTCDateTime)
    title: str
    content: str
    category: str = ""
    place: str = ""
    area: str
    desk_id: str
    sender_id: str | None = None
    matter_id: str | None = None
    hops: int = 0
    binding: bool = False
    merged_into_id: int | None = Field(default=None, foreign_key="clue.id")
    subject_name: str = ""
    subject_code: str = Field(default="", index=True)
    subject_key: str | None = Field(default=None, index=True)
    subject_phone: str = ""
    subject_address: str = ""
    reporter_sealed: bytes | None = None
    reporter_key: str | None = None
    handler_id: str = Field(default="", sa_column_kwargs={"server_default": ""})


class Process(ProcessColumns, table=True):
    """A process beside the main line: verification, part, case, referral, dispute, and so on.

    `clue_id`: the dossier it belongs to, a clue or an undertaking; so wherever this name stands.
    `delivered_at`: of a referral, as its facts say it, written with them, for lists to read along.
    """

    __tablename__ = "process"
    __table_args__ = (
        Index("ix_process_of_clue", "clue_id", "kind", "id"),
        partial_index(
            "ix_process_open_of_clue",
            "clue_id",
            "kind",
            where="ended_at IS NULL",
        ),
        Index(
            "ix_process_in_state",
            *("kind", "state", "department_id", "clue_id", "counterpart_id"),
        ),
        partial_index(
            "ix_process_open_here",
            "department_id",
            "clue_id",
            where="ended_at IS NULL",
        ),
        partial_index(
            "ix_process_open_there",
            "counterpart_id",
            "clue_id",
            where="ended_at IS NULL",
        ),
        partial_index(
            "ix_process_ended_here",
            "department_id",
            "clue_id",
            where="ended_at IS NOT NULL",
        ),
        partial_index(
            "ix_process_ended_there",
            "counterpart_id",
            "clue_id",
            where="ended_at IS NOT NULL",
        ),
        partial_index(
            "ix_process_open_of_kind",
            *("kind", "id"),
            where="ended_at IS NULL",
        ),
        partial_index(
            "ix_process_ended_of_kind",
            *("kind", "id"),
            where="ended_at IS NOT NULL",
        ),
        partial_index(
            "ix_process_open_referral",
            *("state", "department_id", "delivered_at", "opened_at", "id", "clue_id"),
            where="kind = 'referral' AND ended_at IS NULL",
        ),
        Index("ix_process_opened", "kind", "opened_at", "department_id", "state", "clue_id"),
        Index("ix_process_ended", "kind", "ended_at"),
        Index(
            "ix_process_threshold_met",
            "ended_at",
            "clue_id",
            sqlite_where=text(THRESHOLD_MET["sqlite"]),
            postgresql_where=text(THRESHOLD_MET["postgresql"]),
        ),
        Index(
            "ix_process_screened",
            *("opened_at", "id", "department_id"),
            sqlite_where=text(OPEN_CASE_SCREENED["sqlite"]),
            postgresql_where=text(OPEN_CASE_SCREENED["postgresql"]),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    clue_id: int = Field(foreign_key=DOSSIER)
    parent_id: int | None = Field(default=None, foreign_key="process.id")
    delivered_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class Clock(Row, table=True):
    """A running or finished time limit, with the value in force when it started.

    `due_at` is kept for indexing; overdue is derived, never stored. A breach stays on record.
    """

    __tablename__ = "clock"
    __table_args__ = (
        partial_index(
            "uq_clock_open",
            "rule",
            "process_kind",
            "process_id",
            unique=True,
            where="ended_at IS NULL",
        ),
        partial_index(
            "ix_clock_next_rung",
            "next_rung_at",
            where="ended_at IS NULL AND next_rung_at IS NOT NULL",
        ),
        partial_index(
            "ix_clock_open_due",
            *("due_at", "id", "clue_id"),
            *LIGHTS,
            "process_kind",
            where="ended_at IS NULL",
        ),
        partial_index(
            "ix_clock_open_started",
            *("started_at", "owner_id", "clue_id", "due_at", "id", "process_kind"),
            where="ended_at IS NULL",
        ),
        partial_index(
            "ix_clock_open_two_readings",
            *("owner_id", "due_at", "breach_at", "id", "clue_id", "process_kind"),
            where="ended_at IS NULL AND breach_at <> due_at",
        ),
        partial_index(
            "ix_clock_owner_due",
            "owner_id",
            "due_at",
            "id",
            "clue_id",
            *LIGHTS,
            where="ended_at IS NULL",
        ),
        partial_index(
            "ix_clock_open_of_clue",
            *("clue_id", "owner_id", "due_at", "id"),
            *("process_kind", "breach_at", "paused", "started_at"),
            where="ended_at IS NULL",
        ),
        partial_index(
            "ix_clock_open_of_process",
            *("process_kind", "process_id", "due_at", "breach_at", "paused", "clue_id"),
            where="ended_at IS NULL",
        ),
        partial_index(
            "ix_clock_open_breach",
            "breach_at",
            "id",
            where="ended_at IS NULL",
        ),
        partial_index(
            "ix_clock_board",
            *("owner_id", "process_kind", "rule", "paused", "unit"),
            *("breach_at", "due_at", "started_at"),
            where="ended_at IS NULL",
        ),
        Index("ix_clock_clue", "clue_id"),
        Index("ix_clock_breach", "breach_at", "owner_id", "rule", "ended_at", "paused"),
    )

    id: int | None = Field(default=None, primary_key=True)
    clue_id: int = Field(foreign_key=DOSSIER)
    process_kind: str
    process_id: int
    rule: str
    amount: int | None = None
    unit: str
    basis: str
    owner_id: str
    started_at: datetime = Field(sa_type=UTCDateTime)
    due_on: str | None = None
    due_at: datetime = Field(sa_type=UTCDateTime)
    breach_at: datetime = Field(sa_type=UTCDateTime)
    provisional: bool = False
    paused: bool = False
    pauses: list[dict[str, Any]] = Field(default=[], sa_type=JSON)
    extensions: list[dict[str, Any]] = Field(default=[], sa_type=JSON)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    end_reason: str | None = None
    next_rung: int = 0
    next_rung_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


_TABLES = SQLModel.metadata.tables
expected_together(_TABLES["clue"], "state", "department_id", "desk_id")
expected_together(_TABLES["process"], "kind", "state", "department_id", "counterpart_id")
