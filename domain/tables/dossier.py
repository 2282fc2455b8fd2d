"""The dossier: what processes, clocks, documents, files and follow-ups hang on."""

from sqlmodel import Field

from domain.tables.row import Row

DOSSIER = "dossier.id"
"""What belongs to a clue or to an undertaking points here, whichever of the two it is."""


class Dossier(Row, table=True):
    """A clue or an undertaking, as far as they are alike: both take their id from here.

    `kind`: the lifecycle of its main line, `clue` or that of an undertaking; it never changes, and
    neither does the number.
    """

    __tablename__ = "dossier"

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    no: str = Field(unique=True)
