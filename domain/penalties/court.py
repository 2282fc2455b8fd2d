"""The window in which the court may be asked to enforce a decision.

行政强制法第五十三条: within three months from the end of the limits for review and suit;
处罚法第七十二条第二款: from the last day of a plan of payment; never while a review or a suit is
pending.
"""

from dataclasses import replace
from datetime import date, datetime

from domain.guards.conditions import lead_is_market, owes_money
from domain.guards.registry import condition, day_of, guard, moment_of
from domain.limits.due_moment import compute, limit_in_force
from domain.penalties.remedy import Remedy, remedies_of, review_goes_first
from domain.penalties.service import DECISION, took_effect_at
from domain.situation.organ import remedy_rules
from domain.situation.situation import CHINA, Situation

LAPSED = "window_lapsed"
"""The fact that the three months were over when a plan of payment was approved."""
NO_NEW_LIMIT = frozenset({"withdrawn", "refused", "rejected"})
"""Outcomes that leave the party the limits it had: nothing was decided on the matter."""


def remedies_end_at(s: Situation, effect: datetime, last: Remedy | None) -> datetime:
    """When the party can no longer turn against the decision.

    `effect`: when the decision was served; `last`: the review or suit that ended last, if any.
    After a review that was decided, 15 days for the suit (行政诉讼法第四十五条); a judgment
    in force ends all; otherwise the later of the limits for review and for suit.
    """
    if last is not None and last.ended is not None and last.outcome not in NO_NEW_LIMIT:
        ended = _start(last.ended)
        return ended if last.is_suit else _end_of(s, "ss45", ended)
    review, suit = remedy_rules(s.law, s.process.department, "penalty_decision")
    # Against a penalty on the spot there is no suit without a review (行政复议法23①(一)).
    rules = (review,) if review_goes_first(s) else (review, suit)
    return max(_end_of(s, rule, effect) for rule in rules if rule)


def court_opens_at(
    s: Situation, effect: datetime, last: Remedy | None, plan_ends: date | None
) -> datetime:
    """From when the three months run: the end of the remedies, or of a plan that ends later."""
    ends = remedies_end_at(s, effect, last)
    return max(ends, _start(plan_ends)) if plan_ends else ends


def court_window(s: Situation) -> tuple[date, date] | None:
    """The first and the last day on which the court may be asked; None before any service.

    The last day moves off a day off, as limits before a court do (民事诉讼法第八十五条).
    """
    effect = took_effect_at(s, DECISION)
    if effect is None:
        return None
    last = last_ended(s)
    opens = court_opens_at(s, effect, last, _plan_end(s))
    rule = "cx76_court" if lead_is_market(s) else "qz53"
    limit = limit_in_force(rule, s.law.deadlines[rule], opens.astimezone(CHINA).date())
    ends = compute(replace(limit, roll_forward=True), opens, s.law.calendar).at
    return opens.astimezone(CHINA).date(), ends.astimezone(CHINA).date()


def last_ended(s: Situation) -> Remedy | None:
    """The review or suit against the decision that ended last."""
    ended = [one for one in remedies_of(s) if one.ended is not None]
    return max(ended, key=lambda one: one.ended or date.min) if ended else None


def _plan_end(s: Situation) -> date | None:
    planned = s.process.facts.get("payment_plan") and not s.process.facts.get(LAPSED)
    return day_of(s.process.facts.get("paid_until")) if planned else None


def _end_of(s: Situation, rule: str, start: datetime) -> datetime:
    day = start.astimezone(CHINA).date()
    return compute(limit_in_force(rule, s.law.deadlines[rule], day), start, s.law.calendar).at


def _start(day: date) -> datetime:
    found = moment_of(day.isoformat())
    if found is None:
        raise ValueError(f"no moment of {day}")
    return found


@condition
def sued_within_six_months(s: Situation) -> bool:
    """A decision of this organ is sued against within the general limit."""
    rule = remedy_rules(s.law, s.process.department, "penalty_decision")[1]
    return rule == "ss46" and not review_goes_first(s)


@condition
def sued_within_fifteen_days(s: Situation) -> bool:
    """A decision of this organ is sued against within the limit of the tobacco act."""
    rule = remedy_rules(s.law, s.process.department, "penalty_decision")[1]
    return rule == "ycz41" and not review_goes_first(s)


@condition
def review_was_decided(s: Situation) -> bool:
    """A review ended with a decision, against which the party may go to court."""
    return "outcome_received_on" in s.form and s.text("outcome") not in NO_NEW_LIMIT


@condition
def court_is_needed_at_market(s: Situation) -> bool:
    """A market regulation bureau is owed money that the court may have to collect."""
    return lead_is_market(s) and _is_needed(s)


@condition
def court_is_needed_elsewhere(s: Situation) -> bool:
    """Another organ is owed money that the court may have to collect."""
    return not lead_is_market(s) and _is_needed(s)


def _is_needed(s: Situation) -> bool:
    facts = s.process.facts
    open_ = bool(facts.get("court_from")) and not facts.get(LAPSED)
    return owes_money(s) and open_ and facts.get("changed_by") != "review"


@guard
def review_right_has_run_out(s: Situation) -> str | None:
    """The party's days for a review end on their day, not before."""
    return _runs_until(s, "fy20")


@guard
def suit_right_has_run_out(s: Situation) -> str | None:
    """The party's time for a suit ends on its day, not before."""
    return _runs_until(s, "ss45", "ss46", "ycz41")


def _runs_until(s: Situation, *rules: str) -> str | None:
    clock = next((found for rule in rules if (found := s.clock(rule))), None)
    if clock is None or s.now > clock.due_at:
        return None
    return f"期限至{clock.due_at:%Y年%-m月%-d日}届满，尚未届满"


@guard
def demand_went_unheeded(s: Situation) -> str | None:
    """The court is asked after the demand's days are over."""
    clock = s.clock("qz54")
    if clock is not None:
        return None if s.now > clock.due_at else "催告期限尚未届满"
    if s.process.facts.get("urged_at"):
        return "催告书尚未送达，请先办理「登记催告书送达」；送达十个工作日后仍不履行的才能申请"
    return "尚未催告当事人履行，不能申请强制执行"


@guard
def remedies_have_expired(s: Situation) -> str | None:
    """The court is asked when the party can no longer turn against the decision itself.

    What is pending is told by the guard of its own: its end decides when the window opens.
    """
    window = court_window(s)
    if window is None or s.today > window[0] or any(one.ended is None for one in remedies_of(s)):
        return None
    return (
        f"当事人申请行政复议、提起行政诉讼的期限尚未届满，或者准予延期、分期的期限尚未结束"
        f"（至{window[0]:%Y年%-m月%-d日}），"
        f"可以申请的期间为其次日至{window[1]:%Y年%-m月%-d日}"
    )


@guard
def court_window_is_open(s: Situation) -> str | None:
    """The court does not take an application that comes late without good reason."""
    window = court_window(s)
    if window is None or s.today <= window[1] or s.text("late_ground"):
        return None
    return (
        f"申请人民法院强制执行的期限已于{window[1]:%Y年%-m月%-d日}届满，"
        "除有正当理由外人民法院不予受理；确有正当理由的，填写「逾期申请的正当理由」"
    )


@guard
def court_is_asked_once(s: Situation) -> str | None:
    """One application for one decision, unless the court sent the last one back."""
    asked = moment_of(s.process.facts.get("court_asked_at"))
    if asked is None or s.text("again_ground"):
        return None
    return (
        f"已于{asked:%Y年%-m月%-d日}申请人民法院强制执行，不重复申请；人民法院不予受理、退回而再次申请的，"
        "请填写「再次申请的理由」"
    )


@guard
def enforcement_is_ours(s: Situation) -> str | None:
    """What a reviewing organ decided in place of the decision, it enforces itself."""
    if s.process.facts.get("changed_by") != "review":
        return None
    return (
        "处罚决定已由行政复议机关变更，由行政复议机关依法强制执行或者申请人民法院强制执行，"
        "请将未履行的情况报行政复议机关"
    )
