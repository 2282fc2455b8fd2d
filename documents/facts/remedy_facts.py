"""Facts of papers on reviews, suits and corrections, and on what became of a decision."""

from documents.facts.makers import (
    Facts,
    Known,
    day_of,
    last_issued,
    made_for,
    quoted,
    remedies,
    yuan,
)
from documents.facts.paper import Issued, Paper
from documents.facts.penalty_facts import decided, review_first
from domain.files.identifiers import unit_code
from domain.guards.registry import moment_of
from domain.penalties.remedy import case_of, review_goes_first

FIRST = ("penalty_decision", "no_penalty_decision", "spot_decision")
"""The documents by which a case is decided, not counting what amends them."""
AMENDMENT = "amendment_decision"
DECISIONS = (*FIRST, AMENDMENT)
"""The documents by which a case is decided."""
MEASURES = ("seizure_decision", "seizure_extension", "preservation_notice")


@made_for("review_answer", "suit_answer")
def _answer(paper: Paper, facts: Known) -> Facts:
    recorded = paper.situation.process.facts
    is_suit = bool(recorded.get("is_suit"))
    contested = str(recorded.get("contested"))
    kinds = {"decision": DECISIONS, "measure": MEASURES}.get(contested, ())
    return original(paper, *kinds) | {
        "受理机关": recorded.get("body"),
        "案号": recorded.get("remedy_no"),
        "收到副本日期": day_of(moment_of(recorded.get("copy_received_at"))),
        "答复依据": quoted(paper, "ss-67" if is_suit else "fy-48"),
        "请求和理由": recorded.get("claims"),
        "答复意见": paper.form.get("answer_text"),
        "证据依据": paper.form.get("answer_evidence"),
    }


@made_for("revocation_decision")
def _revocation_decision(paper: Paper, facts: Known) -> Facts:
    recorded = paper.situation.process.facts
    return (
        remedies(paper, "penalty_decision")
        | _amended(paper)
        | {
            "撤销依据": facts.get("撤销依据") or quoted(paper, "cf-75-2"),
            "重新办理": paper.action == "revoke_and_remake",
            "已缴金额": yuan(recorded.get("paid_total")) or None,
            "曾经公示": bool(recorded.get("published")),
        }
    )


@made_for("amendment_decision")
def _amendment_decision(paper: Paper, facts: Known) -> Facts:
    process = paper.situation.process
    recorded, first = process.facts, review_goes_first(paper.situation)
    return (
        (review_first(paper) if first else remedies(paper, "penalty_decision"))
        | _amended(paper)
        | decided(paper, facts)
        | {
            "变更依据": facts.get("变更依据") or quoted(paper, "cf-75-2"),
            "罚款金额": yuan(recorded.get("fine")) or None,
            "没收违法所得金额": yuan(recorded.get("confiscated")) or None,
            "已缴金额": yuan(recorded.get("paid_total")) or None,
        }
    )


@made_for("correction_notice")
def _correction_notice(paper: Paper, facts: Known) -> Facts:
    return original(paper, *DECISIONS) | {"更正依据": quoted(paper, "cf-75-2")}


@made_for("paper_correction", "paper_replacement")
def _paper_change(paper: Paper, facts: Known) -> Facts:
    """The paper that left the house and is corrected or taken back, as its recipients know it."""
    process = paper.situation.process.facts
    found = next((one for one in paper.issued if str(one.id) == str(process.get("paper"))), None)
    if found is None:
        return {}
    return {
        "收件人": facts.get("原文书收件人"),
        "原文书": found.title,
        "原文书文号": found.number,
        "原文书日期": day_of(found.issued_at),
    }


@made_for("publication_revision")
def _publication_revision(paper: Paper, facts: Known) -> Facts:
    change = paper.form.get("publication_change")
    basis = ("cf-48", "gs-11") if change == "withdrawn" else ("gs-12",)
    bound = {"withdrawn": "cf-48", "corrected": "cf-75-2"}[str(change)]
    return original(paper, *DECISIONS) | {
        "撤回依据": quoted(paper, *basis) if _is_market(paper) else quoted(paper, bound),
        "撤回更正日期": facts.get("撤回、更正日期"),
    }


@made_for("publication_summary")
def _publication_summary(paper: Paper, facts: Known) -> Facts:
    decision = last_issued(paper, "penalty_decision")
    code = unit_code(paper.situation.subject.subject_code)
    return decided(paper, facts) | {
        "决定书文号": decision.number if decision else None,
        "统一社会信用代码": code,
        "法定代表人": facts.get("法定代表人") if code else None,
        "违法行为类型": facts.get("案由"),
    }


def original(paper: Paper, *kinds: str) -> Facts:
    """The document that a paper is about: its title, number and day; empty without one."""
    found = last_issued(paper, *kinds)
    return _named(found) if found else {}


def _amended(paper: Paper) -> Facts:
    """The decision that a paper revokes or amends, and the papers that amended it before."""
    first = last_issued(paper, *FIRST)
    if first is None:
        return original(paper, *DECISIONS)
    return _named(first) | {"变更文书": _amendments(paper, first)}


def _amendments(paper: Paper, first: Issued) -> str | None:
    """The papers that amended a decision, in their order; None where there are none."""
    since = paper.issued[paper.issued.index(first) :]
    return (
        "、".join(f"《{one.title}》（{one.number}）" for one in since if one.kind == AMENDMENT)
        or None
    )


def replaced_decision(paper: Paper) -> str | None:
    """Of a decision made anew: which one it replaces, and by what that one was set aside."""
    case = case_of(paper.situation)
    by = case.facts.get("set_aside_by") if case else None
    found = last_issued(paper, *FIRST)
    if not by or found is None:
        return None
    amended = _amendments(paper, found)
    also = f"及变更该决定的{amended}" if amended else ""
    return (
        f"本机关原作出的《{found.title}》（{found.number}）{also}已由{by}，"
        "本决定系重新作出，自作出之日起替代原决定。"
    )


def _named(found: Issued) -> Facts:
    return {
        "原决定": found.title,
        "原决定文号": found.number,
        "原决定日期": day_of(found.issued_at),
    }


def _is_market(paper: Paper) -> bool:
    organ = paper.rules.departments[paper.situation.actor.department]
    return organ.function == "market"
