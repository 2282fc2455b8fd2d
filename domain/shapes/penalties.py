"""The shape of `config/penalties.yaml` and `config/organs.yaml`: what may be imposed, and by whom.

`penalties.yaml` lists the kinds of 行政处罚法第九条. `organs.yaml` tells, organ by organ, where a
party turns against a decision and from which sums on it is offered a hearing.
"""

from decimal import Decimal
from typing import Literal

from pydantic import Field

from domain.shapes.entries import Record, Strings

Need = Literal["fine", "confiscated", "goods", "term", "licence"]


class PenaltyKind(Record):
    """A kind of penalty: what has to be stated with it, and when it gives a right to a hearing.

    `only`: the kind of organ that alone may impose it, where the law names one.
    """

    label: str
    needs: tuple[Need, ...] = ()
    hearing: Literal["never", "floor", "always", "judged"]
    only: str | None = None
    basis: str


class LegalFloor(Record):
    """Hearing floors that a statute sets: the names of the dated figures in `parameters.yaml`."""

    person: str
    unit: str


class LocalFloor(Record):
    """Hearing floors that a site entered, in yuan, with the local rule they come from."""

    person: Decimal
    unit: Decimal
    source: str


class OrganRule(Record):
    """What a statute rules for organs of one function; what is left out is as for any organ.

    `suit_of`: the documents against which `suit_limit` holds; empty for all.
    """

    review: Strings = ()
    review_basis: str | None = None
    review_limit: str | None = None
    suit_limit: str | None = None
    suit_basis: str | None = None
    suit_of: Strings = ()
    hearing_floor: LegalFloor | None = None


class AreaRule(Record):
    """What a site entered for the organs of an area; what is left out is not known."""

    court: str = ""
    hearing_floor: LocalFloor | None = None


class Organs(Record):
    """The organ table: for any organ, by function, by area."""

    default: OrganRule
    functions: dict[str, OrganRule] = Field(default={})
    areas: dict[str, AreaRule] = Field(default={})


NO_ORGANS = Organs(default=OrganRule())
"""What an unreadable organ table reads as."""
