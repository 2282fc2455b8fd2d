"""An undertaking: an affair of departments that is no clue, and the main line of its life."""

from sqlalchemy import Index
from sqlmodel import Field

from domain.tables.dossier import DOSSIER
from domain.tables.process import ProcessColumns


class Undertaking(ProcessColumns, table=True):
    """What a department undertakes without a clue: it bears a number, a title and its area.

    `kind`: the lifecycle it lives by; `parent_id`: the undertaking it came out of, if any.
    """

    __tablename__ = "undertaking"
    __table_args__ = (
        Index("ix_undertaking_kind", "kind", "id"),
        Index("ix_undertaking_department", "department_id", "kind", "id"),
    )

    id: int | None = Field(default=None, primary_key=True, foreign_key=DOSSIER)
    kind: str
    parent_id: int | None = Field(default=None, foreign_key="undertaking.id", index=True)
    no: str = Field(unique=True)
    title: str
    area: str
