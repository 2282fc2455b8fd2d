"""What a person had typed into a form and not sent yet."""

from datetime import datetime

from sqlmodel import Field

from domain.tables.columns import UTCDateTime
from domain.tables.row import Row


class FormDraft(Row, table=True):
    """A form of one person, found by its address; the values are sealed, for they may name anybody.

    `label` is what the form does and with which clue, for the list of one's drafts.
    """

    __tablename__ = "form_draft"

    user_id: str = Field(primary_key=True, foreign_key="user.id")
    address: str = Field(primary_key=True)
    label: str
    sealed: bytes
    saved_at: datetime = Field(sa_type=UTCDateTime, index=True)
