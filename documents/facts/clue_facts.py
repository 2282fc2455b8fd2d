"""Facts of the documents on a clue's way: registration, transfer, reply, filing."""

from documents.facts.complaint_facts import complaint_ground
from documents.facts.makers import (
    Facts,
    Known,
    cited,
    day_of,
    department_name,
    due,
    due_before,
    last_issued,
    made_for,
    moment_of,
    quoted,
)
from documents.facts.paper import Paper
from documents.facts.penalty_facts import why_not_filed
from documents.values.filters import cn_date
from domain.guards.conditions import lead_is_market
from domain.situation.situation import CHINA


@made_for("arrival_receipt")
def _arrival_receipt(paper: Paper, facts: Known) -> Facts:
    return {"来件单位": facts.get("移送交办部门")}


@made_for("clue_registration")
def _clue_registration(paper: Paper, facts: Known) -> Facts:
    if paper.situation.subject.channel != "inspection":
        return {}
    inspector = paper.situation.actor
    return {
        "监督检查人": inspector.name,
        "监督检查人单位": department_name(paper, inspector.department),
    }


@made_for("return_letter")
def _return_letter(paper: Paper, facts: Known) -> Facts:
    sent = paper.handed_over_with() or last_issued(paper, "dispatch_slip", "transfer_letter")
    return {
        "来文文号": sent.number if sent else None,
        "收到时间": moment_of(paper.situation.process.facts.get("dispatched_at")),
    }


@made_for("dispatch_slip")
def _dispatch_slip(paper: Paper, facts: Known) -> Facts:
    region = paper.situation.region
    return {
        "转办时间": paper.situation.now.astimezone(CHINA),
        "签收期限": due(paper, "sign_for"),
        "退回期限": due(paper, region.return_clock, "sign_for"),
        "办理期限": due(paper, region.reply_clock),
    }


@made_for("transfer_letter")
def _transfer_letter(paper: Paper, facts: Known) -> Facts:
    return {
        "移送原因": facts.get("移送理由") or facts.get("转办理由"),
        "移送依据": facts.get("移送依据") or cited(paper),
    }


@made_for("redirect_notice")
def _redirect_notice(paper: Paper, facts: Known) -> Facts:
    reporter = str(facts.get("举报人") or "")
    name = reporter.partition(" ")[0].removeprefix("匿名")
    return {
        "主送机关": [name or "来件人"],
        "不予受理理由": facts.get("告知理由"),
        "建议途径": facts.get("告知途径"),
        "建议承办部门": facts.get("受理的机关、单位"),
        "告知依据": facts.get("告知依据") or cited(paper),
    }


@made_for("extension_request")
def _extension_request(paper: Paper, facts: Known) -> Facts:
    rule = paper.situation.region.reply_clock
    return {
        "原答复期限": due_before(paper, rule),
        "申请延长至": due(paper, rule),
        "延期依据": cited(paper),
    }


_NOT_FILED = {"slight": "cf-33-1", "first": "cf-33-1", "no_fault": "cf-33-2"}
"""The article of each ground for filing no case, for organs without a rule of their own."""
_TELLS_WHAT_WAS_DECIDED = frozenset({"close", "reply_result", "answer_service"})
"""Acts that report what other acts decided: the law on replying to the hotline decided nothing."""
_MEDIATED = "投诉已依法受理，由本机关组织双方调解。"


def _decided_on(paper: Paper, facts: Known) -> str | None:
    """The articles on which the matter was decided, in the words of the decision; or nothing."""
    kinds = {one.kind for one in paper.issued}
    if kinds & {"penalty_decision", "spot_decision"}:
        return str(facts.get("处罚依据") or facts.get("当场处罚依据") or "") or None
    if "no_penalty_decision" in kinds:
        return str(facts.get("不予处罚依据") or "") or None
    return quoted(paper, "so310-3") if "crime_transfer" in kinds else None


@made_for("result_reply")
def _result_reply(paper: Paper, facts: Known) -> Facts:
    """What was not filed rests on its own ground; what was unfounded on none: nothing was done."""
    pending: Facts = {"尚在执行": paper.action == "reply_result"}
    if paper.action in _TELLS_WHAT_WAS_DECIDED:
        return pending | {"处理依据": _decided_on(paper, facts)}
    if paper.action != "dismiss":
        done = facts.get("核查情况") or (
            _MEDIATED if paper.situation.of_kind("complaint") else None
        )
        ends = paper.action in {"close_complaint", "reject_complaint"}
        ground = complaint_ground(paper) if ends else cited(paper)
        return pending | {"处理依据": ground, "核查情况": done}
    kind = str(paper.form.get("no_filing_kind") or "")
    market = lead_is_market(paper.situation)
    article = "cx-20" if market else _NOT_FILED.get(kind)
    known = quoted(paper, article) if kind and article else None
    return pending | {"处理依据": paper.form.get("no_filing_basis") or known}


@made_for("interim_reply")
def _interim_reply(paper: Paper, facts: Known) -> Facts:
    """What was done so far and until when the law lets the matter run."""
    yields = paper.situation.region.reply_yields
    return {
        "办理进展": paper.form.get("progress") or _progress(paper, facts),
        "预计办结日期": day_of(due(paper, "reply_by_statute")),
        "投诉调解": _is_mediated(paper),
        "答复依据": quoted(paper, yields) or None if yields else None,
    }


def _is_mediated(paper: Paper) -> bool:
    """A complaint is mediated and not decided."""
    return paper.action == "admit_complaint" or bool(paper.situation.open_of_kind("complaint"))


def _progress(paper: Paper, facts: Known) -> str:
    if paper.action in {"file_case", "file_remade"}:
        return f"经核查，本机关已于{cn_date(paper.situation.today)}立案调查，正在依法办理。"
    if paper.action == "admit_complaint":
        return f"本机关已于{cn_date(paper.situation.today)}受理该投诉，正在依法组织调解。"
    return "经核查，本机关已决定移送公安机关处理，正在依法办理移送。"


# --- what follows the conclusion ---------------------------------------------------------------


@made_for("filing_approval", "refusal_to_file")
def _filing_approval(paper: Paper, facts: Known) -> Facts:
    own = paper.situation.process
    clue = own if own.kind == "clue" else paper.situation.latest("clue")
    recorded = clue.facts if clue else {}
    handler = paper.people.get(str(recorded.get("handler_user")))
    concluded = moment_of(recorded.get("concluded_at")) or paper.situation.now.astimezone(CHINA)
    return {
        "核查人员": [handler.name if handler else paper.situation.actor.name],
        "核查完成日期": concluded.date(),
        "审批意见": "同意",
        "不予立案理由": why_not_filed(facts),
    }


@made_for("interview_record")
def _interview_record(paper: Paper, facts: Known) -> Facts:
    return {"约谈要求": facts.get("改正要求")}
