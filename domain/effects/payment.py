"""Effects of payments on a fine: what was paid, and what is still owed."""

from datetime import date
from decimal import Decimal

from domain.effects.change import Change, effect, facts_recorded
from domain.guards.payment import payment_clock, payment_day, surcharge_by
from domain.situation.situation import CHINA, Situation


@effect
def nothing_to_pay(s: Situation) -> Change:
    """No fine was set."""
    return facts_recorded(fine="0", paid_up=True)


@effect
def payment_urged(s: Situation) -> Change:
    """The party was urged to pay; the due day stays on record."""
    return facts_recorded(payment_due=_payment_due(s))


@effect
def payment_added(s: Situation) -> Change:
    """What has been paid so far."""
    before = Decimal(str(s.process.facts.get("paid_total") or 0))
    day = payment_day(s)
    return facts_recorded(
        paid_total=str(before + Decimal(s.text("paid") or "0")),
        payment_due=_payment_due(s),
        surcharge=str(surcharge_by(s, day)),
        surcharged_until=day.isoformat(),
    )


def _payment_due(s: Situation) -> object:
    clock = payment_clock(s)
    if clock is None:
        return s.process.facts.get("payment_due")
    day: date = clock.due_at.astimezone(CHINA).date()
    return day.isoformat()


@effect
def paid_up(s: Situation) -> Change:
    """Nothing is left to pay."""
    return facts_recorded(paid_up=True)
