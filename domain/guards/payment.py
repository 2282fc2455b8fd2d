"""Guards of paying a fine: what is owed, by when, and that nobody pays more."""

from datetime import date
from decimal import Decimal

from domain.guards.registry import day_of, guard
from domain.situation.debt import days_between, debt, surcharge
from domain.situation.situation import CHINA, ClockView, Situation


def payment_clock(s: Situation) -> ClockView | None:
    """The running limit for payment, if any."""
    return s.clock("cf67") or s.clock("cx72")


def payment_day(s: Situation) -> date:
    """The day on which the party paid, or today where the form names none."""
    return day_of(s.form.get("paid_on")) or s.today


def surcharge_by(s: Situation, day: date) -> Decimal:
    """The surcharge in yuan grown by a day: what earlier payments found due, and what came since.

    Days late are natural days in China after the due day (行政处罚法第七十二条). Every payment
    lowers the unpaid fine, so that the count goes on from its day at the lower base.
    """
    clock = payment_clock(s)
    due = clock.due_at.astimezone(CHINA).date() if clock else None
    # Once paid up the clock has ended; its due day was noted with the payment.
    due = due or day_of(s.process.facts.get("payment_due"))
    counted = day_of(s.process.facts.get("surcharged_until"))
    since = max(due, counted) if due and counted else due
    rate = s.law.parameters["late_payment_surcharge"].in_force(s.today)
    so_far = _yuan(s, "surcharge")
    return surcharge(
        _yuan(s, "fine"), _yuan(s, "paid_total"), so_far, days_between(since, day), rate
    )


def amount_owed(s: Situation) -> Decimal:
    """What the party owes on the day of its payment, in yuan."""
    return debt(_yuan(s, "fine"), _yuan(s, "paid_total"), surcharge_by(s, payment_day(s)))


def _yuan(s: Situation, fact: str) -> Decimal:
    return Decimal(str(s.process.facts.get(fact) or 0))


@guard
def payment_was_made(s: Situation) -> str | None:
    """A payment is recorded once it was made."""
    return "缴款日期不能晚于今天" if payment_day(s) > s.today else None


@guard
def a_fine_was_set(s: Situation) -> str | None:
    """Only a fine is paid."""
    return None if Decimal(str(s.process.facts.get("fine") or 0)) > 0 else "本案没有罚款"


@guard
def payment_is_late(s: Situation) -> str | None:
    """Payment is urged after its limit."""
    clock = payment_clock(s)
    if clock and s.now > clock.due_at:
        return None
    return "缴款期限尚未届满" if clock else "没有未缴的罚款"


@guard
def payment_is_partial(s: Situation) -> str | None:
    """A part payment is more than nothing and less than what is owed."""
    owed, paid = amount_owed(s), Decimal(s.text("paid") or "0")
    if paid <= 0:
        return "缴款金额应当大于0元"
    return f"应缴余额为{owed:,.2f}元，足额缴纳的请选择「登记缴清」" if paid >= owed else None


@guard
def payment_settles_debt(s: Situation) -> str | None:
    """A final payment is exactly what is owed."""
    owed, paid = amount_owed(s), Decimal(s.text("paid") or "0")
    if paid == owed:
        return None
    return f"应缴余额为{owed:,.2f}元（含加处罚款），与缴款金额{paid:,.2f}元不一致"


@guard
def nothing_is_owed(s: Situation) -> str | None:
    """A decision is enforced when nothing is left to pay."""
    if Decimal(str(s.process.facts.get("fine") or 0)) <= 0 or s.process.facts.get("paid_up"):
        return None
    return f"尚有{amount_owed(s):,.2f}元未缴纳（含加处罚款）"
