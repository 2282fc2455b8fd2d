"""Tables of sign-in and search: hashes only, never a password or a session's own id."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, UniqueConstraint
from sqlmodel import Field

from domain.tables.columns import UTCDateTime
from domain.tables.row import Row


class Password(Row, table=True):
    """The Argon2 hash of a user's password, and of those he had before, the newest first.

    `must_change`: somebody else chose it.
    """

    __tablename__ = "password"

    user_id: str = Field(primary_key=True, foreign_key="user.id")
    hash: str
    set_at: datetime = Field(sa_type=UTCDateTime)
    must_change: bool = False
    earlier: list[str] = Field(default=[], sa_type=JSON)


class SecondFactor(Row, table=True):
    """The sealed secret of a user's telephone, and the last step of time whose code was taken."""

    __tablename__ = "second_factor"

    user_id: str = Field(primary_key=True, foreign_key="user.id")
    secret: bytes
    since: datetime = Field(sa_type=UTCDateTime)
    last_step: int


class RecoveryCode(Row, table=True):
    """A code that opens the door once where the telephone is lost; a keyed digest only."""

    __tablename__ = "recovery_code"

    user_id: str = Field(primary_key=True, foreign_key="user.id")
    digest: str = Field(primary_key=True)


class Passkey(Row, table=True):
    """The public half of a key in a user's device or security key, under the key's own id.

    `uses` is what the device counted last, `asked_at` when the last question was put that it
    answered: an answer to that one or to an earlier one is not taken.
    """

    __tablename__ = "passkey"

    id: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="user.id", index=True)
    name: str
    public_key: bytes
    uses: int
    since: datetime = Field(sa_type=UTCDateTime)
    asked_at: datetime = Field(sa_type=UTCDateTime)


class AccountLock(Row, table=True):
    """An administrator lets a user in no more, until he unlocks it."""

    __tablename__ = "account_lock"

    user_id: str = Field(primary_key=True, foreign_key="user.id")
    locked_by: str
    locked_at: datetime = Field(sa_type=UTCDateTime)


class WebSession(Row, table=True):
    """A person at a browser, found by the SHA-256 of what his cookie holds."""

    __tablename__ = "web_session"

    id_sha256: str = Field(primary_key=True)
    user_id: str = Field(foreign_key="user.id", index=True)
    started_at: datetime = Field(sa_type=UTCDateTime)
    seen_at: datetime = Field(sa_type=UTCDateTime, index=True)


class SignInFailures(Row, table=True):
    """Failed sign-ins in a row for a name, whether anybody bears it or not."""

    __tablename__ = "sign_in_failures"

    account: str = Field(primary_key=True)
    failures: int
    last_at: datetime = Field(sa_type=UTCDateTime, index=True)
    locked_until: datetime | None = Field(default=None, sa_type=UTCDateTime)


class SignInNote(Row, table=True):
    """A sign-in that succeeded or failed; `user_id` is empty where nobody bears the name typed.

    What was typed then is not kept: it might be a password.
    """

    __tablename__ = "sign_in_note"

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=UTCDateTime, index=True)
    user_id: str = Field(default="", index=True)
    outcome: str
    address: str = ""


class SentForm(Row, table=True):
    """A form that somebody sent, by the number it bore, and what came of it."""

    __tablename__ = "sent_form"

    user_id: str = Field(primary_key=True)
    nonce: str = Field(primary_key=True)
    sent_at: datetime = Field(sa_type=UTCDateTime, index=True)
    outcome: dict[str, Any] = Field(default={}, sa_type=JSON)


class SavedFilter(Row, table=True):
    """A list that a person wants again: its name, its page and the query behind it."""

    __tablename__ = "saved_filter"
    __table_args__ = (
        UniqueConstraint("user_id", "path", "name", name="uq_saved_filter_user_path_name"),
    )

    id: int | None = Field(default=None, primary_key=True)
    user_id: str = Field(foreign_key="user.id")
    path: str = "/clues"
    name: str
    query: str


class SearchGram(Row, table=True):
    """Two neighbouring characters of what a clue is found by; a name of two is one of them.

    The key leads with the characters and is the table itself on SQLite: one tree. It points to its
    clue by no foreign key: PostgreSQL would look each of some forty rows of a clue up there.
    """

    __tablename__ = "search_gram"
    __table_args__ = ({"sqlite_with_rowid": False},)

    gram: str = Field(primary_key=True, max_length=2)
    clue_id: int = Field(primary_key=True)
