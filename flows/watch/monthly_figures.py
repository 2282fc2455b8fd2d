"""Figures by department and month: a part of a whole, so that months and departments add up."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time

from sqlalchemy import ColumnElement, Select, and_, case
from sqlalchemy.orm import Mapped
from sqlmodel import Session

from domain.calendar.working_days import plus_months
from domain.limits.limit import SHANGHAI, day_of
from flows.people.viewer import Viewer
from flows.watch.kept_figures import figures_of

MOST_MONTHS = 24


@dataclass(frozen=True)
class Figure:
    """A part of a whole; no ratio where there is nothing to be a part of."""

    part: int = 0
    whole: int = 0

    def __add__(self, other: "Figure") -> "Figure":
        return Figure(self.part + other.part, self.whole + other.whole)

    @property
    def ratio(self) -> float | None:
        """The part of the whole."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True)
class Months:
    """Consecutive months by the first moment of each in China, and of the month after the last."""

    starts: tuple[datetime, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        """The months as `2026-05`."""
        return tuple(f"{one:%Y-%m}" for one in self.starts[:-1])

    def place(self, moment: Mapped[datetime]) -> ColumnElement[int]:
        """The month in which a moment lies, by its place."""
        ends = enumerate(self.starts[1:])
        return case(*((moment < end, place) for place, end in ends), else_=-1)

    def hold(self, moment: Mapped[datetime]) -> ColumnElement[bool]:
        """The condition under which a moment lies in one of them."""
        return and_(moment >= self.starts[0], moment < self.starts[-1])


DEPARTMENT, MATTER = "department", "matter"
"""By what figures are told apart."""
NO_MATTER = ""


@dataclass(frozen=True)
class Cut:
    """What is counted: of which months, told apart by what, of which departments.

    `departments`: None for all that the viewer watches.
    """

    months: Months
    by: str = DEPARTMENT
    departments: frozenset[str] | None = None


Rows = Select[tuple[int, str | None, int, int]]
"""Month by its place, department or matter, part and whole."""


@dataclass(frozen=True)
class Measure:
    """A figure that is told: what it is called, how it reads, and what it is made of."""

    id: str
    label: str
    meaning: str
    part: str
    whole: str
    query: Callable[[Viewer, Cut], Rows]
    is_share: bool = True
    high_is_bad: bool = False

    def badness(self, figure: Figure) -> float:
        """How bad a figure is beside others of the measure: the higher, the worse."""
        ratio = figure.ratio or 0.0
        return ratio if self.high_is_bad else -ratio

    def is_perfect(self, figure: Figure) -> bool:
        """Whether nothing about it could be better, or there is nothing to be counted."""
        best = 0.0 if self.high_is_bad else 1.0
        return figure.ratio is None or (self.is_share and figure.ratio == best)


@dataclass(frozen=True)
class MonthlyMeasure:
    """A measure over months: by line (department or matter) and month, and the sums of both.

    `lines`: the id and name of each. `counted_at`: of which moment the figures are.
    """

    measure: Measure
    months: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    cells: Mapping[tuple[str, int], Figure]
    counted_at: datetime

    def cell(self, line: str, month: int) -> Figure:
        """One line in one month."""
        return self.cells.get((line, month), Figure())

    def of_line(self, line: str) -> Figure:
        """One line over all months."""
        places = range(len(self.months))
        return sum((self.cell(line, one) for one in places), Figure())

    def of_month(self, month: int) -> Figure:
        """All lines in one month."""
        return sum((self.cell(key, month) for key, _ in self.lines), Figure())

    @property
    def whole(self) -> Figure:
        """Everything together."""
        return sum(self.cells.values(), Figure())


def months_until(last: datetime, count: int) -> Months:
    """So many months, the last of which holds the moment."""
    first = day_of(last).replace(day=1)
    days = (plus_months(first, place) for place in range(1 - min(count, MOST_MONTHS), 2))
    return Months(tuple(datetime.combine(day, time(0), tzinfo=SHANGHAI) for day in days))


def measure_by_month(
    session: Session, viewer: Viewer, measure: Measure, cut: Cut
) -> MonthlyMeasure:
    """A measure by line and month, the lines in the order of the dictionary that names them."""
    rules = viewer.office.rules

    def count() -> MonthlyMeasure:
        names = _names(viewer, cut.by)
        cells: dict[tuple[str, int], Figure] = {}
        for place, key, part, whole in session.connection().execute(measure.query(viewer, cut)):
            if (key or NO_MATTER) in names:
                cells[key or NO_MATTER, place] = Figure(int(part or 0), int(whole or 0))
        found = {key for key, _ in cells}
        lines = tuple((key, name) for key, name in names.items() if key in found)
        return MonthlyMeasure(measure, cut.months.labels, lines, cells, viewer.now)

    asked = (measure.id, cut, viewer.watched, id(rules))
    return figures_of(session, asked, viewer.now, count)[0]


def _names(viewer: Viewer, by: str) -> dict[str, str]:
    rules = viewer.office.rules
    if by == MATTER:
        matters = {key: one.name for key, one in rules.matters.items()}
        return {**matters, NO_MATTER: "没有选定监管事项"}
    return {key: one.name for key, one in rules.departments.items()}
