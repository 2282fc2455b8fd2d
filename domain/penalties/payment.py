"""Guards of paying a fine and confiscated gains: what is owed, by when, and nothing more."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from domain.guards.registry import day_of, guard
from domain.penalties.remedy import pending_days
from domain.situation.debt import Count, Due, debt, surcharge, unpaid_of
from domain.situation.situation import CHINA, ClockView, Situation
from domain.situation.sums import fact_in_yuan

LIMITS = ("cf67", "cx72")
"""The limits for payment that begin with the service of a decision."""


def payment_clock(s: Situation) -> ClockView | None:
    """The running limit for payment, if any."""
    return s.clock("cf66") or s.clock("cf67") or s.clock("cx72")


def payment_day(s: Situation) -> date:
    """The day on which the party paid, or today where the form names none."""
    return day_of(s.form.get("paid_on")) or s.today


def fine_by_due_day(s: Situation) -> tuple[Due, ...]:
    """The fine in the parts in which it is due: as put off or divided, else whole on one day."""
    plan = list(_planned(s.process.facts.get("payment_plan")))
    settled = fact_in_yuan(s, "fine_before_plan")
    if plan:
        first = min(one.day for one in plan)
        return (*([Due(first, settled)] if settled else []), *plan)
    clock = payment_clock(s)
    due = clock.breach_at.astimezone(CHINA).date() if clock else None
    # Once paid up the clock has ended; its due day was noted with the payment.
    due = due or day_of(s.process.facts.get("payment_due"))
    return (Due(due, fact_in_yuan(s, "fine")),) if due else ()


def surcharge_by(s: Situation, day: date) -> Decimal:
    """The surcharge grown by a day: what earlier payments found due, and what came since.

    It does not grow while a review or a suit is pending (行政处罚法第七十三条第三款).
    """
    counted = day_of(s.process.facts.get("surcharged_until"))
    rate = s.law.parameters["late_payment_surcharge"].in_force(s.today)
    count = Count(counted, day, pending_days(s))
    grown = surcharge(fine_by_due_day(s), settled(s), count, rate)
    return min(fact_in_yuan(s, "fine"), fact_in_yuan(s, "surcharge") + grown)


def principal(s: Situation) -> Decimal:
    """The sums that the decision has the party pay: the fine and the confiscated gains."""
    return fact_in_yuan(s, "fine") + fact_in_yuan(s, "confiscated")


def amount_owed(s: Situation) -> Decimal:
    """What the party owes on the day of its payment, in yuan."""
    return debt(principal(s), settled(s), surcharge_by(s, payment_day(s)))


def excess(s: Situation) -> Decimal:
    """What the party has paid beyond what it owes, in yuan; where nothing is too much, nought."""
    owed = debt(principal(s), fact_in_yuan(s, "paid_total"), surcharge_by(s, payment_day(s)))
    return max(-owed, Decimal(0))


def settled(s: Situation) -> Decimal:
    """What was paid, and what of the fine fell to a 罚金 of the court (行政处罚法35②)."""
    return fact_in_yuan(s, "paid_total") + fact_in_yuan(s, "fine_set_off")


def is_late(s: Situation) -> bool:
    """Whether something that was due by now is not paid."""
    clock = payment_clock(s)
    if not list(_planned(s.process.facts.get("payment_plan"))):
        return clock is not None and s.now > clock.breach_at
    unpaid = unpaid_of(fine_by_due_day(s), settled(s))
    return any(one.day < s.today for one in unpaid) or _gains_are_late(s)


def _gains_are_late(s: Situation) -> bool:
    """Only a fine can be put off (行政处罚法第六十六条第二款); gains stay due as they were."""
    due = day_of(s.process.facts.get("payment_due"))
    beyond_fine = max(settled(s) - fact_in_yuan(s, "fine"), Decimal(0))
    return due is not None and due < s.today and fact_in_yuan(s, "confiscated") > beyond_fine


def _planned(rows: object) -> Iterator[Due]:
    for row in rows if isinstance(rows, list | tuple) else ():
        yield Due(date.fromisoformat(str(row["due_on"])), Decimal(str(row["amount"])))


@guard
def a_sum_was_set(s: Situation) -> str | None:
    """Only a fine or confiscated gains are paid."""
    return None if principal(s) > 0 else "本案没有罚款，也没有没收违法所得"


@guard
def payment_is_late(s: Situation) -> str | None:
    """Payment is urged after its limit."""
    if is_late(s):
        return None
    return "缴款期限尚未届满" if payment_clock(s) else "没有未缴的罚没款"


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
    """A decision is enforced when nothing is left to pay, fine, gains and surcharge together."""
    owed = amount_owed(s)
    if principal(s) <= 0 or owed <= 0 or s.process.facts.get("execution_ended_at"):
        return None
    gains = "没收的违法所得和" if fact_in_yuan(s, "confiscated") else ""
    return f"尚有{owed:,.2f}元未缴纳（含{gains}加处罚款），请登记缴款"


@guard
def something_is_to_be_returned(s: Situation) -> str | None:
    """Money is returned where more was paid than is owed by the decision as it now stands."""
    return None if excess(s) > 0 else "没有应当退还的罚没款"


@guard
def return_is_exact(s: Situation) -> str | None:
    """All that was paid too much is returned."""
    due, returned = excess(s), Decimal(s.text("returned") or "0")
    if returned == due:
        return None
    return f"应退还{due:,.2f}元，与退还金额{returned:,.2f}元不一致"


@guard
def nothing_is_to_be_returned(s: Situation) -> str | None:
    """A case is not closed while the party is owed money."""
    due = excess(s)
    return f"尚有{due:,.2f}元应当退还当事人，请先办理「登记退还罚没款」" if due > 0 else None


@guard
def fine_is_unpaid(s: Situation) -> str | None:
    """Only an unpaid fine can be put off or divided."""
    if fact_in_yuan(s, "fine") > settled(s):
        return None
    return "没有未缴的罚款；没收违法所得不能延期、分期缴纳"


@guard
def plan_covers_fine(s: Situation) -> str | None:
    """The parts fall on days ahead, one after another, and come to the unpaid fine."""
    rows = s.form.get("payment_plan")
    faults: list[str] = []
    try:
        plan = list(_planned(rows))
    except (ValueError, InvalidOperation):
        return "分期计划的到期日应写作2026-11-22，金额应为数字（元）"
    days = [one.day for one in plan]
    if any(day <= s.today for day in days) or days != sorted(set(days)):
        faults.append("各期到期日应当在今天之后，由先到后，每期一行")
    if days and day_of(s.form.get("paid_until")) != days[-1]:
        faults.append(f"最后一期到期日应当与计划一致（{days[-1]:%Y年%-m月%-d日}）")
    total, unpaid = sum(one.amount for one in plan), fact_in_yuan(s, "fine") - settled(s)
    if total != unpaid or any(one.amount <= 0 for one in plan):
        faults.append(f"各期金额应当大于0元，合计等于未缴罚款{unpaid:,.2f}元，现为{total:,.2f}元")
    return "；".join(faults) or None
