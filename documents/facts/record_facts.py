"""Facts of records, recusals, and what a reporter is told and given."""

from documents.facts.complaint_facts import complainant
from documents.facts.makers import Facts, Known, made_for, number_and_day
from documents.facts.paper import Paper


def _with_numbers(paper: Paper) -> list[str]:
    """The officers of a record with the numbers of their certificates."""
    people = [paper.people.get(one) for one in paper.situation.names("case_officers")]
    return [f"{one.name}（{one.certificate_no}）" for one in people if one]


@made_for("scene_record", "inquiry_record", "destruction_record", "sampling_record")
def _record(paper: Paper, facts: Known) -> Facts:
    return {"执法人员及证号": _with_numbers(paper)}


@made_for("inspection_record")
def _inspection(paper: Paper, facts: Known) -> Facts:
    return {
        "执法人员及证号": _with_numbers(paper),
        "检查场所": facts.get("检查（勘验）场所"),
        "检查对象": facts.get("检查（勘验）对象"),
        "检查情况": facts.get("检查（勘验）情况"),
    }


@made_for("hearing_waiver")
def _waiver(paper: Paper, facts: Known) -> Facts:
    number, _ = number_and_day(paper, "penalty_notice")
    return {"告知书文号": number}


@made_for("recusal_decision")
def _recusal(paper: Paper, facts: Known) -> Facts:
    by_party = paper.situation.process.facts.get("applied_by") == "party"
    return {
        "准予回避": paper.action == "grant",
        "申请人": facts.get("当事人") if by_party else facts.get("被提出回避的人员"),
    }


@made_for("report_result_notice")
def _told(paper: Paper, facts: Known) -> Facts:
    return {"举报人称谓": complainant(facts).replace("投诉人", "举报人")}
