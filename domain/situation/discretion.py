"""Which degree of a discretion standard a fine belongs to, in yuan for this case."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from domain.limits.limit import day_of
from domain.shapes.discretion import Degree, FineRange, standards_of
from domain.situation.situation import Situation

DEGREE, REASON = "discretion_degree", "off_degree_reason"
"""The fields of a form that choose a degree, and say why a fine lies outside of it."""
BINDING = frozenset({"text", "local"})
"""Marks of evidence by which a step may be refused; a text that nobody saw only warns."""


@dataclass(frozen=True)
class Offered:
    """A degree that may be chosen: its name, its standard's conduct and article, and its sums.

    `binds`: its text was seen, so that a step may be refused by it. `least`, `most`: in yuan; None
    where the sum that they multiply was not recorded, or where the degree sets no fine.
    """

    name: str
    conduct: str
    degree: Degree
    basis: str
    binds: bool
    least: Decimal | None
    most: Decimal | None

    def allows(self, fine: Decimal) -> bool | None:
        """Whether a fine in yuan lies in the degree; None where that cannot be told."""
        if self.degree.fine is None:
            return fine == 0
        if self.least is None or self.most is None:
            return None
        return self.least <= fine <= self.most


def offered(s: Situation, day: date | None = None) -> tuple[Offered, ...]:
    """The degrees of every standard of the case's organ and matter that is in force on a day.

    The day is today, unless another one is asked for.
    """
    return tuple(_offered(s, day or s.today, _sums(s)))


def binding(s: Situation) -> tuple[Offered, ...]:
    """Those of today's degrees by which a step may be refused."""
    return tuple(one for one in offered(s) if one.binds)


def matter_of(s: Situation) -> str:
    """The matter that the form or the case states, else the clue's; empty where there is none."""
    return s.text("matter") or str(s.process.facts.get("matter") or s.subject.matter or "")


def chosen(s: Situation) -> Offered | None:
    """The degree that the form or, if it has none, the notice of the case chose.

    What the notice chose is read as the standard stood on the day of the notice.
    """
    if s.text(DEGREE):
        return _named(offered(s), s.text(DEGREE))
    told = s.process.facts.get("noticed_at")
    day = day_of(datetime.fromisoformat(str(told))) if told else None
    return _named(offered(s, day), str(s.process.facts.get(DEGREE) or ""))


def _sums(s: Situation) -> Mapping[str, object]:
    """What was measured: the sums on record, and over them those of the form."""
    told = (s.process.facts.get("quantities"), s.form.get("quantities"))
    return {key: sum_ for one in told if isinstance(one, Mapping) for key, sum_ in one.items()}


def _named(found: tuple[Offered, ...], name: str) -> Offered | None:
    return next((one for one in found if one.name == name), None)


def _offered(s: Situation, day: date, sums: Mapping[str, object]) -> Iterator[Offered]:
    organ = s.process.department
    for key, table in standards_of(s.law.discretion, organ, matter_of(s), day).items():
        conduct = s.law.discretion[key].conduct
        binds = s.law.evidence.get(table.basis) in BINDING
        for name, degree in table.degrees.items():
            least, most = _in_yuan(degree.fine, sums)
            yield Offered(
                f"{key}.{name}", conduct, degree, table.basis, binds, least=least, most=most
            )


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
