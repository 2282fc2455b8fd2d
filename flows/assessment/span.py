"""The year and the departments that an assessment is over."""

from dataclasses import dataclass
from datetime import date, datetime, time

from domain.assessment.figures import Counted
from domain.limits.limit import SHANGHAI
from domain.rulebook.rulebook import Rulebook
from domain.tables.process import Clue
from domain.tables.undertaking import Undertaking


@dataclass(frozen=True)
class Span:
    """A calendar year in China, over some departments (None: all) under the rules in force."""

    year: int
    departments: tuple[str, ...] | None
    rules: Rulebook

    @property
    def start(self) -> datetime:
        """The first moment of the year in China."""
        return datetime.combine(date(self.year, 1, 1), time(0), tzinfo=SHANGHAI)

    @property
    def end(self) -> datetime:
        """The first moment after it."""
        return datetime.combine(date(self.year + 1, 1, 1), time(0), tzinfo=SHANGHAI)

    def holds(self, day: date) -> bool:
        """Whether a day lies in the year."""
        return day.year == self.year

    def covers(self, department: str) -> bool:
        """Whether a department's rows are counted."""
        if department not in self.rules.departments:
            return False
        return self.departments is None or department in self.departments

    def row(self, figure: str, of: Undertaking | Clue, department: str, day: date) -> Counted:
        """A row of a figure that stands in an undertaking or a clue, about their matters."""
        return Counted(
            figure=figure,
            department=department,
            area=self.rules.departments[department].area,
            day=day,
            no=of.no,
            title=of.title,
            matters=matters_of(of),
            of_clue=isinstance(of, Clue),
        )


def matters_of(of: Undertaking | Clue) -> tuple[str, ...]:
    """The matters that an undertaking names, or that a clue is about, by id."""
    if isinstance(of, Clue):
        return (of.matter_id,) if of.matter_id else ()
    named = of.facts.get("matters")
    return tuple(map(str, named)) if isinstance(named, list) else ()
