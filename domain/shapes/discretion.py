"""The shape of `config/discretion.yaml`: how far a fine may go, degree by degree (裁量基准)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from domain.shapes.entries import Record, Strings


class FineRange(Record):
    """From the least to the most that a degree allows, both included.

    In yuan; with `times_of`, as multiples of a quantity of `offences.yaml` that the case recorded.
    """

    least: Decimal
    most: Decimal
    times_of: str | None = None


class Degree(Record):
    """One degree (减轻、从轻、一般、从重): the factors that lead to it and the fine it allows.

    `fine`: None where the degree sets none, as for what goes without a penalty.
    """

    label: str
    factors: tuple[str, ...]
    fine: FineRange | None = None


class DegreeTable(Record):
    """The degrees in force from a day, with the article that sets them."""

    basis: str
    degrees: dict[str, Degree]


class DiscretionStandard(Record):
    """The standard for one kind of conduct; the keys of `values` are days, the past is kept."""

    conduct: str
    matters: Strings
    values: dict[date, DegreeTable]

    def in_force(self, day: date) -> DegreeTable | None:
        """The table of a day; None before there was one."""
        begun = [start for start in self.values if start <= day]
        return self.values[max(begun)] if begun else None


Standards = Mapping[str, DiscretionStandard]


def degree_in_words(standards: Standards, name: str) -> str:
    """A degree as `standard.degree` in words, with the conduct; empty where there is none."""
    key, _, degree = name.partition(".")
    standard = standards.get(key)
    if standard is None:
        return ""
    tables = sorted(standard.values.items(), reverse=True)
    labels = [one.degrees[degree].label for _, one in tables if degree in one.degrees]
    return f"{standard.conduct}：{labels[0]}" if labels else ""
