"""The shape of `config/discretion.yaml`: how far a fine may go, degree by degree (裁量基准)."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from pydantic import Field

from domain.shapes.entries import Evidence, Record, Strings


class FineRange(Record):
    """From the least to the most that a degree allows, both included.

    In yuan; with `times_of`, as multiples of a quantity of `offences.yaml` that the case recorded.
    """

    least: Decimal
    most: Decimal
    times_of: str | None = None


class Degree(Record):
    """One degree (减轻、从轻、一般、从重): the factors that lead to it and the fine it allows.

    `fine`: None where the degree sets none, as for what goes without a penalty. `kinds`: what it
    allows beside a fine, of `penalties.yaml`; empty where it does not say.
    """

    label: str
    factors: tuple[str, ...]
    fine: FineRange | None = None
    kinds: tuple[str, ...] = ()


class DegreeTable(Record):
    """The degrees in force from a day, with the article that sets them; none once it has ended."""

    basis: str
    degrees: dict[str, Degree]


class WrittenStandard(Record):
    """A version of a standard as an organ enters it: the document, its conduct and its degrees.

    `evidence`: whether who entered it read the text. No degrees: the standard ends, for `reason`.
    """

    conduct: str
    matters: tuple[str, ...]
    title: str
    number: str = ""
    article: str = ""
    issued_on: date
    evidence: Evidence = "text"
    degrees: dict[str, Degree] = Field(default_factory=dict)
    reason: str = ""


class DiscretionStandard(Record):
    """The standard for one kind of conduct; the keys of `values` are days, the past is kept.

    `organ`: the department that entered it for itself; empty for one of `config/`, which holds for
    an organ until its own begins.
    """

    conduct: str
    matters: Strings
    organ: str = ""
    values: dict[date, DegreeTable]

    def in_force(self, day: date) -> DegreeTable | None:
        """The table of a day; None before there was one."""
        begun = [start for start in self.values if start <= day]
        return self.values[max(begun)] if begun else None


Standards = Mapping[str, DiscretionStandard]


def standards_of(
    standards: Standards, organ: str, matter: str, day: date
) -> Mapping[str, DegreeTable]:
    """The tables that bind an organ in a matter on a day, by the id of their standard.

    What it entered itself for the matter stands instead of those of `config/`, from the day on
    which the first of it began, also after it has ended.
    """
    tables = {
        key: (one, table)
        for key, one in standards.items()
        if matter in one.matters and one.organ in ("", organ)
        if (table := one.in_force(day)) is not None
    }
    has_own = any(one.organ for one, _ in tables.values())
    return {key: table for key, (one, table) in tables.items() if bool(one.organ) == has_own}


def degree_in_words(standards: Standards, name: str) -> str:
    """A degree as `standard.degree` in words, with the conduct; empty where there is none."""
    key, _, degree = name.partition(".")
    standard = standards.get(key)
    if standard is None:
        return ""
    tables = sorted(standard.values.items(), reverse=True)
    labels = [one.degrees[degree].label for _, one in tables if degree in one.degrees]
    return f"{standard.conduct}：{labels[0]}" if labels else ""
