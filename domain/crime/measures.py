"""Measured quantities in words: their Chinese names, units and shares of a floor."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from domain.shapes.offences import Quantity, Threshold

DERIVED = "sales_x3_plus_unsold"
DERIVED_FROM = ("sales_amount", "unsold_value")
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Glossary:
    """The Chinese names of quantities."""

    quantities: Mapping[str, Quantity] = field(default_factory=dict)

    def compared(self, way: Threshold, amounts: Mapping[str, Decimal]) -> str:
        """Every quantity of a threshold as measured, each beside its floor."""
        return "、".join(
            f"{self._label(one)}{self._figure(one, amount_of(amounts, one))}"
            f"（起点{self._figure(one, floor)}）"
            for one, floor in way.all.items()
        )

    def named(self, way: Threshold, question: str, *, again: bool) -> str:
        """A way of reaching the standard by what it measures, whatever its floor."""
        measures = "、".join(map(self._label, way.all))
        parts = (measures, "受过行政处罚" if again else "", question)
        return "；".join(one for one in parts if one)

    def grown(self, before: Mapping[str, Decimal], now: Mapping[str, Decimal]) -> tuple[str, ...]:
        """Every quantity that is larger than before, from what to what."""
        return tuple(
            f"{self._label(one)}由{self._figure(one, before.get(one, NOTHING))}"
            f"增至{self._figure(one, amount)}"
            for one, amount in now.items()
            if amount > before.get(one, NOTHING)
        )

    def _label(self, quantity: str) -> str:
        known = self.quantities.get(quantity)
        return known.label if known else quantity

    def _figure(self, quantity: str, amount: Decimal) -> str:
        known = self.quantities.get(quantity)
        digits = f"{amount:,f}"
        shown = digits.rstrip("0").rstrip(".") if "." in digits else digits
        return f"{shown}{known.unit}" if known else shown


def percent(share: Decimal) -> str:
    """Rounded down, so that what is short of the floor never reads 100%."""
    return f"{int(share * 100)}%"


def amount_of(quantities: Mapping[str, Decimal], quantity: str) -> Decimal:
    """The amount of a quantity, nought where none was entered; the derived one is computed."""
    if quantity == DERIVED:
        return sales_x3_plus_unsold(quantities)
    return quantities.get(quantity, NOTHING)


def sales_x3_plus_unsold(quantities: Mapping[str, Decimal]) -> Decimal:
    """Three times what was sold plus what was not, in yuan.

    伪劣产品 that were sold for less than the threshold are judged by this sum.
    """
    sold, unsold = (quantities.get(one, NOTHING) for one in DERIVED_FROM)
    return 3 * sold + unsold
