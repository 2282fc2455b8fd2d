"""Conditions under which a document belongs to a step."""

from domain.guards.registry import condition
from domain.situation.situation import Situation


@condition
def was_handed_in(s: Situation) -> bool:
    """An organ handed the clue in and is owed a receipt."""
    return bool(s.text("handed_by"))


@condition
def writes_to_the_desk(s: Situation) -> bool:
    """Somebody else than the desk itself asks it for more time."""
    return s.actor.department != s.subject.desk


@condition
def means_is_talk(s: Situation) -> bool:
    """The party is talked to."""
    return s.text("means") == "persuade"


@condition
def means_is_promise(s: Situation) -> bool:
    """The party commits itself."""
    return s.text("means") == "promise"


@condition
def hearing_is_open(s: Situation) -> bool:
    """Everybody may attend the hearing."""
    return s.text("hearing_open") == "open"


@condition
def seized_goods_move(s: Situation) -> bool:
    """Seized goods go to the police with the referral."""
    movable = s.law.lifecycles["case"].actions["hand_goods_over"].from_
    case = s.latest("case")
    return case is not None and case.state in movable and bool(case.facts.get("seized"))


@condition
def seizures_move(s: Situation) -> bool:
    """Goods seized before or beside the case go to the police with the referral."""
    return any(one.facts.get("seized") for one in s.open_of_kind("measure"))


@condition
def any_seized_goods_move(s: Situation) -> bool:
    """Goods that were seized in whichever way go to the police with the referral."""
    return seized_goods_move(s) or seizures_move(s)


def _kind_of_request(s: Situation) -> str:
    return s.text("request_kind")


@condition
def asks_for_assistance(s: Situation) -> bool:
    """Another organ is to find something out."""
    return _kind_of_request(s) in {"assistance", "cross_region"}


@condition
def asks_for_help(s: Situation) -> bool:
    """Another organ is to do something: appraise, keep goods, come along."""
    return _kind_of_request(s) in {"appraisal", "goods", "police_help", "early"}


@condition
def asks_for_opinion(s: Situation) -> bool:
    """Another organ is consulted."""
    return _kind_of_request(s) == "consultation"


@condition
def passes_on_information(s: Situation) -> bool:
    """Another organ is informed."""
    return _kind_of_request(s) == "report"
