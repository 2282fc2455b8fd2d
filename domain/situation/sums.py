"""Sums of money as facts and forms keep them: a figure as text, or nothing."""

from decimal import Decimal

from domain.situation.situation import Situation


def in_yuan(value: object) -> Decimal:
    """A sum in 元 that was checked when it was typed; nothing is nought."""
    return Decimal(str(value or 0))


def fact_in_yuan(s: Situation, fact: str) -> Decimal:
    """A sum that the process of the situation keeps."""
    return in_yuan(s.process.facts.get(fact))
