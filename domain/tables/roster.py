"""The rosters: subjects of inspection with dated tags, officers, experts, and who avoids whom."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Index
from sqlmodel import Field

from domain.tables.columns import UTCDateTime
from domain.tables.row import Row


class Subject(Row, table=True):
    """What is inspected: a unit, or a product, project, facility, place … of one.

    `key` is what a draw calls it by and never changes: its credit code, else the roster's own
    permanent number. It is in the roster from `listed_on` and, once it ceased, until before
    `ceased_on`. `party_key` is the name as clues compare it, `names` are all it was listed under.
    """

    __tablename__ = "subject"
    __table_args__ = (Index("ix_subject_area", "area", "kind", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)
    kind: str
    name: str
    names: list[str] = Field(default=[], sa_type=JSON)
    party_key: str | None = Field(default=None, index=True)
    credit_code: str | None = Field(default=None, unique=True)
    area: str
    address: str = ""
    contact: str = ""
    phone: str = ""
    status: str
    listed_on: date
    ceased_on: date | None = None
    version: int = 1


class SubjectTag(Row, table=True):
    """A tag that a subject bears from `since` until before `until`; no row is ever removed."""

    __tablename__ = "subject_tag"
    __table_args__ = (Index("ix_subject_tag", "tag", "since", "until", "subject_id"),)

    id: int | None = Field(default=None, primary_key=True)
    subject_id: int = Field(foreign_key="subject.id", index=True)
    tag: str
    since: date
    until: date | None = None
    source: str = ""


class CreditClass(Row, table=True):
    """The credit-risk class of a subject from a day on; of several the latest day holds.

    `scheme`: of which evaluation, by id; empty: of the site's own, as before schemes were kept.
    """

    __tablename__ = "credit_class"

    id: int | None = Field(default=None, primary_key=True)
    subject_id: int = Field(foreign_key="subject.id", index=True)
    grade: str
    from_day: date
    scheme: str = ""
    source: str = ""


class SubjectChange(Row, table=True):
    """An adjustment of the roster: what of a subject was otherwise before, by whom and from what.

    `event` is the one of the record that it belongs to.
    """

    __tablename__ = "subject_change"

    id: int | None = Field(default=None, primary_key=True)
    subject_id: int = Field(foreign_key="subject.id", index=True)
    event: int
    at: datetime = Field(sa_type=UTCDateTime)
    by: str
    source: str
    before: dict[str, Any] = Field(sa_type=JSON)
    after: dict[str, Any] = Field(sa_type=JSON)


class RosterOfficer(Row, table=True):
    """An officer who may be drawn to inspect: his certificate, until when it is valid, his fields.

    `valid_until` None: no end was entered, and he is not drawn before one is.
    """

    __tablename__ = "roster_officer"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    department_id: str = Field(index=True)
    certificate_no: str = Field(unique=True)
    valid_until: date | None = None
    fields: list[str] = Field(default=[], sa_type=JSON)
    left_on: date | None = None


class RosterExpert(Row, table=True):
    """An expert who may be asked along; never an officer (渭南方案三（六）)."""

    __tablename__ = "roster_expert"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    unit: str
    area: str = Field(index=True)
    fields: list[str] = Field(default=[], sa_type=JSON)
    left_on: date | None = None


class Avoidance(Row, table=True):
    """An officer who may not inspect a subject, from a day until before another, and why."""

    __tablename__ = "avoidance"

    id: int | None = Field(default=None, primary_key=True)
    officer_id: int = Field(foreign_key="roster_officer.id", index=True)
    subject_id: int = Field(foreign_key="subject.id", index=True)
    ground: str
    since: date
    until: date | None = None
