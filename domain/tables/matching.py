"""Tables of duplicate detection: what it keeps of a clue, and the suspicions it raised."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, UniqueConstraint
from sqlmodel import Field

from domain.tables.columns import UTCDateTime, partial_index
from domain.tables.row import Row


class Fingerprint(Row, table=True):
    """The normalised text and keys of a clue that the next clue is compared with.

    Channel and outside number are kept here too, so that a comparison reads no other table; so are
    the topics with their strength, the dictionaries' words, and the number of the day it came in.
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
    topics: dict[str, Any] | None = Field(default=None, sa_type=JSON)
    words: list[str] | None = Field(default=None, sa_type=JSON)
    day: int | None = None


class FingerprintBand(Row, table=True):
    """One MinHash band of a clue's text: equal bands make two clues candidates.

    The key leads with the band and is the table itself on SQLite: one tree, not three. It points to
    its clue by no foreign key: PostgreSQL would look each of two dozen rows of a clue up there.
    """

    __tablename__ = "fingerprint_band"
    __table_args__ = ({"sqlite_with_rowid": False},)

    band: int = Field(primary_key=True, sa_type=BigInteger)
    clue_id: int = Field(primary_key=True)


class PairShares(Row, table=True):
    """In which share of the latest clues each pair of signs stood, when so many clues were there.

    What is rare tells object and problem. A row is never changed; the newest holds.
    """

    __tablename__ = "pair_shares"

    clue_id: int = Field(primary_key=True)
    counted: int
    sha: str
    shares: dict[str, Any] = Field(sa_type=JSON)


class RoutingLessons(Row, table=True):
    """What the site's record taught of routing up to an event, and how it would have done.

    `in_use`: the lessons beat the dictionary on the site's own past. A row is never changed: the
    newest holds and takes the place of the older. It may be made anew at any time.
    """

    __tablename__ = "routing_lessons"

    id: int | None = Field(default=None, primary_key=True)
    made_at: datetime = Field(sa_type=UTCDateTime)
    last_seq: int
    in_use: bool
    evidence: dict[str, Any] = Field(sa_type=JSON)
    sha: str
    weights: dict[str, Any] = Field(sa_type=JSON)


class Suspicion(Row, table=True):
    """Two clues that look alike, with score and reason; a person decides.

    `kind`: `duplicate`, or `related`, the same object with another problem. `decision`: what a
    person said of the pair, `related` or `distinct`; it is not suggested again, in no direction.
    """

    __tablename__ = "suspicion"
    __table_args__ = (
        UniqueConstraint("clue_id", "other_id", name="uq_suspicion"),
        partial_index(
            "ix_suspicion_open",
            *("raised_at", "id", "clue_id", "other_id"),
            where="decision IS NULL",
        ),
        partial_index(
            "ix_suspicion_decided",
            *("decided_at", "id", "clue_id", "other_id"),
            where="decision IS NOT NULL",
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    clue_id: int = Field(foreign_key="clue.id", index=True)
    other_id: int = Field(foreign_key="clue.id", index=True)
    score: float
    reason: str
    kind: str = "duplicate"
    raised_at: datetime = Field(sa_type=UTCDateTime)
    decision: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
