"""Facts that only one kind of document needs, worked out from what is already known."""

from collections.abc import Callable, Mapping
from datetime import datetime

from documents.paper import Issued, Paper
from domain.situation import CHINA, ProcessView

Facts = dict[str, object]
Maker = Callable[[Paper, Mapping[str, object]], Facts]
specific: dict[str, Maker] = {}


def _for(*kinds: str) -> Callable[[Maker], Maker]:
    def register(maker: Maker) -> Maker:
        specific.update(dict.fromkeys(kinds, maker))
        return maker

    return register


def _moment(value: object) -> datetime | None:
    return datetime.fromisoformat(value).astimezone(CHINA) if isinstance(value, str) else None


def _last(paper: Paper, kind: str) -> Issued | None:
    return next((one for one in reversed(paper.issued) if one.kind == kind), None)


def _due(paper: Paper, *rules: str | None) -> datetime | None:
    found = [paper.clocks[rule] for rule in rules if rule and rule in paper.clocks]
    return found[0].astimezone(CHINA) if found else None


def _department(paper: Paper, key: str | None) -> str | None:
    found = paper.rules.departments.get(key or "")
    return found.name if found else None


def _cited(paper: Paper) -> str:
    transition = paper.rules.lifecycles[paper.situation.process.kind].actions[paper.action]
    return "、".join(paper.rules.cite(one) for one in transition.basis)


def _area_name(paper: Paper) -> str:
    own = paper.rules.departments[paper.situation.actor.department]
    government = next(
        (
            one.name
            for one in paper.rules.departments.values()
            if (one.kind, one.area) == ("government", own.area)
        ),
        "",
    )
    return government.removesuffix("办公室").removesuffix("人民政府")


# --- the clue's way ------------------------------------------------------------------------------


@_for("dispatch_slip")
def _dispatch_slip(paper: Paper, facts: Mapping[str, object]) -> Facts:
    region = paper.situation.region
    return {
        "转办时间": paper.situation.now.astimezone(CHINA),
        "签收期限": _due(paper, "sign_for"),
        "退回期限": _due(paper, region.return_clock, "sign_for"),
        "办理期限": _due(paper, region.reply_clock),
    }


@_for("transfer_letter")
def _transfer_letter(paper: Paper, facts: Mapping[str, object]) -> Facts:
    return {
        "案由": facts.get("监管事项") or facts.get("线索标题"),
        "移送原因": facts.get("移送理由") or facts.get("转办理由"),
        "移送依据": facts.get("移送依据") or _cited(paper),
    }


@_for("redirect_notice")
def _redirect_notice(paper: Paper, facts: Mapping[str, object]) -> Facts:
    return {
        "主送机关": [str(facts.get("举报人") or "来件人")],
        "不予受理理由": facts.get("告知理由"),
        "建议途径": facts.get("告知途径"),
        "告知依据": _cited(paper),
    }


@_for("dispute_letter")
def _dispute_letter(paper: Paper, facts: Mapping[str, object]) -> Facts:
    deadline = _due(paper, "cx13")
    sides = [_department(paper, paper.situation.actor.department), facts.get("争议对方部门")]
    return {
        "争议各方": [one for one in sides if one],
        "争议事由": facts.get("异议理由"),
        "本机关意见": facts.get("异议理由"),
        "建议承办部门": facts.get("争议对方部门"),
        "协商期限": deadline.date() if deadline else None,
    }


@_for("jurisdiction_designation")
def _jurisdiction_designation(paper: Paper, facts: Mapping[str, object]) -> Facts:
    dispute = paper.situation.process
    sides = [_department(paper, dispute.department), _department(paper, dispute.counterpart)]
    return {
        "争议各方": [one for one in sides if one],
        "争议事由": facts.get("异议理由") or facts.get("协商经过"),
        "指定部门": facts.get("指定主办部门"),
        "指定依据": _cited(paper),
    }


# --- verification --------------------------------------------------------------------------------


@_for("joint_verification_notice")
def _joint_verification_notice(paper: Paper, facts: Mapping[str, object]) -> Facts:
    limit = facts.get("协查反馈期限") or _due(paper, "part_reply")
    named = facts.get("协同核查部门")
    names = [str(one) for one in named] if isinstance(named, list) else []
    return {
        "核查依据": _cited(paper),
        "协办部门": names,
        "核查分工": [
            {"部门": one, "任务": facts.get("核查事项"), "反馈期限": limit} for one in names
        ],
    }


@_for("verification_report")
def _verification_report(paper: Paper, facts: Mapping[str, object]) -> Facts:
    parts = paper.situation.parts()
    own = _department(paper, paper.situation.actor.department)
    dispatched = _last(paper, "dispatch_slip") or _last(paper, "transfer_letter")
    opinions = [{"部门": own, "查明情况": facts.get("核查情况"), "处理意见": facts.get("处理建议")}]
    opinions += [_opinion(paper, part) for part in parts if part.state in {"submitted", "declined"}]
    silent = [part for part in parts if part.state in {"asked", "passed_over"}]
    return {
        "转办文号": dispatched.number if dispatched else None,
        "证据清单": _evidence(facts),
        "核查意见": opinions if parts else None,
        "不同意见": [
            {"部门": _department(paper, part.department), "意见": part.facts.get("dissent")}
            for part in parts
            if part.facts.get("dissent")
        ],
        "未反馈部门": [
            {
                "部门": _department(paper, part.department),
                "说明": facts.get("部门未反馈仍作结论的理由"),
            }
            for part in silent
        ],
    }


def _opinion(paper: Paper, part: ProcessView) -> Facts:
    return {
        "部门": _department(paper, part.department),
        "查明情况": part.facts.get("findings") or f"说明无关：{part.facts.get('reason')}",
        "处理意见": part.facts.get("opinion"),
        "反馈时间": _day(part.facts.get("answered_at")),
    }


def _day(value: object) -> object:
    moment = _moment(value)
    return moment.date() if moment else None


def _evidence(facts: Mapping[str, object]) -> list[Facts]:
    lines = str(facts.get("证据") or "").splitlines()
    return [{"名称": line.strip()} for line in lines if line.strip()]


@_for("filing_approval", "refusal_to_file")
def _filing_approval(paper: Paper, facts: Mapping[str, object]) -> Facts:
    clue = paper.situation.latest("clue")
    clue = paper.situation.process if paper.situation.process.kind == "clue" else clue
    recorded = clue.facts if clue else {}
    handler = paper.people.get(str(recorded.get("handler_user")))
    concluded = _moment(recorded.get("concluded_at")) or paper.situation.now.astimezone(CHINA)
    return {
        "案由": facts.get("案由") or facts.get("监管事项") or facts.get("线索标题"),
        "核查人员": [handler.name if handler else paper.situation.actor.name],
        "核查完成日期": concluded.date(),
        "审批意见": "同意",
    }


@_for("correction_order")
def _correction_order(paper: Paper, facts: Mapping[str, object]) -> Facts:
    return _remedies(paper)


def _remedies(paper: Paper) -> Facts:
    area = _area_name(paper)
    return {"复议机关": f"{area}人民政府", "管辖法院": f"{area}人民法院"}


@_for("result_reply")
def _result_reply(paper: Paper, facts: Mapping[str, object]) -> Facts:
    return {"处理依据": _cited(paper)}


# --- the case ------------------------------------------------------------------------------------


@_for("penalty_notice")
def _penalty_notice(paper: Paper, facts: Mapping[str, object]) -> Facts:
    return {"告知听证权": paper.form.get("notice_right") == "hearing"}


@_for("penalty_decision", "no_penalty_decision")
def _penalty_decision(paper: Paper, facts: Mapping[str, object]) -> Facts:
    statement, reviewed = facts.get("当事人陈述申辩意见"), facts.get("复核意见")
    said = (
        f"当事人陈述申辩：{statement}。复核意见：{reviewed}"
        if statement
        else "当事人未提出陈述、申辩意见"
    )
    return _remedies(paper) | {
        "证据清单": _evidence(facts),
        "依法公示": paper.form.get("publish") == "publish",
        "陈述申辩情况": said,
        "听证情况": facts.get("听证意见"),
    }


@_for("hearing_notice")
def _hearing_notice(paper: Paper, facts: Mapping[str, object]) -> Facts:
    return {"公开听证": paper.form.get("hearing_open") == "open"}


@_for("legal_review")
def _legal_review(paper: Paper, facts: Mapping[str, object]) -> Facts:
    sent = _moment(paper.situation.process.facts.get("sent_for_review_at"))
    return {
        "审核人": paper.situation.actor.name,
        "送审时间": sent or paper.situation.now.astimezone(CHINA),
        "退卷时间": paper.situation.now.astimezone(CHINA),
    }


@_for("service_receipt")
def _service_receipt(paper: Paper, facts: Mapping[str, object]) -> Facts:
    now = paper.situation.now
    served = [
        one
        for one in paper.issued
        if one.issued_at == now and one.kind not in {"service_receipt", "materials_list"}
    ]
    return {
        "受送达人": facts.get("当事人"),
        "送达文书": [{"名称": one.title, "文号": one.number} for one in served],
        "送达时间": None,
        "送达方式": None,
        "收件人": None,
    }


@_for("closing_approval")
def _closing_approval(paper: Paper, facts: Mapping[str, object]) -> Facts:
    case = paper.situation.process
    opened = case.opened_at.astimezone(CHINA) if case.opened_at else None
    decision = _last(paper, "penalty_decision") or _last(paper, "no_penalty_decision")
    return {
        "立案日期": opened.date() if opened else None,
        "决定文书": f"{decision.title}（{decision.number}）" if decision else None,
        "决定日期": decision.issued_at.astimezone(CHINA).date() if decision else None,
        "执行方式": facts.get("执行情况"),
        "审批意见": "同意结案",
    }


@_for("case_catalogue")
def _case_catalogue(paper: Paper, facts: Mapping[str, object]) -> Facts:
    return {
        "卷内文件": [
            {
                "文号": one.number,
                "责任者": one.organ,
                "题名": one.title,
                "日期": one.issued_at.astimezone(CHINA).date(),
            }
            for one in paper.issued
        ]
    }


# --- the referral --------------------------------------------------------------------------------


@_for(
    "crime_investigation_report",
    "transfer_approval",
    "crime_transfer",
    "goods_list",
    "materials_list",
    "goods_handover_list",
)
def _referral(paper: Paper, facts: Mapping[str, object]) -> Facts:
    referral, now = paper.situation.process, paper.situation.now.astimezone(CHINA)
    goods = (
        facts.get("移交物品清单")
        if paper.kind == "goods_handover_list"
        else facts.get("涉案物品清单")
    )
    lead = paper.people.get(
        str(referral.facts.get("lead_officer") or paper.form.get("lead_officer"))
    )
    opened = referral.opened_at.astimezone(CHINA) if referral.opened_at else now
    declined = paper.action == "decline"
    return {
        "专案组成员": facts.get("核实人员"),
        "嫌疑人情况": facts.get("犯罪嫌疑人基本情况"),
        "查获情况": facts.get("案件来源及查获情况"),
        "证据清单": _evidence({"证据": facts.get("证据情况")}),
        "涉案数额": facts.get("涉案数额"),
        "物品清单": goods or [{"名称": "无涉案物品"}],
        "材料清单": facts.get("移送材料清单"),
        "接收单位": _department(paper, referral.counterpart),
        "主办人": [lead.name] if lead else None,
        "主办人电话": lead.phone if lead else None,
        "报告时间": opened,
        "批准时间": now,
        "审批时间": now,
        "批准移送": not declined,
        "审批意见": facts.get("不批准理由") if declined else facts.get("审批意见"),
        "承办机构意见": facts.get("处理建议"),
        "立案通知文号": facts.get("立案决定书文号"),
        "立案通知收到时间": facts.get("立案通知送达时间"),
    }


@_for("reconsideration_request", "filing_supervision_proposal")
def _remedy_of_referral(paper: Paper, facts: Mapping[str, object]) -> Facts:
    transfer = _last(paper, "crime_transfer")
    state = paper.situation.process.state
    grounds = {"refused": "不予立案", "upheld": "维持不予立案"}
    return {
        "移送书文号": transfer.number if transfer else None,
        "不予立案文号": facts.get("不予立案通知书文号"),
        "不予立案收到时间": facts.get("不予立案通知送达时间"),
        "同级公安机关": _department(paper, paper.situation.process.counterpart),
        "监督事由": grounds.get(state, "逾期未决定"),
        "建议理由": facts.get("建议监督理由"),
    }


# --- supervision ---------------------------------------------------------------------------------


@_for("supervision_order")
def _supervision_order(paper: Paper, facts: Mapping[str, object]) -> Facts:
    situation = paper.situation
    rows = [
        {
            "事项": paper.rules.deadlines[clock.rule].label,
            "应办结时间": clock.due_at.astimezone(CHINA),
            "依据": paper.rules.cite(_basis(paper, clock.rule)),
        }
        for clock in situation.clocks
        if clock.breach_at < situation.now and not clock.paused
    ]
    return {
        "逾期事项": rows,
        "督办依据": _cited(paper),
        "督办期限": _due(paper, "jdtl27"),
    }


def _basis(paper: Paper, rule: str) -> str:
    value = paper.rules.deadlines[rule].in_force(paper.situation.today)
    return value.basis if value else next(iter(paper.rules.deadlines[rule].values.values())).basis
