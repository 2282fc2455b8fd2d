"""Draws: the sealed frame of each, and its secret under the site's key."""

from datetime import datetime

from sqlmodel import Field

from domain.tables.columns import UTCDateTime
from domain.tables.row import Row


class DrawFrame(Row, table=True):
    """What was sealed for a draw: one row, never changed.

    `content`: the frame as canonical JSON, of which `sha` is the hash. `secret`: sealed with the
    site's key; it is opened in the record once the last number is in.
    """

    __tablename__ = "draw_frame"

    draw_id: int = Field(primary_key=True, foreign_key="undertaking.id")
    sha: str
    commitment: str
    content: str
    secret: bytes
    sealed_at: datetime = Field(sa_type=UTCDateTime)
