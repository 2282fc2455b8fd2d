"""Templates that legal staff uploaded: their bytes lie on the shelf, each version for ever."""

from datetime import datetime

from sqlalchemy import Index
from sqlmodel import Field

from domain.tables.columns import UTCDateTime
from domain.tables.row import Row

BASE = ""
"""Stands for an organ's id where a template is the site's own, kept by its administrators."""


class TemplateVersion(Row, table=True):
    """A Word file for a kind of document: uploaded by one person, approved by another.

    The newest approved version that was not retired is in force; else the shipped template is.
    `department_id`: the organ whose own it is; empty where it is the base that all others print.
    """

    __tablename__ = "template_version"
    __table_args__ = (Index("ix_template_version_kind", "kind"),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    department_id: str = Field(default=BASE)
    sha256: str
    note: str = ""
    uploaded_by: str
    uploaded_at: datetime = Field(sa_type=UTCDateTime)
    approved_by: str | None = None
    approved_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    retired_by: str | None = None
    retired_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
