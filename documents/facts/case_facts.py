"""Facts of the documents of a penalty case, from the notice to the archive."""

from datetime import datetime

from documents.facts.justice_facts import with_justice
from documents.facts.makers import (
    Facts,
    Known,
    day_of,
    department_name,
    evidence,
    last_issued,
    made_for,
    moment_of,
    number_and_day,
    quoted,
    remedies,
    yuan,
)
from documents.facts.measure_facts import measures_taken
from documents.facts.paper import Paper
from documents.facts.penalty_facts import (
    decided,
    handled_with,
    in_words,
    notified,
    review_first,
    told,
    with_milder,
)
from documents.facts.remedy_facts import replaced_decision
from documents.values.filters import clause, cn_date
from documents.values.money import amount_in_figures
from domain.guards.outcome import GROUNDS
from domain.guards.period import decision_overdue
from domain.penalties.payment import surcharge_by
from domain.penalties.remedy import review_goes_first
from domain.situation.penalty import DECIDED, PLANNED
from domain.situation.situation import CHINA

_CATEGORIES = {"decide": "行政处罚", "decide_no_penalty": "不予行政处罚"}
_NO_PENALTY = {
    "slight": "cf-33-1",
    "first": "cf-33-1",
    "no_fault": "cf-33-2",
    "unfounded": "cf-57-1-3",
}
"""The article of each ground for no penalty."""


@made_for("investigation_closing_report")
def _investigation_closing_report(paper: Paper, facts: Known) -> Facts:
    return {
        "证据清单": evidence(facts.get("证据")),
        "已采取措施": measures_taken(paper),
        "移送经过": with_justice(paper),
    }


@made_for("legal_review")
def _legal_review(paper: Paper, facts: Known) -> Facts:
    sent = moment_of(paper.situation.process.facts.get("sent_for_review_at"))
    now = paper.situation.now.astimezone(CHINA)
    return {
        "承办机构": department_name(paper, paper.situation.process.department),
        "审核人": paper.situation.actor.name,
        "送审时间": sent or now,
        "退卷时间": now,
    }


@made_for("penalty_notice")
def _penalty_notice(paper: Paper, facts: Known) -> Facts:
    hearing = paper.form.get("notice_right") == "hearing"
    return told(paper) | {"告知听证权": hearing, "裁量理由": with_milder(facts)}


@made_for("statement_record")
def _statement_record(paper: Paper, facts: Known) -> Facts:
    number, _ = number_and_day(paper, "penalty_notice")
    return {
        "陈述申辩时间": facts.get("陈述申辩时间") or paper.situation.now.astimezone(CHINA),
        "告知书文号": number,
    }


@made_for("discussion_record")
def _discussion_record(paper: Paper, facts: Known) -> Facts:
    """What the heads discussed: a penalty, or whether its case is extended once more."""
    if paper.action != "extend":
        return {}
    return {
        "讨论时间": facts.get("延期集体讨论时间"),
        "出席人员": facts.get("延期集体讨论出席人员"),
        "讨论情况": facts.get("延期集体讨论情况"),
        "集体讨论意见": facts.get("延期集体讨论意见"),
        **dict.fromkeys(("讨论地点", "讨论主持人", "讨论记录人", "列席人员")),
    }


@made_for("hearing_notice", "hearing_announcement", "hearing_report", "hearing_record")
def _hearing(paper: Paper, facts: Known) -> Facts:
    chosen = paper.form.get("hearing_open") or paper.situation.process.facts.get("hearing_open")
    planned = in_words(paper, PLANNED, facts.get("拟处罚内容"))
    return {"公开听证": chosen == "open", "拟处罚内容": planned}


# --- the decision ------------------------------------------------------------------------------


@made_for("penalty_decision", "no_penalty_decision")
def _penalty_decision(paper: Paper, facts: Known) -> Facts:
    first = paper.kind == "penalty_decision" and review_goes_first(paper.situation)
    return (
        (review_first(paper) if first else remedies(paper))
        | _heard(paper, facts, adopted=paper.kind == "no_penalty_decision")
        | decided(paper, facts)
        | _no_penalty(paper, facts)
        | {
            "证据清单": evidence(facts.get("证据")),
            "依法公示": paper.form.get("publish") == "publish",
            "告知情况": notified(paper, facts),
            "替代说明": replaced_decision(paper),
            "裁量理由": with_milder(facts),
            "共同办理说明": handled_with(paper),
            "已采取措施": measures_taken(paper, penalties=False),
            "移送经过": with_justice(paper),
            "退款情况": refunded(paper),
        }
    )


@made_for("refund_order")
def _refund_order(paper: Paper, facts: Known) -> Facts:
    number, _ = number_and_day(paper, "penalty_notice")
    ground = paper.situation.process.facts.get("refund_ground")
    own = quoted(paper, "cx-59")
    return {"告知书文号": number, "责令依据": f"{ground}和{own}" if ground else own}


def refunded(paper: Paper) -> str | None:
    """What became of the refund that was ordered before the decision; None without one."""
    known = paper.situation.process.facts
    number, day = number_and_day(paper, "refund_order")
    if day is None:
        return None
    ordered, paid = (yuan(known.get(name)) for name in ("refund_sum", "refunded"))
    left = ordered - paid
    end = f"，尚有{amount_in_figures(left)}元没有退还" if left > 0 else ""
    return (
        f"本机关于{cn_date(day)}以《责令退款通知书》（{number}）责令当事人限期退还多收价款"
        f"{amount_in_figures(ordered)}元，当事人已退还{amount_in_figures(paid)}元{end}。"
    )


def _no_penalty(paper: Paper, facts: Known) -> Facts:
    """The article that a ground for no penalty rests on, unless another one was named."""
    article = _NO_PENALTY.get(str(paper.form.get("no_penalty_kind") or ""))
    named, kind = facts.get("不予处罚依据"), str(facts.get("不予处罚的情形") or "")
    said = kind.rstrip("。") in str(facts.get("不予处罚理由") or "")
    return {
        "不予处罚依据": named or (quoted(paper, article) if article else None),
        "不予处罚的情形": None if said else kind,
    }


def _heard(paper: Paper, facts: Known, *, adopted: bool = True) -> Facts:
    """What the party said; `adopted` leaves out what the decision tells in its own sentence."""
    recorded = facts.get("听证意见") or paper.situation.process.facts.get("hearing_held")
    return {
        "陈述申辩情况": _said(paper, facts),
        "听证情况": _hearing_told(paper, facts, adopted=adopted),
        # Nobody decides on the record of a hearing that nobody held (处罚法第六十五条).
        "听证意见采纳情况": facts.get("听证意见采纳情况") if recorded else None,
    }


def _said(paper: Paper, facts: Known) -> str | None:
    """What the party stated and what became of it; nothing where nothing was told to it."""
    statement, reviewed = facts.get("当事人陈述申辩意见"), facts.get("复核意见")
    if statement:
        return f"当事人提出：{clause(statement)}。本机关复核意见：{reviewed}"
    if facts.get("当事人听证意见"):
        return "当事人的意见在听证中提出"
    told = last_issued(paper, "penalty_notice") is not None
    return "当事人未提出陈述、申辩意见" if told else None


def _hearing_told(paper: Paper, facts: Known, *, adopted: bool) -> str | None:
    """When, where and how a hearing was held and what came of it; or that none was asked for."""
    recorded = paper.situation.process.facts
    if facts.get("听证意见"):
        return "。".join(str(clause(one)) for one in _held(facts, adopted=adopted) if one)
    if recorded.get("notice_right") != "hearing":
        return None
    if recorded.get("hearing_waived"):
        return "当事人放弃听证，或者依法视为放弃听证权利"
    return "当事人在法定期限内未要求听证"


def _held(facts: Known, *, adopted: bool) -> list[str]:
    """How the hearing went; a decision tells in a sentence of its own what was adopted."""
    at = moment_of(facts.get("听证时间")) or facts.get("听证时间")
    day = f"于{cn_date(at)}" if isinstance(at, datetime) else ""
    place = f"在{facts['听证地点']}" if facts.get("听证地点") else ""
    how = {"公开": "公开", "不公开": "不公开"}.get(str(facts.get("是否公开")), "")
    said, followed = facts.get("当事人听证意见"), facts.get("听证意见采纳情况")
    return [
        f"应当事人要求，本机关{day}{place}{how}举行听证",
        f"当事人提出：{clause(said)}" if said else "",
        f"听证意见：{clause(facts['听证意见'])}",
        f"采纳情况：{clause(followed)}" if followed and adopted else "",
    ]


@made_for("decision_approval")
def _decision_approval(paper: Paper, facts: Known) -> Facts:
    penalised, no_penalty = paper.action == "decide", _no_penalty(paper, facts)
    proposed = in_words(paper, DECIDED, facts.get("处罚内容")) if penalised else ""
    late = paper.form.get("late_reason") if decision_overdue(paper.situation) else None
    return _heard(paper, facts) | {
        "处理类别": _category(paper),
        "建议处理内容": proposed or facts.get("不予处罚理由"),
        "备注": f"超过办案期限作出决定：{late}" if late else facts.get("备注"),
        "处理依据": facts.get("处罚依据") if penalised else no_penalty["不予处罚依据"],
        "送审日期": day_of(paper.situation.process.facts.get("sent_for_review_at")),
        "审批意见": "同意",
    }


def _category(paper: Paper) -> str:
    unfounded = paper.form.get("no_penalty_kind") == "unfounded"
    return "违法事实不成立" if unfounded else _CATEGORIES[paper.action]


# --- the end -----------------------------------------------------------------------------------


@made_for("closing_approval")
def _closing_approval(paper: Paper, facts: Known) -> Facts:
    """How the case ended: on which paper, with what, and how it was carried out."""
    ground = str(paper.situation.process.facts.get("closing_ground"))
    handed = ("crime_transfer", "transfer_letter") if ground == "transferred" else ()
    decision = last_issued(paper, "penalty_decision", "no_penalty_decision", *handed)
    penalty = in_words(paper, DECIDED, facts.get("处罚内容"))
    to = facts.get("接收单位") or facts.get("受移送部门") or "有管辖权的机关"
    sent = f"案件移送{to}处理" if handed else None
    return {
        "决定文书": f"{decision.title}（{decision.number}）" if decision else None,
        "决定日期": day_of(decision.issued_at) if decision else None,
        "结案情形": GROUNDS.get(ground),
        "处罚内容": penalty or facts.get("不予处罚理由") or sent or facts.get("终止理由"),
        "执行方式": _carried_out(paper, facts),
        "审批意见": "同意结案",
    }


def _carried_out(paper: Paper, facts: Known) -> str | None:
    """What was recorded of the performance, and the surcharge that was due."""
    ended = facts.get("终结执行的理由")
    told = f"终结执行：{ended}" if ended else str(facts.get("执行情况") or "")
    due = surcharge_by(paper.situation, paper.situation.today)
    extra = f"加处罚款{amount_in_figures(due)}元" if due and "加处罚款" not in told else ""
    return "；".join(str(one) for one in (clause(told), extra) if one) or None
