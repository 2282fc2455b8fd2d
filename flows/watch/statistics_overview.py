"""All measures at once: each over its months, and every department or matter in all of them."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from flows.people.viewer import Viewer
from flows.watch.monthly_figures import Cut, Figure, Measure, MonthlyMeasure, measure_by_month
from flows.watch.rates import BY_ID, MEASURES


@dataclass(frozen=True)
class OverviewLine:
    """A department or matter with its figure of each measure, in the measures' order."""

    id: str
    name: str
    figures: tuple[Figure, ...]

    @property
    def is_perfect(self) -> bool:
        """Whether no figure could be better."""
        pairs = zip(MEASURES, self.figures, strict=True)
        return all(one.is_perfect(figure) for one, figure in pairs if one.is_share)


@dataclass(frozen=True)
class Overview:
    """The measures over their months, and the lines, the worst by the measure asked for on top."""

    told: tuple[MonthlyMeasure, ...]
    lines: tuple[OverviewLine, ...]
    sorted_by: Measure

    @property
    def counted_at(self) -> datetime:
        """Of which moment the oldest of the figures are."""
        return min(one.counted_at for one in self.told)

    @property
    def flawed(self) -> tuple[OverviewLine, ...]:
        """Those with a figure that could be better."""
        return tuple(one for one in self.lines if not one.is_perfect)

    @property
    def perfect(self) -> tuple[OverviewLine, ...]:
        """The rest, to be folded."""
        return tuple(one for one in self.lines if one.is_perfect)


def overview(session: Session, viewer: Viewer, cut: Cut, sort: str = "") -> Overview:
    """All measures of a cut; an unknown `sort` is the first measure."""
    told = tuple(measure_by_month(session, viewer, one, cut) for one in MEASURES)
    names = {key: name for one in told for key, name in one.lines}
    lines = [
        OverviewLine(key, name, tuple(one.of_line(key) for one in told))
        for key, name in names.items()
    ]
    measure = BY_ID.get(sort, MEASURES[0])
    place = MEASURES.index(measure)
    return Overview(told, tuple(worst_first(measure, lines, place)), measure)


def worst_first(measure: Measure, lines: list[OverviewLine], place: int) -> list[OverviewLine]:
    """The lines by one of their figures, the worst on top and those without it at the end."""

    def rank(line: OverviewLine) -> tuple[bool, float, int, str]:
        figure = line.figures[place]
        return (figure.ratio is None, -measure.badness(figure), -figure.whole, line.name)

    return sorted(lines, key=rank)
