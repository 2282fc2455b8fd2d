"""The papers of a clue as a decision sees them: whose they are, and whether they left the house."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class FileView:
    """An uploaded file by its title, with its pages: counted, or told where nothing can count."""

    title: str
    pages: int


@dataclass(frozen=True)
class PaperView:
    """A document in force; `organ` issued it, `left_at` is when it was sent or served, if it was.

    `replaces`: the id of the voided one it stands for; `process`: of which kind of process it is;
    `serves`: of a 送达回证, the id of the one whose service it tells; `pages`: how many it
    has, where they were counted.
    """

    id: int
    kind: str
    title: str
    number: str | None
    organ: str
    left_at: datetime | None = None
    replaces: int | None = None
    process: str = ""
    serves: int | None = None
    pages: int | None = None

    @property
    def called(self) -> str:
        """Title and number, as a refusal names it."""
        return f"《{self.title}》{self.number or ''}"
