"""Entries of inspections: one row for each department at each door, for the times a year."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field

from domain.tables.row import Row


class EntryCount(Row, table=True):
    """One department that entered a subject's door on a day; never changed.

    `subject_key` is what the roster calls it by; `counts`: towards the times a year.
    """

    __tablename__ = "entry_count"
    __table_args__ = (
        Index(
            "ix_entry_count_subject",
            *("subject_key", "day", "department_id", "visit_no", "kind", "counts"),
        ),
        Index("ix_entry_count_department", "department_id", "day"),
    )

    id: int | None = Field(default=None, primary_key=True)
    subject_key: str
    department_id: str
    day: date
    visit_id: int = Field(foreign_key="undertaking.id", index=True)
    visit_no: str
    kind: str
    counts: bool
