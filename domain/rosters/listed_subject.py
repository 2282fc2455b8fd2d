"""A subject as the roster has it on a day, and what of it a row may adjust."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from domain.tables.roster import CreditClass, Subject

TOLD = ("address", "contact", "phone", "status", "kind")
"""What a row may adjust; what it leaves blank stays as it is."""


@dataclass(frozen=True)
class ListedSubject:
    """A subject as the roster has it today; `id` 0 for one that a row of the same file brings."""

    id: int
    kind: str
    name: str
    names: tuple[str, ...]
    credit_code: str
    address: str = ""
    contact: str = ""
    phone: str = ""
    status: str = "active"
    tags: frozenset[str] = frozenset()
    grade: str = ""
    grade_day: date | None = None

    @property
    def facts(self) -> dict[str, object]:
        """Everything that can be adjusted, as plain JSON data."""
        day = self.grade_day.isoformat() if self.grade_day else ""
        told = {name: getattr(self, name) for name in ("name", *TOLD, "grade")}
        return {**told, "names": list(self.names), "tags": sorted(self.tags), "grade_day": day}


def listed_subject(row: Subject, tags: Iterable[str], grade: CreditClass | None) -> ListedSubject:
    """A row of the roster with the tags it bears and the class that holds."""
    return ListedSubject(
        id=row.id or 0,
        kind=row.kind,
        name=row.name,
        names=tuple(row.names),
        credit_code=row.credit_code or "",
        address=row.address,
        contact=row.contact,
        phone=row.phone,
        status=row.status,
        tags=frozenset(tags),
        grade=grade.grade if grade else "",
        grade_day=grade.from_day if grade else None,
    )
