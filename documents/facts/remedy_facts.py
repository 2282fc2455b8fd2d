"""Facts of papers on reviews, suits, corrections, and of what justice gave back of a case."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from documents.facts.makers import (
    Facts,
    Known,
    day_of,
    department_name,
    last_issued,
    made_for,
    quoted,
    remedies,
    yuan,
)
from documents.facts.paper import Issued, Paper
from documents.facts.penalty_facts import decided
from documents.values.filters import cn_date
from domain.files.identifiers import unit_code
from domain.guards.registry import moment_of
from domain.penalties.remedy import case_of
from domain.situation.situation import ProcessView

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
    recorded = paper.situation.process.facts
    return (
        remedies(paper, "penalty_decision")
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


# --- what went to the police and came back ---


class _Event(NamedTuple):
    """A day of the course, what happened, and whether it gave the case back to the organ."""

    day: date
    what: str
    gave_back: bool = False


_STEPS: tuple[tuple[str, str, str, bool], ...] = (
    ("filed_on", "{police}决定立案侦查", "filing_no", False),
    ("refusal_notice_at", "本机关收到{police}的不予立案通知书", "refusal_no", True),
    ("uphold_notice_at", "本机关收到{police}维持不予立案的复议决定", "", True),
    ("supervision_asked_at", "本机关建议人民检察院进行立案监督", "", False),
    ("order_received_at", "人民检察院通知公安机关立案", "order_no", False),
    ("notified_at", "人民检察院告知不立案理由成立", "", True),
    ("notice_at", "{police}通知本案不属于公安机关管辖", "notice_no", True),
    ("cancelled_on", "{police}撤销案件", "", True),
    ("opinion_received_at", "本机关收到人民检察院的检察意见书", "opinion_no", True),
)
"""By the field that holds its day: an event of a referral, its number, whether it gave back."""


def with_justice(paper: Paper) -> str | None:
    """Where the case was with police and procuratorate, and on which paper it was taken up again.

    A fine after a referral is 以罚代刑 to whoever reads a file that does not say this.
    """
    case = paper.situation.process
    events = sorted(_of_referrals(paper, case), key=lambda one: one.day)
    if not events:
        return None
    told = "；".join(f"{cn_date(one.day)}，{one.what}" for one in events)
    again = "此后，本机关依法继续办理本案。" if events[-1].gave_back else ""
    return f"本案因涉嫌犯罪移送公安机关：{told}。{again}"


def _of_referrals(paper: Paper, case: ProcessView) -> Iterator[_Event]:
    ours = [one for one in paper.situation.of_kind("referral") if one.department == case.department]
    sent = [event for one in ours for event in _of_referral(paper, one)]
    yield from sent
    if sent:
        yield from _of_justice(paper)


def _of_referral(paper: Paper, referral: ProcessView) -> Iterator[_Event]:
    known, police = referral.facts, department_name(paper, referral.counterpart) or "公安机关"
    sent = day_of(known.get("delivered_at"))
    if sent is None:
        return
    letter = next(
        (
            one
            for one in reversed(paper.issued)
            if one.kind == "crime_transfer" and one.process == ("referral", referral.id)
        ),
        None,
    )
    by = f"以《{letter.title}》（{letter.number}）" if letter else ""
    yield _Event(sent, f"本机关{by}将案件移送{police}")
    for name, what, number, gave_back in _STEPS:
        if day := _day(known.get(name)):
            told = what.format(police=police) + _number(known, number)
            yield _Event(day, told, gave_back)


def _of_justice(paper: Paper) -> Iterator[_Event]:
    """Papers of police, procuratorate or court that were registered beside the referral."""
    forms = paper.rules.lifecycles["justice_paper"].actions
    kinds = {
        key: label
        for action in ("register", "register_opinion")
        for key, label in forms[action].form["paper_kind"].options.items()
    }
    for one in paper.situation.of_kind("justice_paper"):
        if day := _day(one.facts.get("paper_received_at")):
            kind = kinds.get(str(one.facts.get("paper_kind")), "来文")
            organ = one.facts.get("paper_organ") or "司法机关"
            number = _number(one.facts, "paper_no")
            yield _Event(day, f"本机关收到{organ}的来文（{kind}）{number}", gave_back=True)


def _number(known: Known, name: str) -> str:
    number = str(known.get(name) or "") if name else ""
    return f"（{number}）" if number else ""


def _day(value: object) -> date | None:
    if not isinstance(value, str) or not value:
        return None
    return date.fromisoformat(value) if len(value) == 10 else day_of(moment_of(value))
