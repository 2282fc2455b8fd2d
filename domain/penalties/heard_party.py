"""What a party said in its defence makes its penalty no heavier (行政处罚法第四十五条第二款)."""

from domain.guards.registry import guard
from domain.penalties.notified import told_now
from domain.situation.penalty import PLANNED, heavier, penalty_of
from domain.situation.situation import Situation

HEARD = "heard_before"
"""The fact that the party stated its case, or was heard, to an earlier notice."""


@guard
def statement_makes_nothing_heavier(s: Situation) -> str | None:
    """A heavier notice after a statement or hearing rests on new facts, or on an error named."""
    found = _heavier_than_told(s) if was_heard(s) else []
    if not found:
        return None
    beyond = "；".join(found)
    if not (s.text("heavier_ground") and s.text("heavier_reason")):
        return (
            f"当事人陈述、申辩或者听证之后，拟处罚重于原告知：{beyond}。不得因当事人陈述、申辩而给予更重的处罚；"
            "确系查明新的违法事实或者原告知有错误的，请填写「加重的依据」「加重的理由和证据」"
        )
    if s.text("heavier_ground") == "new_facts" and _facts_stand(s):
        return (
            f"拟处罚重于原告知：{beyond}。「加重的依据」选择查明新的违法事实，而登记的违法事实、涉案数额在"
            "告知之后没有变更：请先「补充调查」、更正登记，重新审核后再告知"
        )
    return None


def was_heard(s: Situation) -> bool:
    """Whether the party stated its case or was heard before this moment."""
    facts = s.process.facts
    return any(facts.get(one) for one in (HEARD, "statement", "hearing_held"))


def _heavier_than_told(s: Situation) -> list[str]:
    facts = s.process.facts
    if facts.get(PLANNED.kinds) is None:  # an older notice, whose kinds were not listed
        return []
    return list(heavier(penalty_of(s.form, PLANNED), penalty_of(facts, PLANNED), s.law.penalties))


def _facts_stand(s: Situation) -> bool:
    """The facts are still those of the last notice."""
    told = s.process.facts.get("told")
    now = told_now(s)
    return isinstance(told, dict) and all(
        told.get(one) == now[one] for one in ("facts_found", "quantities")
    )
