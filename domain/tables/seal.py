"""The sealed files that stand beside issued documents: what the seal service gave back."""

from datetime import datetime

from sqlmodel import Field

from domain.tables.columns import UTCDateTime
from domain.tables.row import Row


class DocumentSeal(Row, table=True):
    """That a document is to bear the organ's e-seal, and the sealed file once there is one.

    The document and its own file stay as issued. `sha256`: the sealed file on the shelf, empty
    until it came; `form`: pdf, ofd or docx. `is_signed`: whether a digital signature was found in
    it. `error`: why the last attempt failed; `follow_up_id`: the work that asks the service.
    """

    __tablename__ = "document_seal"

    id: int | None = Field(default=None, primary_key=True)
    document_id: int = Field(foreign_key="document.id", unique=True)
    follow_up_id: int | None = Field(default=None, foreign_key="follow_up.id", index=True)
    asked_by: str
    asked_at: datetime = Field(sa_type=UTCDateTime)
    sha256: str = Field(default="", index=True)
    form: str = ""
    is_signed: bool = False
    sealed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    error: str = ""
    tried_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
