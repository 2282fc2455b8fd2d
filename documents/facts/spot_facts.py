"""Facts of the decision on the spot."""

from documents.facts.makers import Facts, Known, made_for, period, remedies
from documents.facts.paper import Paper
from documents.facts.penalty_facts import decided


@made_for("spot_decision")
def _spot_decision(paper: Paper, facts: Known) -> Facts:
    """Review comes first (行政复议法第二十三条), so that the days of a suit are those after it."""
    suit = paper.rules.deadlines["ss45"].in_force(paper.situation.today)
    people = [paper.people.get(one) for one in paper.situation.names("case_officers")]
    return (
        remedies(paper)
        | decided(paper, facts)
        | {
            "起诉期限": period(suit),
            "当场收缴": paper.form.get("pay_by") == "cash",
            "执法证号": [f"{one.name}（{one.certificate_no}）" for one in people if one],
        }
    )
