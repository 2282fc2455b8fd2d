"""Conditions under which a clock, a document or a consequence belongs to a step."""

from decimal import Decimal

from domain.guards.others import (
    _is_market_assistance,
    _is_police_consultation,
    _is_procuratorate_consultation,
    law_sets_the_day,
)
from domain.guards.registry import condition
from domain.situation.situation import Situation


@condition
def came_by_hotline(s: Situation) -> bool:
    """The clue came by the 12345 hotline, which is owed a reply."""
    return (s.clue.channel if s.clue else s.text("channel")) == "hotline"


@condition
def brings_new_facts(s: Situation) -> bool:
    """The merged clue brings new facts."""
    return s.text("new_facts") == "has_new"


@condition
def brings_no_new_facts(s: Situation) -> bool:
    """The merged clue only repeats."""
    return not brings_new_facts(s)


@condition
def is_joint(s: Situation) -> bool:
    """Other departments co-operate."""
    return bool(s.names("cooperating"))


@condition
def has_open_transfer(s: Situation) -> bool:
    """A hop waits to be signed for."""
    return bool(s.open_of_kind("transfer"))


@condition
def has_open_verification(s: Situation) -> bool:
    """A verification is under way."""
    return bool(s.open_of_kind("verification"))


@condition
def has_open_case(s: Situation) -> bool:
    """There is a case that has not ended."""
    return bool(s.open_of_kind("case"))


@condition
def has_case_to_move(s: Situation) -> bool:
    """A case before its decision goes to the police with the referral."""
    moving = s.law.lifecycles["case"].actions["move_to_police"].from_
    return any(case.state in moving for case in s.open_of_kind("case"))


@condition
def has_case_with_police(s: Situation) -> bool:
    """The case lies with the police."""
    return any(case.state == "with_police" for case in s.of_kind("case"))


@condition
def has_case_to_settle(s: Situation) -> bool:
    """A case without a decision is settled once the police take the matter over."""
    beside = any(one.facts.get("licence_only") for one in s.of_kind("case"))
    return has_case_with_police(s) or (has_case_to_move(s) and not beside)


def _goes_back(s: Situation) -> bool:
    """The police did not file, and the clue still waits for the referral."""
    clue = s.of_kind("clue")[0]
    return s.process.state != "handed_over" and clue.state == "in_referral"


@condition
def refused_with_open_case(s: Situation) -> bool:
    """The police did not take it, and the case goes on."""
    return _goes_back(s) and has_open_case(s)


@condition
def refused_without_open_case(s: Situation) -> bool:
    """The police did not take it, no case is open, and nothing was fined on the spot before."""
    return _goes_back(s) and returns_to_conclusion(s)


@condition
def refused_after_spot_fine(s: Situation) -> bool:
    """The police did not take it, and the clue had been fined on the spot."""
    return _goes_back(s) and returns_to_spot(s)


@condition
def returns_to_spot(s: Situation) -> bool:
    """The referral began after a penalty on the spot, and no case is open."""
    before = s.of_kind("clue")[0].facts.get("referred_from")
    return before == "on_spot" and not has_open_case(s)


@condition
def returns_to_conclusion(s: Situation) -> bool:
    """No case is open, and the referral did not begin after a penalty on the spot."""
    return not has_open_case(s) and not returns_to_spot(s)


def _function(s: Situation, department: str | None) -> str:
    found = s.department(department)
    return found.function if found else ""


@condition
def lead_is_market(s: Situation) -> bool:
    """The holder is a market regulation bureau, bound by its own procedure."""
    return _function(s, s.process.department) == "market"


@condition
def lead_is_not_market(s: Situation) -> bool:
    """The holder follows the general law."""
    return not lead_is_market(s)


@condition
def owes_money(s: Situation) -> bool:
    """The decision has the party pay more than it has paid: a fine, confiscated gains, or both."""
    fine, gains, paid, set_off = (
        Decimal(str(s.process.facts.get(name) or 0))
        for name in ("fine", "confiscated", "paid_total", "fine_set_off")
    )
    return fine + gains > paid + set_off


@condition
def lead_is_market_and_is_owed(s: Situation) -> bool:
    """A market regulation bureau is owed money."""
    return lead_is_market(s) and owes_money(s)


@condition
def lead_is_not_market_and_is_owed(s: Situation) -> bool:
    """Another organ is owed money."""
    return lead_is_not_market(s) and owes_money(s)


def _sender_kind(s: Situation) -> str:
    sender = s.department(s.actor.department)
    return sender.kind if sender else ""


@condition
def sender_is_enforcement(s: Situation) -> bool:
    """One enforcement organ writes to another."""
    return _sender_kind(s) == "enforcement"


@condition
def sender_is_hotline_or_government(s: Situation) -> bool:
    """The desk hands a work order on."""
    return not sender_is_enforcement(s)


@condition
def means_is_correction(s: Situation) -> bool:
    """The party is ordered to correct."""
    return s.text("means") == "correct"


@condition
def is_economic_crime(s: Situation) -> bool:
    """One of the suspected offences is an economic crime."""
    named = s.process.facts.get("offences")
    found = named if isinstance(named, list | tuple) else []
    return any(s.law.offences[one].economic for one in found if one in s.law.offences)


def _has_own_review(s: Situation, rule: str) -> bool:
    """Whether the field of a suspected offence has that limit of its own; 经济犯罪 comes first."""
    named = s.process.facts.get("offences")
    found = named if isinstance(named, list | tuple) else []
    reviews = {s.law.offences[one].review for one in found if one in s.law.offences}
    return rule in reviews and not is_economic_crime(s)


@condition
def is_environmental_crime(s: Situation) -> bool:
    """The police examine it in the three, seven or thirty days of the environmental rules."""
    return _has_own_review(s, "hj_review_7")


@condition
def is_drug_crime(s: Situation) -> bool:
    """The police examine it in the days of the rules on drugs."""
    return _has_own_review(s, "yp_review") and not is_environmental_crime(s)


@condition
def is_ordinary_crime(s: Situation) -> bool:
    """No suspected offence has a limit of examination of its own."""
    return not (is_economic_crime(s) or is_environmental_crime(s) or is_drug_crime(s))


@condition
def materials_are_incomplete(s: Situation) -> bool:
    """The receipt finds the materials incomplete."""
    return s.text("complete") == "incomplete"


@condition
def environment_is_not_for_police(s: Situation) -> bool:
    """The receipt of an environmental referral says that no police are competent."""
    return s.text("competent") == "not_police" and is_environmental_crime(s)


@condition
def police_lacks_jurisdiction(s: Situation) -> bool:
    """The receipt says that other police are competent."""
    return s.text("competent") == "elsewhere"


@condition
def is_market_assistance(s: Situation) -> bool:
    """One market regulation bureau asks another for assistance."""
    return _is_market_assistance(s)


@condition
def is_consultation_of_procuratorate(s: Situation) -> bool:
    """The procuratorate is consulted in writing."""
    return _is_procuratorate_consultation(s)


@condition
def is_consultation_of_police(s: Situation) -> bool:
    """An environmental bureau consults the police in writing."""
    return _is_police_consultation(s)


@condition
def day_is_stated(s: Situation) -> bool:
    """The letter states its own day."""
    return bool(s.text("request_due")) and not law_sets_the_day(s)
