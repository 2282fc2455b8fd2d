"""Matters that a site published itself: each as its list tells it, from its day on."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field

from domain.tables.columns import UTCDateTime
from domain.tables.row import Row


class SiteMatter(Row, table=True):
    """One row of a published list: what it says of a matter from a day on; the newest holds.

    `content` is what the row tells; the rest of a matter of `config/` stays as it is there.
    """

    __tablename__ = "site_matter"

    id: int | None = Field(default=None, primary_key=True)
    matter_id: str = Field(index=True)
    from_day: date
    content: dict[str, Any] = Field(sa_type=JSON)
    publication_id: int = Field(foreign_key="undertaking.id", index=True)
    published_at: datetime = Field(sa_type=UTCDateTime)
