"""Measured quantities in words: their Chinese names, units and shares of a floor."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from domain.records import Evidence, Quantity, Threshold


@dataclass(frozen=True)
class Glossary:
    """The Chinese names of quantities, and how sure each citation is."""

    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    evidence: Mapping[str, Evidence] = field(default_factory=dict)

    def compared(self, way: Threshold, amounts: Mapping[str, Decimal]) -> str:
        """Every quantity of a threshold as measured, each beside its floor."""
        return "、".join(
            f"{self._label(one)}{self._figure(one, amounts[one])}（起点{self._figure(one, floor)}）"
            for one, floor in way.all.items()
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
