"""The forms of what goes beside a case: complaints, records, penalties on the spot."""

from collections.abc import Mapping
from datetime import datetime, timedelta

Form = dict[str, object]

COMPLAINT_ON_CLUE: Mapping[str, Form] = {
    "split_report": {},
    "recognise_complaint": {"kind_reason": "投诉人请求退还本人购买奶粉的货款"},
    "recognise_report": {"kind_reason": "没有请求处理本人的消费争议"},
    "admit_complaint": {
        "dispute_facts": "投诉人5月8日购买奶粉一罐，价款268元，发现已过期，商家拒绝退款。",
        "requests": "退还货款268元并赔偿。",
    },
    "reject_complaint": {
        "rejection_ground": "handled_elsewhere",
        "rejection_reason": "消费者协会已经受理同一争议。",
        "result": "已告知投诉人不予受理的理由和其他途径",
    },
    "close_complaint": {"result": "已组织调解并告知双方"},
}
COMPLAINT: Mapping[str, Form] = {
    "summon": {
        "complainant": "刘小民",
        "mediation_place": "本局消费者权益保护科",
        "mediators": "张经办",
        "mediation_way": "meeting",
    },
    "commission": {"testing": "奶粉生产日期鉴定", "institution": "示例市食品检验院"},
    "record_result": {"test_result": "生产日期系二次喷印"},
    "agree": {
        "complainant": "刘小民",
        "agreement": "商家当场退还货款268元，赔偿1000元。",
        "agreement_paper": "written",
    },
    "end": {"ending_ground": "no_agreement", "ending_reason": "双方对赔偿数额意见不一。"},
    "tell": {"told_way": "当面送达投诉人，邮寄送达被投诉人"},
    "find_clue": {
        "clue_title": "鑫源食品涂改奶粉生产日期",
        "clue_content": "调解时商家承认库存奶粉生产日期系二次喷印。",
    },
}


def moments(process: str, action: str, now: datetime) -> Form:
    """The days and moments of these forms, as of `now` in China."""
    day = now.date().isoformat()
    week = (now.date() + timedelta(days=7)).isoformat()
    filled_in: Mapping[tuple[str, str], Form] = {
        ("complaint", "summon"): {"mediation_at": (now + timedelta(days=3)).isoformat()},
        ("complaint", "commission"): {"testing_until": week},
        ("complaint", "agree"): {"agreed_on": day},
        ("complaint", "tell"): {"told_on": day},
    }
    return filled_in.get((process, action), {})
