"""Tables of a site: what its administrator keeps beside the configuration, and how it runs."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from domain.tables.columns import UTCDateTime
from domain.tables.row import Row


class SiteCalendar(Row, table=True):
    """A year of public holidays as uploaded; of a year's rows the newest holds."""

    __tablename__ = "site_calendar"

    id: int | None = Field(default=None, primary_key=True)
    year: int = Field(index=True)
    content: dict[str, Any] = Field(sa_type=JSON)
    uploaded_by: str
    uploaded_at: datetime = Field(sa_type=UTCDateTime)


class SiteDepartment(Row, table=True):
    """A department as it stands from a day on; of a day's rows the newest holds."""

    __tablename__ = "site_department"

    id: int | None = Field(default=None, primary_key=True)
    department_id: str = Field(index=True)
    from_day: date
    content: dict[str, Any] = Field(sa_type=JSON)
    changed_by: str
    changed_at: datetime = Field(sa_type=UTCDateTime)


class SiteStandard(Row, table=True):
    """A version of an organ's own discretion standard: entered by one person, confirmed by another.

    `content` is what stands in it, without degrees where it says that the standard ends; it holds
    from `from_day`, never before the day of its confirmation. Nothing of it is changed later.
    """

    __tablename__ = "site_standard"

    id: int | None = Field(default=None, primary_key=True)
    standard: str = Field(index=True)
    department_id: str = Field(index=True)
    from_day: date
    content: dict[str, Any] = Field(sa_type=JSON)
    entered_by: str
    entered_at: datetime = Field(sa_type=UTCDateTime)
    confirmed_by: str | None = None
    confirmed_at: datetime | None = Field(default=None, sa_type=UTCDateTime, index=True)
    rejected_by: str | None = None
    rejected_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    rejection: str = ""


class ChainCheck(Row, table=True):
    """A walk along the record: from where to where, and what did not fit.

    `seal`: a keyed hash of a walk that came to its end; without it nobody goes on from there.
    """

    __tablename__ = "chain_check"

    id: int | None = Field(default=None, primary_key=True)
    started_at: datetime = Field(sa_type=UTCDateTime)
    started_by: str
    from_seq: int
    to_seq: int
    checked_to: int
    seen_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    head_hash: str = ""
    failures: list[dict[str, Any]] = Field(sa_type=JSON)
    seal: str = Field(default="", sa_column_kwargs={"server_default": ""})


class SiteCheck(Row, table=True):
    """A check that runs by itself in rounds: how far this one is, and what the last one found."""

    __tablename__ = "site_check"

    name: str = Field(primary_key=True)
    position: int = 0
    failures: list[str] = Field(default=[], sa_type=JSON)
    found: list[str] = Field(default=[], sa_type=JSON)
    ended_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class TickNote(Row, table=True):
    """How a part of the schedule went when it last ran."""

    __tablename__ = "tick_note"

    name: str = Field(primary_key=True)
    ran_at: datetime = Field(sa_type=UTCDateTime)
    next_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    went_well: bool
    words: str
    since: datetime = Field(sa_type=UTCDateTime)


class OutsideRest(Row, table=True):
    """A destination outside that did not answer when it was last tried, and rests for a while."""

    __tablename__ = "outside_rest"

    name: str = Field(primary_key=True)
    failures: int = 0
    error: str = ""
    since: datetime = Field(sa_type=UTCDateTime)
    failed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    resting_until: datetime | None = Field(default=None, sa_type=UTCDateTime)


class SiteLease(Row, table=True):
    """What only one process of the site does at a time, and until when it is that one."""

    __tablename__ = "site_lease"

    name: str = Field(primary_key=True)
    holder: str
    until: datetime = Field(sa_type=UTCDateTime)


class SiteMapping(Row, table=True):
    """How the columns of a platform's files become clues, as the site settled it.

    Of a name's rows the newest holds.
    """

    __tablename__ = "site_mapping"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    content: dict[str, Any] = Field(sa_type=JSON)
    saved_by: str
    saved_at: datetime = Field(sa_type=UTCDateTime)


class RecordTold(Row, table=True):
    """How far along the record somebody outside, by his name, has been told of its steps."""

    __tablename__ = "record_told"

    name: str = Field(primary_key=True)
    seq: int
