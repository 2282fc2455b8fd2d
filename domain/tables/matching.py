"""Tables of duplicate detection: what it keeps of a clue, and the suspicions it raised."""

from datetime import datetime

from sqlalchemy import BigInteger, UniqueConstraint
from sqlmodel import Field, SQLModel

from domain.tables.columns import UTCDateTime


class Fingerprint(SQLModel, table=True):
    """The normalised text and keys of a clue that the next clue is compared with.

    Channel and outside number are kept here too, so that a comparison reads no other table.
    """

    __tablename__ = "fingerprint"

    clue_id: int = Field(primary_key=True, foreign_key="clue.id")
    channel: str = ""
    outside_no: str = Field(default="", index=True)
    credit_code: str | None = Field(default=None, index=True)
    subject_key: str | None = Field(default=None, index=True)
    place_key: str | None = Field(default=None, index=True)
    reporter_key: str | None = Field(default=None, index=True)
    text: str
    matter: str | None = None


class FingerprintBand(SQLModel, table=True):
    """One MinHash band of a clue's text: equal bands make two clues candidates.

    The key leads with the band and is the table itself on SQLite: one tree, not three.
    """

    __tablename__ = "fingerprint_band"
    __table_args__ = ({"sqlite_with_rowid": False},)

    band: int = Field(primary_key=True, sa_type=BigInteger)
    clue_id: int = Field(primary_key=True, foreign_key="clue.id")


class Suspicion(SQLModel, table=True):
    """Two clues that look alike, with score and reason; a person decides."""

    __tablename__ = "suspicion"
    __table_args__ = (UniqueConstraint("clue_id", "other_id", name="uq_suspicion"),)

    id: int | None = Field(default=None, primary_key=True)
    clue_id: int = Field(foreign_key="clue.id", index=True)
    other_id: int = Field(foreign_key="clue.id", index=True)
    score: float
    reason: str
    raised_at: datetime = Field(sa_type=UTCDateTime)
    decision: str | None = None
