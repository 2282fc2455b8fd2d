"""A penalty on the spot that was revoked is made anew in a case of the ordinary procedure.

行政复议法第六十四条, 行政诉讼法第七十条、第七十一条: what was revoked on its merits is not decided
again on the same facts and grounds. 行政处罚法第五十一条: on the spot is punished whose facts are
certain; those of a decision that fell are not.
"""

from dataclasses import dataclass

from domain.guards.registry import condition, guard
from domain.penalties.remedy import SPOT
from domain.penalties.remedy_outcome import FALLS
from domain.situation.situation import ProcessView, Situation

REVOKED = frozenset({"revoked", "closed"})
"""The states of a penalty on the spot that was revoked: its money may have been settled since."""


@dataclass(frozen=True)
class Remake:
    """An order to make a penalty on the spot anew.

    `procedural`: it fell for its procedure; `by`: what revoked it, as a paper names it; `due`: the
    day that the order states, as ISO text; `decision_round`: how many decisions fell so far.
    """

    is_suit: bool
    procedural: bool
    by: str
    due: str | None
    decision_round: int


def remake_of(s: Situation) -> Remake | None:
    """The order under which the clue's penalty on the spot is made anew; None without one."""
    spot = s.latest(SPOT)
    if spot is None or spot.state not in REVOKED or spot.facts.get("decision") is not None:
        return None
    ordered = [one for one in s.of_kind("remedy") if _orders(one)]
    if not ordered:
        return None
    facts = ordered[-1].facts
    is_suit = bool(facts.get("is_suit"))
    body = "人民法院" if is_suit else "行政复议机关"
    due = facts.get("remake_due")
    return Remake(
        is_suit=is_suit,
        procedural=bool(facts.get("procedural_ground")),
        by=f"{body}以{facts.get('outcome_no')}撤销（确认无效）",
        due=str(due) if due else None,
        decision_round=int(str(spot.facts.get("decision_round", 0))),
    )


def _orders(remedy: ProcessView) -> bool:
    facts = remedy.facts
    of_decision = facts.get("contested") == "decision"
    return of_decision and facts.get("outcome") in FALLS and bool(facts.get("remake"))


@guard
def spot_penalty_is_to_be_remade(s: Situation) -> str | None:
    """A case follows a penalty on the spot only where its revocation orders a new decision."""
    if remake_of(s) is not None:
        return None
    return (
        "当场处罚决定没有被撤销并责令重新作出；收到复议决定、判决的，"
        "请先办理「登记复议结果」「登记生效裁判」"
    )


@guard
def remade_penalty_has_its_case(s: Situation) -> str | None:
    """What a review or a judgment orders to be made anew is not closed without a case."""
    if remake_of(s) is None or s.of_kind("case"):
        return None
    return (
        "复议决定、判决责令重新作出行政行为，请由机关负责人先办理「立案重新办理（当场处罚被撤销）」"
    )


@condition
def spot_remake_day_of_review(s: Situation) -> bool:
    """The case makes a penalty on the spot anew by a day that a review decision states."""
    found = remake_of(s)
    return found is not None and bool(found.due) and not found.is_suit


@condition
def spot_remake_day_of_suit(s: Situation) -> bool:
    """The case makes a penalty on the spot anew by a day that a judgment states."""
    found = remake_of(s)
    return found is not None and bool(found.due) and found.is_suit
