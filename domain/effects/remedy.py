"""Effects of reviews and suits, and of an organ's own correction, on the remedy and on its case."""

from datetime import date

from domain.effects.change import Change, effect, facts_recorded, moment
from domain.guards.registry import day_of
from domain.penalties.court import LAPSED, court_opens_at, court_window, last_ended
from domain.penalties.heard_party import HEARD, was_heard
from domain.penalties.remedy import Remedy, body_of, case_of, ended_by_form
from domain.penalties.service import DECISION, DEMAND, NOTICE, took_effect_at
from domain.situation.penalty import DECIDED
from domain.situation.situation import CHINA, Situation

NOTHING_OWED = {DECIDED.fine: "0", DECIDED.confiscated: "0", "surcharge": "0"}
OF_A_DECISION = (
    *(DECISION.day, DECISION.way, "decision_effective_at", "court_from", "decided_at"),
    *(DECIDED.kinds, DECIDED.goods, DECIDED.term, DECIDED.licence, "penalty", "decision"),
    *("payment_due", "payment_plan", "paid_until", "fine_before_plan", "surcharged_until"),
    *(
        "fine_set_off",
        "paid_up",
        DEMAND.day,
        DEMAND.way,
        "demand_effective_at",
        "urged_at",
        "changed_by",
        "court_asked_at",
        *("ruling_kind", "upper_asked_on", "execution_ended_at", "execution_end_reason"),
        LAPSED,
    ),
)
"""What is on record of one decision only: nothing of it holds for the next."""
OF_A_NOTICE = (
    *(NOTICE.day, NOTICE.way, "notice_effective_at", "noticed_at", "notice_right", "statement"),
    *("hearing_waived", "hearing_ended_by", "hearing_held", "legally_reviewed", "discussed"),
    "reviewed_by",
)
"""What led to a decision and is done again for one that is made anew."""


# --- the remedy ----------------------------------------------------------------------------------


@effect
def review_lodged(s: Situation) -> Change:
    """A review of the decision in force, before the organ named or registered for it."""
    return _lodged(s, is_suit=False)


@effect
def suit_lodged(s: Situation) -> Change:
    """A suit against the decision in force, before the court named or registered for it."""
    return _lodged(s, is_suit=True)


def _lodged(s: Situation, *, is_suit: bool) -> Change:
    case = case_of(s)
    number = case.facts.get("decision_round", 0) if case else 0
    return facts_recorded(is_suit=is_suit, decision_round=number, body=body_of(s, is_suit=is_suit))


@effect
def remedy_answered(s: Situation) -> Change:
    """When the organ answered."""
    return facts_recorded(answered_at=moment(s))


@effect
def remedy_concluded(s: Situation) -> Change:
    """The day on which the outcome took effect: served on the party, or the judgment's own."""
    ended = ended_by_form(s).ended
    return facts_recorded(ended_on=ended.isoformat() if ended else None)


# --- the case ------------------------------------------------------------------------------------


@effect
def court_window_set(s: Situation) -> Change:
    """The decision stands: the three months for the court run from the end of the remedies."""
    ended = ended_by_form(s)
    return facts_recorded(
        court_from=_court_from(s, ended, _plan_end(s)),
        remedy_ended_at=ended.ended.isoformat() if ended.ended else None,
    )


@effect
def court_window_moved(s: Situation) -> Change:
    """A plan of payment moves the beginning of the three months to its last day.

    It gives back no months that were over before it was approved: 行政处罚法第七十二条第二款 says
    from when they are counted, not that the court takes what came too late (行政强制法第五十三条).
    """
    window = court_window(s)
    if window is not None and s.today > window[1]:
        return facts_recorded(**{LAPSED: True})
    plan_ends = day_of(s.form.get("paid_until"))
    return facts_recorded(court_from=_court_from(s, last_ended(s), plan_ends))


def _plan_end(s: Situation) -> date | None:
    return None if s.process.facts.get(LAPSED) else day_of(s.process.facts.get("paid_until"))


def _court_from(s: Situation, last: Remedy | None, plan_ends: date | None) -> str | None:
    effect_at = took_effect_at(s, DECISION)
    if effect_at is None:
        return None
    return court_opens_at(s, effect_at, last, plan_ends).astimezone(CHINA).isoformat()


@effect
def changed_by_remedy(s: Situation) -> Change:
    """What was put in place of the decision: what is owed is reckoned anew, and due anew."""
    ended = ended_by_form(s)
    stated = {name: s.form.get(name) for name in vars(DECIDED).values()}
    sums = {name: stated[name] or "0" for name in (DECIDED.fine, DECIDED.confiscated)}
    since = ended.ended.isoformat() if ended.ended else None
    return facts_recorded(
        **{**stated, **sums},
        surcharge="0",
        surcharged_until=since,
        payment_due=None,
        payment_plan=None,
        paid_until=None,
        fine_before_plan=None,
        changed_by="suit" if ended.is_suit else "review",
        change_effective_at=since,
        not_public_since=moment(s),
        remedy_ended_at=since,
        changed_no=s.text("outcome_no"),
        court_from=_court_from(s, ended, None),
        remake_due=s.form.get("remake_due"),
    )


@effect
def decision_set_aside(s: Situation) -> Change:
    """The decision is no more: what was paid is to be returned, nothing of it is owed."""
    return facts_recorded(**_without_decision(s), set_aside_by=_set_aside_by(s), remade=None)


@effect
def decision_set_aside_for_remake(s: Situation) -> Change:
    """The decision is no more, and the way to a new one begins again with the investigation."""
    again = dict.fromkeys(OF_A_NOTICE)
    procedural = "procedural" if s.form.get("procedural_ground") else "merits"
    own = "own" if "revoke_reason" in s.form else procedural
    heard = {HEARD: was_heard(s) or None}
    found = {**_without_decision(s), **again, **heard}
    return facts_recorded(
        **found,
        set_aside_by=_set_aside_by(s),
        remade=own,
        remake_due=s.form.get("remake_due"),
    )


@effect
def decision_amended(s: Situation) -> Change:
    """A new decision in place of the last one: it is served anew, what was paid counts for it."""
    number = s.process.facts.get("decision_round", 0)
    stated = {name: s.form.get(name) for name in vars(DECIDED).values()}
    sums = {name: stated[name] or "0" for name in (DECIDED.fine, DECIDED.confiscated)}
    found: dict[str, object] = {**dict.fromkeys(OF_A_DECISION), **NOTHING_OWED, **stated, **sums}
    found |= {"decision": "penalty", "decided_at": moment(s), "decision_round": _next(number)}
    found |= {"not_public_since": moment(s)}
    return facts_recorded(**found)


@effect
def found_unlawful(s: Situation) -> Change:
    """The decision was found unlawful: it is published no more."""
    return facts_recorded(not_public_since=moment(s))


@effect
def measure_set_aside(s: Situation) -> Change:
    """The compulsory measure was revoked: it is to be released."""
    return facts_recorded(measure_revoked=s.text("outcome_no"))


def _without_decision(s: Situation) -> dict[str, object]:
    number = s.process.facts.get("decision_round", 0)
    again = dict.fromkeys((*OF_A_DECISION, "publish", "party_outside", "exemption"))
    found = {**again, **NOTHING_OWED, "not_public_since": moment(s)}
    return {**found, "decision_round": _next(number)}


def _next(number: object) -> int:
    return int(str(number)) + 1


def _set_aside_by(s: Situation) -> str:
    """By what the decision was set aside, as a later paper names it."""
    if "revoke_reason" in s.form:
        return "本机关自行撤销"
    body = {True: "人民法院", False: "行政复议机关"}["effective_on" in s.form]
    return f"{body}以{s.text('outcome_no')}撤销（确认无效）"
