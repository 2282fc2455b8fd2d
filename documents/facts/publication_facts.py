"""Facts of what is agreed, filed and published."""

from documents.facts.makers import Facts, Known, due, made_for
from documents.facts.paper import Paper

BODIES = {"items": "事项", "plan": "计划", "content": "正文"}


@made_for("matter_list", "annual_plan", "publication_text", "opinion_request", "filing_report")
def _publication(paper: Paper, facts: Known) -> Facts:
    """What the draft says now: the form that was filled in last may not be the one last made."""
    own = paper.situation.process.facts
    kind = paper.rules.publications.get(str(own.get("kind") or ""))
    said = {label: own.get(name) for name, label in BODIES.items()}
    return {
        **said,
        "名称": own.get("title"),
        "种类": kind.label if kind else None,
        "版次": own.get("version") or 1,
        "代替": own.get("supersedes"),
        "批准人": own.get("approved_by"),
        "答复期限": _answer_day(paper),
    }


def _answer_day(paper: Paper) -> object:
    found = due(paper, "publication_opinion")
    return found.date() if found else None
