"""Which degree of a discretion standard a fine belongs to, in yuan for this case."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.shapes.discretion import Degree, FineRange, Standards
from domain.situation.situation import Situation

DEGREE, REASON = "discretion_degree", "off_degree_reason"
"""The fields of a form that choose a degree, and say why a fine lies outside of it."""


@dataclass(frozen=True)
class Offered:
    """A degree that may be chosen: its name, its standard's conduct and article, and its sums.

    `least`, `most`: in yuan; None where the sum that they multiply was not recorded, or where the
    degree sets no fine.
    """

    name: str
    conduct: str
    degree: Degree
    basis: str
    least: Decimal | None
    most: Decimal | None

    def allows(self, fine: Decimal) -> bool | None:
        """Whether a fine in yuan lies in the degree; None where that cannot be told."""
        if self.degree.fine is None:
            return fine == 0
        if self.least is None or self.most is None:
            return None
        return self.least <= fine <= self.most


def offered(s: Situation) -> tuple[Offered, ...]:
    """The degrees of every standard for the case's matter that is in force today."""
    recorded = s.process.facts.get("quantities")
    sums = recorded if isinstance(recorded, Mapping) else {}
    return tuple(_offered(s.law.discretion, matter_of(s), s.today, sums))


def matter_of(s: Situation) -> str:
    """The matter that the case recorded for itself, else the clue's; empty where there is none."""
    return str(s.process.facts.get("matter") or s.subject.matter or "")


def chosen(s: Situation) -> Offered | None:
    """The degree that the form or, if it has none, an earlier form of the case chose."""
    name = s.text(DEGREE) or str(s.process.facts.get(DEGREE) or "")
    return next((one for one in offered(s) if one.name == name), None)


def _offered(
    standards: Standards, matter: str, day: date, sums: Mapping[str, object]
) -> Iterator[Offered]:
    for key, standard in standards.items():
        table = standard.in_force(day)
        if table is None or matter not in standard.matters:
            continue
        for name, degree in table.degrees.items():
            least, most = _in_yuan(degree.fine, sums)
            yield Offered(f"{key}.{name}", standard.conduct, degree, table.basis, least, most)


def _in_yuan(
    fine: FineRange | None, sums: Mapping[str, object]
) -> tuple[Decimal | None, Decimal | None]:
    if fine is None:
        return None, None
    if fine.times_of is None:
        return fine.least, fine.most
    if fine.times_of not in sums:
        return None, None
    base = Decimal(str(sums[fine.times_of]))
    return fine.least * base, fine.most * base
