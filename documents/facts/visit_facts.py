"""Facts of inspections: subject, team and frequency from the inspection, results from findings."""

from collections.abc import Mapping

from documents.facts.makers import Facts, Known, department_name, made_for, moment_of
from documents.facts.paper import Paper
from domain.visits.frequency import capped_so_far

_PAPERS = (
    *("visit_approval", "visit_notice", "visit_record", "check_record"),
    *("visit_result_notice", "visit_publicity", "recheck_record"),
)
RIGHTS = (
    "您有权要求检查人员出示执法证件，有权陈述申辩，有权申请与检查事项有利害关系的人员回避；"
    "检查不收取任何费用，检查人员不得逐利检查、干扰正常生产经营、任性处罚、下达检查指标、变相检查。"
)
"""What a notice tells (行政处罚法第五十五条、第四十三条; the discipline second-hand)."""


OBJECTIONS = {
    "uphold": "异议成立，该失信信息撤回，停止公示、共享和使用，采取的惩戒措施由各实施部门解除",
    "correct": "该失信信息有误，已经更正",
    "reject": "异议不成立，该失信信息继续有效",
}


@made_for("measure_request", "repair_answer", "objection_answer")
def _credit(paper: Paper, facts: Known) -> Facts:
    """Whether a repair is granted; the level of the breach in words."""
    options = paper.rules.lifecycles["breach_record"].actions["record"].form["level"].options
    [breach] = paper.situation.of_kind("breach_record")
    granted = paper.action == "grant"
    said = {
        "信用主体": "party",
        "统一社会信用代码": "code",
        "认定文书": "paper",
        "认定依据": "ground",
    }
    return {
        **{name: breach.facts.get(key) for name, key in said.items()},
        "审核意见": paper.form.get("opinion"),
        "失信程度": options.get(str(breach.facts.get("level"))),
        "决定": "准予信用修复" if granted else "不予信用修复",
        "异议处理意见": paper.form.get("opinion"),
        "处理结果": OBJECTIONS.get(paper.action),
    }


@made_for("assessment_report")
def _assessment(paper: Paper, facts: Known) -> Facts:
    """When the figures were counted, and how many of their rows are not printed."""
    own = paper.situation.process.facts
    rows = own.get("rows")
    listed = len(rows) if isinstance(rows, list) else 0
    return {
        "统计时间": moment_of(own.get("counted_at")),
        "未列出": int(str(own.get("row_count") or 0)) - listed,
    }


RECHECKED = {"recheck_passes": "复查合格", "recheck_fails": "复查不合格"}


@made_for(*_PAPERS)
def _visit(paper: Paper, facts: Known) -> Facts:
    own = _said(paper)
    matters = own.get("matters")
    return {
        "对象名称": own.get("subject_name"),
        "对象代码": own.get("subject_key"),
        "对象地址": own.get("subject_address"),
        "对象电话": own.get("subject_phone"),
        "检查种类": _choice(paper, own, "propose", "kind"),
        "检查方式": _choice(paper, own, "propose", "way"),
        "检查来源": own.get("ground"),
        "检查事项": [paper.rules.matters[one].name for one in _list(matters)],
        "检查依据": _bases(paper, _list(matters)),
        "检查人员": _team(own),
        "协助人员": own.get("assistants"),
        "非现场不能完成的理由": own.get("why_on_site"),
        "本机关已检查次数": own.get("so_far") or 0,
        "各部门已上门次数": own.get("all_so_far") or 0,
        "频次上限说明": _cap(own),
        "本年度已检查": own.get("earlier"),
        "正在办理的其他检查": own.get("open_elsewhere"),
        "批准人": own.get("approved_by"),
        "检查时间": moment_of(own.get("visit_on") or own.get("entered_at")),
        "进入时间": moment_of(own.get("entered_at")),
        "检查地点": own.get("place") or own.get("subject_address"),
        "到场人员": own.get("met"),
        "通知方式说明": _notice_way(paper, own),
        "权利告知": RIGHTS,
        "各部门结果": _results(paper),
        "抽取编号": own.get("draw"),
        "审批意见": _approved(paper, own) if paper.kind == "visit_approval" else None,
        "复查结论": RECHECKED.get(paper.action),
    }


def _approved(paper: Paper, own: Mapping[str, object]) -> str:
    """That it is approved; or whose result stands for it, and why."""
    if paper.action != "recognise":
        return "同意"
    [used] = [one for one in _rows(own.get("fresh_results")) if one["编号"] == own["from_visit"]]
    return (
        f"不再上门，采用{used['部门']}{used['检查日期']}检查（{used['编号']}）的结果："
        f"{used['检查事项']}，{used['结果']}。{own['recognise_reason']}"
    )


def _said(paper: Paper) -> Mapping[str, object]:
    """What is on record of the inspection, with the form at hand where that is its own."""
    here = paper.situation.process
    if here.kind == "visit":
        return {**here.facts, **paper.form}
    return paper.situation.of_kind("visit")[0].facts


def _list(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else []


def _choice(paper: Paper, own: Mapping[str, object], action: str, name: str) -> str | None:
    field = paper.rules.lifecycles["visit"].actions[action].form[name]
    default = "on_site" if name == "way" else ""
    return field.options.get(str(own.get(name) or default))


def _bases(paper: Paper, matters: list[str]) -> list[str]:
    """The laws that the matters rest on, each once, as the list of matters names them."""
    found = [law for one in matters for law in paper.rules.matters[one].basis]
    return list(dict.fromkeys(found))


def _team(own: Mapping[str, object]) -> list[Facts]:
    rows = own.get("team")
    return [dict(one) for one in rows] if isinstance(rows, list) else []


def _cap(own: Mapping[str, object]) -> str:
    cap = own.get("cap")
    if cap is None:
        return "本机关没有公布频次上限"
    scope = own.get("cap_scope") or ""
    published = own.get("cap_published") or "尚未公布"
    counted = f"，本年度已检查{capped_so_far(own)}次" if scope else ""
    return f"{scope}每年{cap}次{counted}（{published}）"


def _notice_way(paper: Paper, own: Mapping[str, object]) -> str | None:
    if own.get("notice_way") != "at_door":
        return None
    form = paper.rules.lifecycles["visit"].actions["notice"].form["at_door_ground"]
    return f"{form.options[str(own['at_door_ground'])]}，检查时当场出示"


def _results(paper: Paper) -> list[Facts]:
    """What each department found; the finding at hand as it is after the step."""
    here = paper.situation.process
    now = {here.id: paper.form} if here.kind == "finding" else {}
    found = [
        (one.department, {**one.facts, **now.get(one.id, {})})
        for one in paper.situation.of_kind("finding")
    ]
    options = paper.rules.lifecycles["finding"].actions["enter_result"].form["outcome"].options
    return [
        {
            "部门": department_name(paper, department),
            "结果": options[str(outcome)],
            "问题": "；".join(
                f"{row['检查事项']}：{row['发现问题']}"
                for row in _rows(said.get("items"))
                if row["发现问题"]
            ),
        }
        for department, said in found
        for outcome in [said.get("outcome")]
        if outcome
    ]


def _rows(value: object) -> list[Mapping[str, str]]:
    return list(value) if isinstance(value, list) else []
