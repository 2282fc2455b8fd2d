"""The debt of a party: the fine, the confiscated gains, and the surcharge for late payment.

Only an unpaid fine grows a surcharge (行政处罚法第七十二条第一款第一项); confiscated gains are owed
as they are. A payment counts for the fine first, which is the reading that favours the party.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal


@dataclass(frozen=True)
class Due:
    """A part of the fine with the last day on which it is in time."""

    day: date
    amount: Decimal


Period = tuple[date, date | None]
"""Days from the first to the last, both included; without a last one, still going on."""


@dataclass(frozen=True)
class Count:
    """The days for which a surcharge is wanted.

    `since`: the day up to which it is known already, if any; `until`: the day up to which it is
    wanted; `stopped`: the periods of review and suit, in which it does not grow
    (行政处罚法第七十三条第三款).
    """

    since: date | None
    until: date
    stopped: tuple[Period, ...] = ()

    def days_after(self, due: date) -> int:
        """The days on which a part that was due on a day is late and grows a surcharge."""
        start = _later(due, self.since)
        days = days_between(start, self.until)
        late = (start + timedelta(days=number) for number in range(1, days + 1))
        return sum(1 for day in late if not self._stands_still(day))

    def _stands_still(self, day: date) -> bool:
        return any(first <= day and (last is None or day <= last) for first, last in self.stopped)


def surcharge(parts: Iterable[Due], paid: Decimal, count: Count, rate_per_day: Decimal) -> Decimal:
    """What the surcharge grows in the days that count, in yuan, parts not yet due growing none.

    `parts` is the whole fine by due day; what was `paid` settles the earliest parts first.
    """
    return sum(
        (
            unpaid.amount * rate_per_day * count.days_after(unpaid.day)
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


def set_off_by(fine: Decimal, paid: Decimal, imposed: Decimal) -> Decimal:
    """How much of an unpaid fine falls to a 罚金 that a court imposed for the same act, in yuan.

    What was paid of the fine was set off against the 罚金 already (行政处罚法第三十五条第二款).
    """
    unpaid = max(fine - paid, Decimal(0))
    left_of_imposed = max(imposed - min(paid, fine), Decimal(0))
    return min(unpaid, left_of_imposed)


def days_between(due: date | None, today: date) -> int:
    """Days past the due day; none while it is unknown or ahead."""
    return max((today - due).days, 0) if due else 0


def _later(due: date, counted: date | None) -> date:
    return max(due, counted) if counted else due
