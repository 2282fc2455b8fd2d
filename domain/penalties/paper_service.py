"""Which paper a service brings to the party, and by which act the service of each is recorded."""

from collections.abc import Mapping

from domain.guards.paper_change import paper_meant
from domain.guards.registry import condition, guard
from domain.penalties.remedy import SPOT
from domain.penalties.service import (
    BESIDE,
    DECISION,
    DEMAND,
    HEARING,
    NOTICE,
    OTHER,
    Served,
    at_hand,
    is_announced,
)
from domain.situation.papers import PaperView
from domain.situation.situation import Situation

CASE, OTHER_ACT, OTHER_FIELD = "case", "serve_other", "other_document"
DECIDING = (CASE, SPOT)
"""The processes that serve what they decide by acts of their own."""
OWN_ACTS: Mapping[str, tuple[Served, str]] = {
    "penalty_notice": (NOTICE, "serve_notice"),
    "hearing_notice": (HEARING, "serve_hearing_notice"),
    "penalty_decision": (DECISION, "serve"),
    "no_penalty_decision": (DECISION, "serve"),
    "amendment_decision": (DECISION, "serve"),
    "demand_notice": (DEMAND, "serve_demand"),
}
"""By kind of a paper of a case or a spot fine: by which act its own service is recorded."""
PARTY = "当事人"


def kinds_served(form: Mapping[str, object], served: Served) -> tuple[str, ...]:
    """The kinds of paper that a service may bring to the party, by its form."""
    if served is OTHER:
        return (str(form.get(OTHER_FIELD) or ""),)
    return tuple(kind for kind, (one, _) in OWN_ACTS.items() if one is served)


def paper_served(s: Situation) -> PaperView | None:
    """The paper in force that the service at hand brings: the one named, or the newest."""
    served = at_hand(s.form)
    if served is None:
        return None
    if served is BESIDE:
        return paper_meant(s)
    kinds = kinds_served(s.form, served)
    return next((one for one in reversed(s.papers) if one.kind in kinds), None)


@condition
def is_handed_over(s: Situation) -> bool:
    """A paper that is on record here reaches somebody who signs for it, or refuses to."""
    return paper_served(s) is not None and not is_announced(s)


@guard
def paper_is_served_beside(s: Situation) -> str | None:
    """The form names a paper in force to the party, whose service no act of its case records."""
    found = paper_meant(s)
    if found is None or found.organ != s.actor.department:
        number = s.text("paper")
        return f"本线索没有本机关制发的第{number}号文书，或者已经作废；文书编号见送达待办、文书页面"
    if s.law.documents[found.kind].to != PARTY or not found.number:
        return f"{found.called}不是写给当事人的文书，不用送达回证"
    act = _own_act(s, found)
    return f"{found.called}的送达涉及期限，请在案件中办理「{act}」" if act else None


def _own_act(s: Situation, paper: PaperView) -> str:
    table = s.law.lifecycles.get(paper.process)
    if table is None or paper.process not in DECIDING:
        return ""
    if paper.kind in OWN_ACTS:
        return table.actions[OWN_ACTS[paper.kind][1]].label
    other = table.actions.get(OTHER_ACT)
    return other.label if other and paper.kind in other.form[OTHER_FIELD].options else ""
