"""What a party still owes: the fine, and the surcharge for late payment."""

from datetime import date
from decimal import Decimal


def debt(fine: Decimal, paid: Decimal, days_late: int, rate_per_day: Decimal) -> Decimal:
    """Fine and surcharge less what was paid, in yuan.

    The surcharge grows by `rate_per_day` of the unpaid fine for each day late and never exceeds
    the fine (行政处罚法第七十二条).
    """
    unpaid = max(fine - paid, Decimal(0))
    surcharge = min(fine, unpaid * rate_per_day * max(days_late, 0))
    return unpaid + surcharge


def days_between(due: date | None, today: date) -> int:
    """Days past the due day; none while it is unknown or ahead."""
    return max((today - due).days, 0) if due else 0
