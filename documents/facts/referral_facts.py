"""Facts of the documents of a criminal referral and of the way back."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from documents.facts.makers import (
    Facts,
    Known,
    basis_of,
    cited,
    day_of,
    department_name,
    evidence,
    made_for,
    number_and_day,
    quoted,
    yuan,
)
from documents.facts.measure_facts import measures_taken
from documents.facts.packet import materials_of
from documents.facts.paper import Paper
from domain.guards.justice_paper import fined_case
from domain.limits.organ_limits import general_limit
from domain.rulebook.quotation import limit_subject
from domain.situation.situation import CHINA, ClockView, Officer

_ADDED: Mapping[str, str] = {
    "complete_packet": "补充",
    "supplement": "补正",
    "report_further": "补充调查",
}
"""By act, what a list of materials is that comes after the first one."""


_LISTS_MATERIALS = frozenset({"crime_transfer", "materials_list"})
UNKNOWN_NUMBER = "待查明"
"""What stands where the police have to find out who the suspect is."""


@made_for(
    "crime_investigation_report",
    "transfer_approval",
    "crime_transfer",
    "goods_list",
    "materials_list",
    "goods_handover_list",
)
def _referral(paper: Paper, facts: Known) -> Facts:
    referral, now = paper.situation.process, paper.situation.now.astimezone(CHINA)
    handed = paper.kind == "goods_handover_list"
    listed = facts.get("涉案物品清单")
    goods = _as_listed(facts.get("移交物品清单"), listed) if handed else listed
    lead = _lead(paper)
    opened = referral.opened_at.astimezone(CHINA) if referral.opened_at else now
    declined = paper.action == "decline"
    number, _ = number_and_day(paper, "crime_transfer")
    return {
        "证件号码": paper.situation.subject.subject_code or UNKNOWN_NUMBER,
        "专案组成员": facts.get("核实人员"),
        "嫌疑人情况": facts.get("犯罪嫌疑人基本情况"),
        "查获情况": facts.get("案件来源及查获情况"),
        "证据清单": evidence(facts.get("证据情况")),
        "已采取措施": measures_taken(paper),
        "物品清单": goods or [{"名称": "无涉案物品"}],
        "材料清单": materials_of(paper, facts) if paper.kind in _LISTS_MATERIALS else None,
        "移送书文号": number,
        "清单性质": _ADDED.get(paper.action),
        "接收单位": department_name(paper, referral.counterpart),
        "主办人": [lead.name] if lead else None,
        "主办人电话": lead.phone if lead else None,
        "报告时间": opened,
        "批准时间": now,
        "审批时间": now,
        "批准移送": not declined,
        "审批意见": _declined(facts) if declined else facts.get("审批意见"),
        "主要依据": facts.get("法律依据"),
        "法制审核人": referral.facts.get("referral_reviewer"),
        "法制审核日期": day_of(referral.facts.get("referral_reviewed_at")),
        "法制审核意见": facts.get("法制审核意见") or _unreviewed(facts),
        "立案通知文号": facts.get("立案决定书文号"),
        "立案通知收到时间": facts.get("立案通知送达时间"),
    }


def _declined(facts: Known) -> str:
    """Which ground of declining, and what was weighed."""
    said = (facts.get("不批准的情形"), facts.get("不批准理由"))
    return "：".join(str(one) for one in said if one)


def _as_listed(handed: object, listed: object) -> object:
    """What is handed over as the list of goods described it, where nothing else is said now."""
    if not isinstance(handed, list) or not isinstance(listed, list):
        return handed
    known = {row.get("名称"): row for row in listed if isinstance(row, Mapping)}
    return [
        {**known.get(row.get("名称"), {}), **{name: one for name, one in row.items() if one}}
        for row in handed
        if isinstance(row, Mapping)
    ]


def _unreviewed(facts: Known) -> str | None:
    """Why the legal staff did not review before the principal decided."""
    reason = facts.get("未经法制审核的理由")
    return f"未经法制审核：{reason}" if reason else None


_REMEDIES = {
    "refused": ("不予立案", ("so310-9-1", "jg-557")),
    "upheld": ("维持不予立案", ("so310-9-2", "jg-557")),
}
_OVERDUE = ("逾期未决定", ("jg-557", "jg-562"))
"""By state of the referral, what the procuratorate is told of, and the law on it."""
_OF_POLICE = frozenset(
    {"receipt_back", "310_review", "hj_review_7", "hj9_return", "yp_review", "jf16_max"}
    | {"ga180_notice", "310_forward", "310_reconsider_dec"}
)
"""The limits that run for the police until they have decided."""


def _lead(paper: Paper) -> Officer | None:
    facts = paper.situation.process.facts
    return paper.people.get(str(facts.get("lead_officer") or paper.form.get("lead_officer")))


@made_for("reconsideration_request", "filing_supervision_proposal")
def _remedy(paper: Paper, facts: Known) -> Facts:
    number, _ = number_and_day(paper, "crime_transfer")
    event, law = _REMEDIES.get(paper.situation.process.state, _OVERDUE)
    return {
        "移送书文号": number,
        "不予立案文号": facts.get("不予立案通知书文号"),
        "不予立案收到时间": facts.get("不予立案通知送达时间"),
        "同级公安机关": department_name(paper, paper.situation.process.counterpart),
        "监督事由": event,
        "监督依据": quoted(paper, *law),
        "审查经过": _examined(paper, facts),
        "建议理由": facts.get("建议监督理由"),
    }


def _examined(paper: Paper, facts: Known) -> str | None:
    """What the police did with the referral and what they are late with, one event a line."""
    told = (
        ("移送时间", "本机关移送案件材料"),
        ("接收时间", "公安机关接收移送材料"),
        ("不予立案通知送达时间", "本机关收到不予立案通知书"),
        ("复议决定送达时间", "本机关收到维持不予立案的复议决定"),
    )
    lines = [f"{_in_words(facts.get(name))}，{what}。" for name, what in told if facts.get(name)]
    return "\n".join([*lines, *_late(paper)]) or None


def _late(paper: Paper) -> list[str]:
    """What the police owe and have not done, each with its law."""
    situation = paper.situation
    late = [
        one
        for one in situation.clocks
        if (one.process_kind, one.process_id) == ("referral", situation.process.id)
        and one.breach_at < situation.now
        and general_limit(one.rule, paper.rules.deadlines) in _OF_POLICE
    ]
    return [f"{_duty(paper, one)}，至今未完成。" for one in late]


def _duty(paper: Paper, clock: ClockView) -> str:
    what = limit_subject(paper.rules.deadlines[clock.rule])
    basis = quoted(paper, basis_of(paper, clock.rule))
    return f"“{what}”应于{_in_words(clock.breach_at)}前完成{f'（{basis}）' if basis else ''}"


def _in_words(moment: object) -> str:
    local = moment.astimezone(CHINA) if isinstance(moment, datetime) else None
    return f"{local:%Y年%-m月%-d日}" if local else ""


@made_for("fine_set_off_notice")
def _fine_set_off_notice(paper: Paper, facts: Known) -> Facts:
    case = fined_case(paper.situation)
    on_spot = case is not None and case.kind == "spot_penalty"
    number, day = number_and_day(paper, "spot_decision" if on_spot else "penalty_decision")
    return {
        "主送机关": [str(facts.get("来文机关"))],
        "处罚决定书文号": number,
        "处罚决定日期": day,
        "罚款金额": yuan(case.facts.get("fine")) if case else None,
        "已缴金额": _paid_of_fine(case.facts) if case else None,
        "折抵依据": quoted(paper, "cf-35-2"),
    }


def _paid_of_fine(facts: Known) -> Decimal:
    """What was paid, as far as it went to the fine."""
    return min(yuan(facts.get("paid_total")), yuan(facts.get("fine")))


@made_for("opinion_reply")
def _opinion_reply(paper: Paper, facts: Known) -> Facts:
    number, day = number_and_day(paper, "penalty_decision")
    received = day_of(facts.get("检察意见送达时间"))
    since = day is not None and received is not None and day >= received
    return {
        "回复依据": cited(paper),
        "处罚决定书文号": number if since else None,
        "检察意见": str(facts.get("检察意见") or "").replace("本院", "你院") or None,
    }
