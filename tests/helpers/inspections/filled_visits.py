"""The forms of inspections, filled in as an officer would on an ordinary day."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from tests.helpers.rosters import code_of

Form = dict[str, object]
FIRM = code_of(1)
ITEM = {"检查事项": "餐饮具消毒", "结果": "合格", "发现问题": ""}
BAD = {**ITEM, "结果": "不合格", "发现问题": "没有消毒记录"}
PROPOSED: Form = {
    "title": "示例市1号餐饮有限公司检查",
    "object": FIRM,
    "kind": "daily",
    "ground": "年度计划第3项",
    "matters": ["catering"],
    "officers": "M0、M1",
    "way": "on_site",
    "why_on_site": "需要查看后厨操作",
}
RECHECKED: Form = {"recheck_result": "查看消毒记录，逐日填写"}
ON_SITE: Form = {
    "site_object": FIRM,
    "site_matters": ["catering"],
    "site_officers": "M0、M1",
    "site_reason": "需要查看后厨",
}
DOOR: Form = {"place": "示例市海滨路1号", "card_shown": "code", "met": "店长林某"}
VISITS: Mapping[str, Mapping[str, Form]] = {
    "visit": {
        "recognise": {
            "from_visit": "JC2026000001",
            "recognise_reason": "上周刚查过，情况没有变化",
        },
        "propose": PROPOSED,
        "propose_drawn": {
            "title": "示例市1号餐饮有限公司检查",
            "object": FIRM,
            "kind": "daily",
            "ground": "双随机抽取CQ2026000001",
            "draw": "CQ2026000001",
            "matters": ["catering"],
            "way": "on_site",
        },
        "record_view": {
            **{"subject_key": FIRM, "subject_name": "示例市1号餐饮有限公司"},
            **{"so_far": 0, "all_so_far": 0},
        },
        "refuse": {"reason": "本季度已检查过"},
        "notice": {"notice_way": "ahead"},
        "postpone": {"postpone_reason": "对象申请：当日停业盘点", "notice_way": "ahead"},
        "object_to_officer": {"certificate": "M0", "objection": "对象称与其有亲属关系"},
        "refuse_objection": {"reason": "经核实没有亲属关系"},
        "change_officer": {
            **{"certificate": "M0", "replaced_by": "M2", "ground": "absent"},
            "explanation": "当日参加培训",
        },
        "enter": DOOR,
        "enter_urgent": {
            **{key: one for key, one in PROPOSED.items() if key != "way"},
            **DOOR,
            **{"why_on_site": "燃气泄漏，立即处置"},
        },
        "deny_late": {"reason": "不属于紧急情况"},
        "tell": {"told_way": "on_spot"},
        "end_early": {"reason": "对象已停业，无法实施检查"},
        "cancel": {"reason": "改为联合检查"},
    },
    "finding": {
        "agree": {"officers": "M3、M4"},
        "decline": {"reason": "本季度已检查过"},
        "enter_result": {
            **{"items": [ITEM], "outcome": "none", "record": "查看后厨和台账，没有问题。"},
            **{"signed": "signed", "crime_suspected": "none"},
        },
        "pass_on": {
            "clue_title": "餐饮具没有消毒记录",
            "clue_content": "后厨没有餐饮具消毒记录，建议由市场监管部门核查。",
        },
        "publish": {"published_where": "国家企业信用信息公示系统"},
        "exempt": {"exempt_ground": "business", "reason": "涉及工艺配方"},
    },
    "visit_correction": {
        "order": {
            **{"correct_facts": "没有消毒记录", "correct_breach": "食品安全法第三十三条"},
            **{"order_ground": "行政处罚法第二十八条第一款", "correct_demands": "建立消毒记录"},
        },
        "report": {"report_text": "已建立消毒记录"},
        "recheck_passes": RECHECKED,
        "recheck_fails": RECHECKED,
    },
}


def moments(process: str, action: str, now: datetime) -> Form:
    """The days and moments of these forms, filled in at a moment in China."""
    moment, day = now.isoformat(), now.date().isoformat()
    found: Mapping[tuple[str, str], Form] = {
        ("visit", "notice"): {"visit_on": moment},
        ("visit", "postpone"): {"visit_on": moment},
        ("visit", "enter"): {"entered_at": moment},
        ("visit", "enter_urgent"): {"entered_at": moment},
        ("finding", "enter_result"): {"started_at": moment, "finished_at": moment},
        ("finding", "publish"): {"published_on": day},
        ("visit_correction", "order"): {
            "correct_by": (now.date() + timedelta(days=10)).isoformat()
        },
        ("visit_correction", "report"): {"reported_on": day},
        ("visit_correction", "recheck_passes"): {"rechecked_on": day},
        ("visit_correction", "recheck_fails"): {"rechecked_on": day},
    }
    return found.get((process, action), {})
