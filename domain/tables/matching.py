"""What duplicate detection keeps of a clue, and the suspicions it raised."""

from datetime import datetime

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field, SQLModel

from domain.tables.columns import UTCDateTime


class Fingerprint(SQLModel, table=True):
    """The normalised text and keys of a clue that the next clue is compared with."""

    __tablename__ = "fingerprint"

    clue_id: int = Field(primary_key=True, foreign_key="clue.id")
    credit_code: str | None = Field(default=None, index=True)
    subject_key: str | None = Field(default=None, index=True)
    place_key: str | None = None
    reporter_key: str | None = Field(default=None, index=True)
    text: str


class FingerprintBand(SQLModel, table=True):
    """One MinHash band of a clue's text: equal bands make two clues candidates."""

    __tablename__ = "fingerprint_band"
    __table_args__ = (Index("ix_fingerprint_band", "band", "clue_id"),)

    clue_id: int = Field(primary_key=True, foreign_key="clue.id")
    position: int = Field(primary_key=True)
    band: int = Field(sa_type=BigInteger)


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
