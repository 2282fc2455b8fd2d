"""Publicity of penalty decisions: what is published and until when, and what has to be withdrawn.

市场监督管理行政处罚信息公示规定 binds market regulation bureaus only; 行政处罚法第四十八条
binds all organs.
"""

from domain.guards.conditions import lead_is_market
from domain.guards.registry import condition, guard
from domain.situation.penalty import DECIDED
from domain.situation.situation import Situation


def _is_published(s: Situation) -> bool:
    return (s.text("publish") or s.process.facts.get("publish")) == "publish"


def _is_from_outside(s: Situation) -> bool:
    return bool(s.form.get("party_outside") or s.process.facts.get("party_outside"))


@condition
def published_in_the_province(s: Situation) -> bool:
    """A market bureau publishes by itself: the party is of its own province."""
    return lead_is_market(s) and _is_published(s) and not _is_from_outside(s)


@condition
def published_outside_the_province(s: Situation) -> bool:
    """A market bureau hands the record to the province where the party is registered."""
    return lead_is_market(s) and _is_published(s) and _is_from_outside(s)


@condition
def summary_is_due(s: Situation) -> bool:
    """What a market bureau publishes has a summary in front of it."""
    return lead_is_market(s) and _is_published(s)


@condition
def publication_is_awaited(s: Situation) -> bool:
    """A decision that is to be published by the organ itself waits for it."""
    facts = s.process.facts
    waits = facts.get("decision") == "penalty" and _is_published(s) and not facts.get("published")
    return waits and not published_outside_the_province(s)


@condition
def published_at_market(s: Situation) -> bool:
    """A market bureau has published the decision."""
    return lead_is_market(s) and bool(s.process.facts.get("published"))


@condition
def published_elsewhere(s: Situation) -> bool:
    """Another organ has published the decision."""
    return not lead_is_market(s) and bool(s.process.facts.get("published"))


@guard
def exemption_is_approved(s: Situation) -> str | None:
    """A market bureau that does not publish says why and who approved it; of a warning never.

    Other organs judge themselves what has some influence on society (行政处罚法第四十八条).
    """
    if s.names(DECIDED.kinds) == ("warning",) or not lead_is_market(s):
        return None
    if s.text("publish") == "exempt" and not s.text("exemption"):
        return "不予公示的，须写明理由及批准情况"
    return None


@guard
def warning_alone_is_not_published(s: Situation) -> str | None:
    """A market regulator does not publish a mere warning."""
    alone = s.names(DECIDED.kinds) == ("warning",)
    if not (alone and lead_is_market(s) and s.text("publish") == "publish"):
        return None
    return "仅给予警告的不予公示，请选择「不予公示」"


@guard
def publication_is_due(s: Situation) -> str | None:
    """There is a decision to publish."""
    if s.clock("gs9") or s.clock("gs10") or publication_is_awaited(s):
        return None
    return "没有待公示的处罚决定"


@guard
def publication_is_done(s: Situation) -> str | None:
    """A market bureau does not close a case before its decision was published."""
    if not lead_is_market(s):
        return None
    if s.clock("gs10"):
        return "处罚信息尚未推送当事人登记地（住所地）市场监督管理部门，请先办理「登记公示」"
    return "处罚决定尚未公示，请先办理「登记公示」" if s.clock("gs9") else None


@guard
def decision_was_published(s: Situation) -> str | None:
    """Only what was published is withdrawn or corrected."""
    return None if s.process.facts.get("published") else "处罚决定没有公示，不必撤回、更正"


@guard
def publication_was_revised(s: Situation) -> str | None:
    """A case whose decision fell or changed is not closed while the old one is still published."""
    if not (s.clock("cf48") or s.clock("cx63")):
        return None
    return "处罚决定已被变更、撤销或者确认违法，公示信息尚未撤回，请先办理「撤回、更正公示」"
