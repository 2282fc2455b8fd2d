"""The owner of a right looks whether goods are his; a market regulator's days wait meanwhile.

程序规定第三十条第二款, 第十八条第二款, 第六十四条第二款. 行政强制法第二十五条第三款 leaves only
testing out of the days of a seizure: these run on.
"""

from domain.guards.conditions import lead_is_market
from domain.guards.registry import condition, guard
from domain.situation.situation import Situation

KIND = "identification"
VERIFYING = ("accepted", "verifying")
INVESTIGATING = ("filed", "investigating")


@guard
def goods_may_be_identified(s: Situation) -> str | None:
    """The owner is asked while the matter is looked into, before or after filing."""
    if _is_verifying(s) or _is_investigating(s):
        return None
    return "只有核查、调查期间可以请权利人辨认、鉴别；调查已经终结的，先退回补充调查"


@condition
def verification_awaits_the_owner(s: Situation) -> bool:
    """The days of a market regulator's verification wait for the owner."""
    return lead_is_market(s) and _is_verifying(s)


@condition
def case_awaits_the_owner(s: Situation) -> bool:
    """The days of a market regulator's case wait for the owner."""
    return lead_is_market(s) and _is_investigating(s)


@condition
def verification_goes_on(s: Situation) -> bool:
    """Nothing else is waited for: the days of the verification go on."""
    return verification_awaits_the_owner(s) and _nothing_else_is_awaited(s, "clue")


@condition
def case_goes_on(s: Situation) -> bool:
    """Nothing else is waited for: the days of the case go on."""
    return case_awaits_the_owner(s) and _nothing_else_is_awaited(s, "case")


def _nothing_else_is_awaited(s: Situation, kind: str) -> bool:
    others = [one for one in s.open_of_kind(KIND) if one.id != s.process.id]
    waiting = s.latest(kind)
    return not others and not (waiting and waiting.facts.get("testing_runs"))


def _is_verifying(s: Situation) -> bool:
    clue = s.latest("clue")
    return clue is not None and clue.state in VERIFYING


def _is_investigating(s: Situation) -> bool:
    case = s.latest("case")
    return case is not None and case.state in INVESTIGATING
