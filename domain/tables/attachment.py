"""Files that belong to a clue or an undertaking: their bytes lie on the shelf by hash."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from domain.tables.columns import UTCDateTime
from domain.tables.dossier import DOSSIER
from domain.tables.row import Row


class Attachment(Row, table=True):
    """A file that somebody added; nothing of it changes any more.

    `document_id`: the paper of whose service it is the signed 送达回证, scanned. `scan_of`: the act
    that entered the incoming paper of which it is the scan, as KIND-ID-ACTION. `source_id`: the
    attachment of another clue that it was given from (结果互认). `process_id`: the opinion that it
    is evidence of, or the process on whose list the `goods` of this name are that it shows.
    """

    __tablename__ = "attachment"
    __table_args__ = (UniqueConstraint("clue_id", "sha256", name="uq_attachment"),)

    id: int | None = Field(default=None, primary_key=True)
    clue_id: int = Field(foreign_key=DOSSIER, index=True)
    title: str
    kind: str
    suffix: str
    size: int
    sha256: str
    added_by: str
    department_id: str
    added_at: datetime = Field(sa_type=UTCDateTime)
    document_id: int | None = Field(default=None, foreign_key="document.id")
    scan_of: str | None = None
    source_id: int | None = Field(default=None, foreign_key="attachment.id")
    process_id: int | None = Field(default=None, foreign_key="process.id")
    goods: str | None = None


class Recognition(Row, table=True):
    """证据互认: a department accepts another's evidence as it is, once, with its reason."""

    __tablename__ = "recognition"
    __table_args__ = (UniqueConstraint("attachment_id", "department_id", name="uq_recognition"),)

    id: int | None = Field(default=None, primary_key=True)
    attachment_id: int = Field(foreign_key="attachment.id", index=True)
    department_id: str
    recognised_by: str
    recognised_at: datetime = Field(sa_type=UTCDateTime)
    opinion: str


class OpenService(Row, table=True):
    """A paper whose service was found open; whether it still is, is judged when it is read."""

    __tablename__ = "open_service"

    document_id: int = Field(
        primary_key=True, foreign_key="document.id", sa_column_kwargs={"autoincrement": False}
    )


class DocumentBytes(Row, table=True):
    """The bytes of a document until they are carried to the shelf, closed where it keeps them so.

    Written with the row that names them, so that neither is ever there without the other.
    """

    __tablename__ = "document_bytes"

    sha256: str = Field(primary_key=True)
    content: bytes


class PageCount(Row, table=True):
    """How many pages a stored file has: counted from its PDF, or told when it was uploaded."""

    __tablename__ = "page_count"

    sha256: str = Field(primary_key=True)
    pages: int


class PagesNotCounted(Row, table=True):
    """A stored file that did not become a PDF when its pages were to be counted, and why."""

    __tablename__ = "pages_not_counted"

    sha256: str = Field(primary_key=True)
    reason: str
    tried_at: datetime = Field(sa_type=UTCDateTime)
