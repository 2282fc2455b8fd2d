"""The debt of a party: the fine, and the surcharge for late payment."""

from datetime import date
from decimal import Decimal


def surcharge(
    fine: Decimal, paid: Decimal, so_far: Decimal, days: int, rate_per_day: Decimal
) -> Decimal:
    """The surcharge after some more days late, in yuan.

    It grows by `rate_per_day` of the unpaid fine for each day and never exceeds the fine
    (行政处罚法第七十二条).
    """
    unpaid = max(fine - paid, Decimal(0))
    # The ceiling is the whole fine, not the unpaid rest: 加处罚款的数额不得超出罚款的数额.
    return min(fine, so_far + unpaid * rate_per_day * max(days, 0))


def debt(fine: Decimal, paid: Decimal, surcharged: Decimal) -> Decimal:
    """Fine and surcharge less what was paid, in yuan."""
    return fine + surcharged - paid


def days_between(due: date | None, today: date) -> int:
    """Days past the due day; none while it is unknown or ahead."""
    return max((today - due).days, 0) if due else 0
