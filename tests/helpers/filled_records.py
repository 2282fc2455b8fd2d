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
    "penalise_on_spot": {
        "case_officers": ["handler", "colleague"],
        "spot_place": "示例市海滨路12号店内",
        "offender": "individual",
        "cause": "销售商品未明码标价",
        "facts_found": "三种散装糕点没有标明价格。",
        "evidence": "现场照片3张",
        "nature_ground": "违反了价格法第十三条关于明码标价的规定。",
        "penalty_kinds": ["warning", "fine"],
        "fine": "200",
        "penalty_ground": "价格法第四十二条",
        "told": "已当场告知事实、理由、依据和权利，当事人没有意见。",
        "no_crime_reason": "没有涉案金额，没有对应的追诉标准。",
        "signed": "signed",
        "pay_by": "bank",
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


SPOT_PENALTY: Mapping[str, Form] = {
    "bank": {"bank_receipt": "YH2026051201"},
    "pay": {"paid": "200", "receipt_no": "SLFK0002"},
    "urge_payment": {"message": "请于十个工作日内缴清罚款"},
    "apply_for_enforcement": {"enforcement_request": "罚款及加处罚款"},
    "close": {"performance_done": "罚款已缴清，当事人已标明价格。"},
}


def moments(process: str, action: str, now: datetime) -> Form:
    """The days and moments of these forms, as of `now` in China."""
    moment, day = now.isoformat(), now.date().isoformat()
    week = (now.date() + timedelta(days=7)).isoformat()
    filled_in: Mapping[tuple[str, str], Form] = {
        ("complaint", "summon"): {"mediation_at": (now + timedelta(days=3)).isoformat()},
        ("complaint", "commission"): {"testing_until": week},
        ("complaint", "agree"): {"agreed_on": day},
        ("complaint", "tell"): {"told_on": day},
        ("clue", "penalise_on_spot"): {"punished_at": moment, "offence_ended_on": day},
        ("spot_penalty", "file_record"): {"filed_with_organ_on": day},
        ("spot_penalty", "hand_in"): {"handed_in_on": moment},
        ("spot_penalty", "bank"): {"banked_on": day},
        ("spot_penalty", "pay"): {"paid_on": day},
    }
    return filled_in.get((process, action), {})
