"""The debt of a party: the fine, the confiscated gains, and the surcharge for late payment.

Only an unpaid fine grows a surcharge (行政处罚法第七十二条第一款第一项); confiscated gains are owed
as they are. A payment counts for the fine first, which is the reading that favours the party.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Due:
    """A part of the fine with the last day on which it is in time."""

    day: date
    amount: Decimal


def surcharge(
    parts: Iterable[Due], paid: Decimal, counted: tuple[date | None, date], rate_per_day: Decimal
) -> Decimal:
    """What the surcharge grows between two days, in yuan, parts not yet due growing none.

    `parts` is the whole fine by due day; `counted` is the day up to which the surcharge is known,
    if any, and the day up to which it is wanted; what was `paid` settles the earliest parts first.
    """
    since, until = counted
    return sum(
        (
            unpaid.amount * rate_per_day * days_between(_later(unpaid.day, since), until)
            for unpaid in unpaid_of(parts, paid)
        ),
        Decimal(0),
    )


def unpaid_of(parts: Iterable[Due], paid: Decimal) -> Iterator[Due]:
    """The parts that a sum leaves unpaid, the earliest settled first."""
    for part in sorted(parts, key=lambda one: one.day):
        settled = min(part.amount, max(paid, Decimal(0)))
        paid -= settled
        if part.amount > settled:
            yield Due(part.day, part.amount - settled)


def debt(owed: Decimal, paid: Decimal, surcharged: Decimal) -> Decimal:
    """What was decided and the surcharge, less what was paid, in yuan."""
    return owed + surcharged - paid


def days_between(due: date | None, today: date) -> int:
    """Days past the due day; none while it is unknown or ahead."""
    return max((today - due).days, 0) if due else 0


def _later(due: date, counted: date | None) -> date:
    return max(due, counted) if counted else due
