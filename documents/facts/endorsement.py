"""The opinion of the head of the section, as the approval form that follows it shows it."""

from datetime import datetime

from documents.facts.makers import Facts, day_of, moment_of
from documents.facts.paper import Paper
from domain.effects.endorsement import ANY

APPROVALS = frozenset(
    {"filing_approval", "refusal_to_file", "matter_approval", "decision_approval"}
    | {"closing_approval", "transfer_approval"}
)


def endorsement(paper: Paper) -> Facts:
    """Who heads the section and what he thinks of the matter at hand; nothing where he was silent.

    An opinion that lies before the last approval of this kind belongs to that one.
    """
    given = paper.situation.process.facts.get("endorsements")
    if paper.kind not in APPROVALS or not isinstance(given, dict):
        return {}
    told = given.get(paper.action) or given.get(ANY)
    if not isinstance(told, dict) or not _is_fresh(paper, moment_of(told.get("at"))):
        return {}
    return {
        "承办机构负责人": told.get("by"),
        "承办机构意见": told.get("text"),
        "承办机构意见日期": day_of(told.get("at")),
    }


def _is_fresh(paper: Paper, at: datetime | None) -> bool:
    before = [one.issued_at for one in paper.issued if one.kind == paper.kind]
    return at is not None and (not before or at > max(before))
