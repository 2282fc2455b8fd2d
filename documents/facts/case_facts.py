"""Facts of the documents of a penalty case, from the notice to the archive."""

from documents.facts.incoming import incoming
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
)
from documents.facts.measure_facts import measures_taken
from documents.facts.paper import Issued, Paper
from documents.facts.penalty_facts import decided, in_words, notified, told
from documents.facts.remedy_facts import replaced_decision
from documents.values.filters import clause
from domain.guards.outcome import GROUNDS
from domain.lifecycle.visibility import KEPT_KINDS
from domain.situation.penalty import DECIDED, PLANNED
from domain.situation.situation import CHINA

_TO_PARTY = "当事人"
_ABOUT_THE_FILE = {"case_cover", "case_catalogue"}
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
    return told(paper) | {"告知听证权": paper.form.get("notice_right") == "hearing"}


@made_for("statement_record")
def _statement_record(paper: Paper, facts: Known) -> Facts:
    number, _ = number_and_day(paper, "penalty_notice")
    return {
        "陈述申辩时间": facts.get("陈述申辩时间") or paper.situation.now.astimezone(CHINA),
        "告知书文号": number,
    }


@made_for("hearing_notice", "hearing_announcement", "hearing_report", "hearing_record")
def _hearing(paper: Paper, facts: Known) -> Facts:
    chosen = paper.form.get("hearing_open") or paper.situation.process.facts.get("hearing_open")
    planned = in_words(paper, PLANNED, facts.get("拟处罚内容"))
    return {"公开听证": chosen == "open", "拟处罚内容": planned}


# --- the decision ------------------------------------------------------------------------------


@made_for("penalty_decision", "no_penalty_decision")
def _penalty_decision(paper: Paper, facts: Known) -> Facts:
    return (
        remedies(paper)
        | _heard(facts)
        | decided(paper, facts)
        | _no_penalty(paper, facts)
        | {
            "证据清单": evidence(facts.get("证据")),
            "依法公示": paper.form.get("publish") == "publish",
            "告知情况": notified(paper, facts),
            "替代说明": replaced_decision(paper),
        }
    )


def _no_penalty(paper: Paper, facts: Known) -> Facts:
    """The article that a ground for no penalty rests on, unless another one was named."""
    article = _NO_PENALTY.get(str(paper.form.get("no_penalty_kind") or ""))
    named = facts.get("不予处罚依据")
    return {"不予处罚依据": named or (quoted(paper, article) if article else None)}


def _heard(facts: Known) -> Facts:
    statement, reviewed = facts.get("当事人陈述申辩意见"), facts.get("复核意见")
    said = (
        f"当事人提出：{clause(statement)}。本机关复核意见：{reviewed}"
        if statement
        else "当事人未提出陈述、申辩意见"
    )
    return {"陈述申辩情况": said, "听证情况": facts.get("听证意见")}


@made_for("decision_approval")
def _decision_approval(paper: Paper, facts: Known) -> Facts:
    penalised, no_penalty = paper.action == "decide", _no_penalty(paper, facts)
    proposed = in_words(paper, DECIDED, facts.get("处罚内容")) if penalised else ""
    return _heard(facts) | {
        "处理类别": _category(paper),
        "建议处理内容": proposed or facts.get("不予处罚理由"),
        "处理依据": facts.get("处罚依据") if penalised else no_penalty["不予处罚依据"],
        "审批意见": "同意",
    }


def _category(paper: Paper) -> str:
    unfounded = paper.form.get("no_penalty_kind") == "unfounded"
    return "违法事实不成立" if unfounded else _CATEGORIES[paper.action]


@made_for("service_receipt")
def _service_receipt(paper: Paper, facts: Known) -> Facts:
    served = [one for one in paper.issued if _is_served_now(paper, one)]
    return {
        "受送达人": facts.get("当事人"),
        "送达文书": [{"名称": one.title, "文号": one.number} for one in served],
        "送达时间": None,
        "送达方式": None,
        "收件人": None,
    }


def _is_served_now(paper: Paper, one: Issued) -> bool:
    meant = paper.rules.documents[one.kind].to == _TO_PARTY
    return meant and one.issued_at == paper.situation.now


# --- the end -----------------------------------------------------------------------------------


@made_for("closing_approval")
def _closing_approval(paper: Paper, facts: Known) -> Facts:
    decision = last_issued(paper, "penalty_decision", "no_penalty_decision")
    return {
        "决定文书": f"{decision.title}（{decision.number}）" if decision else None,
        "决定日期": day_of(decision.issued_at) if decision else None,
        "结案情形": GROUNDS.get(str(paper.situation.process.facts.get("closing_ground"))),
        "处罚内容": in_words(paper, DECIDED, facts.get("处罚内容")),
        "执行方式": facts.get("执行情况"),
        "审批意见": "同意结案",
    }


@made_for("case_catalogue")
def _case_catalogue(paper: Paper, facts: Known) -> Facts:
    own: list[Facts] = [
        {
            "文号": one.number,
            "责任者": one.organ,
            "题名": one.title,
            "日期": day_of(one.issued_at),
        }
        for one in _papers(paper)
        if one.process[0] not in KEPT_KINDS
    ]
    return {"卷内文件": [*own, *incoming(paper)]}


@made_for("case_cover")
def _case_cover(paper: Paper, facts: Known) -> Facts:
    case = paper.situation.process.kind == "case"
    _, closed = number_and_day(paper, "closing_approval" if case else "result_reply")
    penalty = in_words(paper, DECIDED, facts.get("处罚内容"))
    result = penalty or facts.get("不予处罚理由") or facts.get("结案情形")
    return {
        "案卷类别": "行政处罚案件" if case else "问题线索",
        "处理结果": result if case else facts.get("办理结果"),
        "结案日期": closed,
        "归档人": paper.situation.actor.name,
        "归档日期": paper.situation.today,
        "卷内件数": len(_papers(paper)) + len(incoming(paper)),
    }


def _papers(paper: Paper) -> list[Issued]:
    return [one for one in paper.issued if one.kind not in _ABOUT_THE_FILE]
