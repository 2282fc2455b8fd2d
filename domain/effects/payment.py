"""Effects of payments on a fine and confiscated gains: what was paid, what is still owed."""

from datetime import date
from decimal import Decimal

from domain.effects.change import Change, effect, facts_recorded, moment
from domain.effects.service import effective_at
from domain.penalties.payment import payment_clock, payment_day, settled, surcharge_by
from domain.penalties.service import DEMAND
from domain.penalties.set_off import set_off_facts
from domain.situation.situation import CHINA, Situation
from domain.situation.sums import fact_in_yuan


@effect
def nothing_to_pay(s: Situation) -> Change:
    """No sum was set."""
    return facts_recorded(fine="0", confiscated="0", paid_up=True)


@effect
def payment_urged(s: Situation) -> Change:
    """The party was urged to pay; the due day stays on record, a new demand is served anew."""
    return facts_recorded(
        payment_due=_payment_due(s),
        urged_at=moment(s),
        demand_served_on=s.form.get(DEMAND.day),
        demand_way=s.form.get(DEMAND.way),
        demand_effective_at=effective_at(s, DEMAND),
    )


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


@effect
def payment_put_off(s: Situation) -> Change:
    """The unpaid fine is due as planned from now on; the surcharge grown so far stays owed."""
    return facts_recorded(
        payment_due=_payment_due(s),
        surcharge=str(surcharge_by(s, s.today)),
        surcharged_until=s.today.isoformat(),
        fine_before_plan=str(min(settled(s), fact_in_yuan(s, "fine"))),
    )


def _payment_due(s: Situation) -> object:
    """The day of the decision's own limit; one that was put off stays what it was before."""
    clock = payment_clock(s)
    if clock is None or clock.rule == "cf66":
        return s.process.facts.get("payment_due")
    day: date = clock.due_at.astimezone(CHINA).date()
    return day.isoformat()


@effect
def fine_set_off(s: Situation) -> Change:
    """A part of the fine falls to the court's 罚金; the day for paying the rest stays on record."""
    return facts_recorded(**set_off_facts(s), payment_due=_payment_due(s))


@effect
def payment_returned(s: Situation) -> Change:
    """What was returned counts as never paid."""
    before = fact_in_yuan(s, "paid_total")
    return facts_recorded(paid_total=str(before - Decimal(s.text("returned") or "0")))


@effect
def court_asked(s: Situation) -> Change:
    """When the court was asked to enforce; what it ruled on an earlier application is spent."""
    spent = dict.fromkeys(("ruling_kind", "upper_asked_on"))
    return facts_recorded(court_asked_at=moment(s), **spent)


@effect
def upper_court_asked(s: Situation) -> Change:
    """The ruling stands open until the higher court has ruled."""
    return facts_recorded(ruling_kind=None)


@effect
def execution_ended(s: Situation) -> Change:
    """When enforcement was ended without being carried out."""
    return facts_recorded(execution_ended_at=moment(s))


@effect
def paid_up(s: Situation) -> Change:
    """Nothing is left to pay."""
    return facts_recorded(paid_up=True)
