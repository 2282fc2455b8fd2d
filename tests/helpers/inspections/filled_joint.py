"""The forms of 联合行政处罚, filled in as on an ordinary day."""

from collections.abc import Mapping
from datetime import datetime, timedelta

Form = dict[str, object]
PARTY = "示例市1号餐饮有限公司"
JOINT: Mapping[str, Mapping[str, Form]] = {
    "joint_proceeding": {
        "propose": {
            "title": f"{PARTY}餐饮具未消毒案",
            "clue_no": "XS2026000001",
            "departments": ["shili-health"],
            "common_facts": "餐饮具没有消毒即供顾客使用。",
            "why_joint": "同一事实由两个部门管辖，一次查清。",
        },
        "discuss": {
            "place": "305会议室",
            "chair": "王处长",
            "attendees": [{"部门": "示例市卫生健康委员会", "姓名": "赵卫", "职务": "办案人员"}],
            "common_facts": "餐饮具没有消毒即供顾客使用。",
            "acts": [
                {
                    **{"违法行为": "餐饮具未消毒", "部门": "示例市市场监督管理局"},
                    **{"依据": "食品安全法第一百二十六条", "罚款上限": "50000", "拟罚款": "6000"},
                },
                {
                    **{"违法行为": "餐饮具未消毒", "部门": "示例市卫生健康委员会"},
                    **{"依据": "传染病防治法", "罚款上限": "20000", "其他处罚": "警告"},
                },
            ],
            "opinions": "属于同一违法行为，由示例市市场监督管理局罚款。",
        },
        "dissolve": {"reason": "两部门事实不同"},
    },
    "joint_case": {
        "join": {"clue_no": "XS2026000002"},
        "decline": {"reason": "没有处罚权"},
        "share_evidence": {"evidence_ids": "1"},
        "dissent": {"reason": "不属于同一违法行为"},
        "leave": {"reason": "案件已移送"},
    },
}


def moments(process: str, action: str, now: datetime) -> Form:
    """The days of these forms, filled in at a moment in China."""
    found: Mapping[tuple[str, str], Form] = {
        ("joint_proceeding", "propose"): {
            "respond_by": (now.date() + timedelta(days=7)).isoformat()
        },
        ("joint_proceeding", "discuss"): {"discussed_at": now.isoformat()},
    }
    return found.get((process, action), {})
