"""The forms of what goes beside a case: complaints, records, penalties on the spot."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.shapes.data_folders import data_folder
from tests.helpers.plain_yaml import read_yaml

Form = dict[str, object]
_ITEMS = read_yaml(data_folder("config") / "case_review.yaml")

DANGERS = ("contaminated", "diseased_meat", "forbidden", "infant_nutrition", "other_danger")
ANSWERS: list[dict[str, str]] = [
    *({"offence": "unsafe_food", "tier": one, "answer": "否"} for one in DANGERS),
    {"offence": "toxic_food", "tier": "toxic", "answer": "否"},
]
"""The questions of screening that the matter of the usual clue asks of people."""
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
        "unit_ground": "登记机关正在换发证照，由其开办单位承担责任",
        "cause": "销售商品未明码标价",
        "facts_found": "三种散装糕点没有标明价格。",
        "evidence": "现场照片3张",
        "nature_ground": "违反了价格法第十三条关于明码标价的规定。",
        "penalty_kinds": ["warning", "fine"],
        "fine": "200",
        "penalty_ground": "价格法第四十二条",
        "capacity": "full",
        "earlier_fines": "另一批货物，另一天的行为，不是同一违法行为",
        "act_apart": "other",
        "apart_act": "已罚款的是第一批货物，本案是另一批货物",
        "apart_time": "另一天的行为",
        "apart_place": "地点相同",
        "told": "已当场告知事实、理由、依据和权利，当事人没有意见。",
        "no_crime_reason": "没有涉案金额，没有对应的追诉标准。",
        "answers": ANSWERS,
        "signed": "signed",
        "pay_by": "bank",
    },
    "tell_reporter": {
        "telling_law": "食品安全法第一百一十五条",
        "told_result": "反映的问题属实，本机关已依法处理。",
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


ENFORCEMENT_ENDS: Mapping[str, Form] = {
    "register_ruling": {
        "ruling_kind": "ended",
        "ruling_no": "（2026）示0102行审18号",
        "ruling_reason": "被执行人没有可供执行的财产",
    },
    "ask_upper_court": {
        "upper_court": "示例市中级人民法院",
        "upper_ground": "处罚决定事实清楚，证据确凿",
    },
    "end_enforcement": {
        "execution_end": "court_ended",
        "execution_end_reason": "罚款一万元没有执行，被执行人没有可供执行的财产",
    },
}
_OFFICERS: Form = {
    "case_officers": ["handler", "colleague"],
    "cards_shown": True,
    "record_keeper": "李协办",
    "signed": "signed",
}
RECORD: Mapping[str, Form] = {
    "scene": {
        **_OFFICERS,
        "occasion": "inspection",
        "place": "示例市海滨路12号门店",
        "person_present": "经理林某",
        "party_present": "present",
        "scene_found": "货架陈列过期奶粉36罐。",
    },
    "inquiry": {
        **_OFFICERS,
        "place": "本局询问室",
        "asked": "林某",
        "asked_as": "party",
        "questions": [{"问": "奶粉从哪里来？", "答": "去年的存货。"}],
    },
    "inspection": {
        **_OFFICERS,
        "place": "示例市海滨路12号仓库",
        "objects": "奶粉库存",
        "party_present": "present",
        "inspected": "库存奶粉罐底日期有二次喷印痕迹。",
    },
    "sampling": {
        **_OFFICERS,
        "place": "示例市海滨路12号门店",
        "samples": [{"名称": "奶粉", "规格": "900克", "抽样基数": "36罐", "抽样数量": "3罐"}],
        "sampling_way": "货架随机抽取",
        "sealed": "装袋加贴封条，双方签名",
        "party_present": "present",
    },
    "destruction": {
        "case_officers": ["handler", "colleague"],
        "place": "示例市垃圾焚烧厂",
        "destroyed": [{"名称": "过期奶粉", "规格": "900克", "单位": "罐", "数量": "36"}],
        "destroyed_ground": "处罚决定没收的过期食品",
        "destruction_approval": "王科长5月10日批准",
        "destroyed_how": "逐罐清点后焚烧，全程录像",
        "watcher": "钱法制",
    },
}
BESIDE_CASE: Mapping[str, Mapping[str, Form]] = {
    "paper_change": {
        "ask_correction": {
            "paper": 1,
            "addressee": "示例市公安局",
            "wrong_text": "校验码",
            "right_text": "核验码",
            "change_reason": "录入笔误",
        },
        "ask_replacement": {
            "paper": 1,
            "addressee": "示例市公安局",
            "change_reason": "所载数额与调查报告不一致",
        },
        "decline": {"decline_reason": "原文书没有错误"},
        "serve": {"change_way": "direct", "change_received_by": "收件机关值班员"},
    },
    "case_review": {
        "review": {
            "review_answers": [
                {"项目": one["says"], "结论": "符合", "说明": "阅卷核对"} for one in _ITEMS.values()
            ],
            "review_result": "passed",
            "review_opinion": "案卷完整，裁量适当。",
        },
    },
    "service": {
        "record": {"paper": 1, "paper_served_by": "direct", "recipient": "林某"},
    },
    "crime_revocation": {
        "revoke": {
            "reason": "原登记计入了退货，更正后的销售金额低于追诉标准",
            "revoked_evidence": "退货单12份、平台后台数据",
        },
    },
    "reinspection": {
        "apply": {"reinspection_rule": "drug", "objection": "样品在送检途中受潮"},
        "accept": {"accepted_by": "示例市药品检验院", "again_institution": "示例省药品检验院"},
        "refuse": {"refusal_ground": "late", "refusal_reason": "已经书面告知不予复验"},
        "conclude": {"again_result": "符合规定", "differs": True},
    },
    "recusal": {
        "apply": {
            "applied_by": "party",
            "avoids": "colleague",
            "avoid_reason": "与举报人系近亲属",
        },
        "grant": {"reason": "所述关系属实，可能影响公正执法"},
        "refuse": {"reason": "所述关系不存在"},
    },
    "reward": {
        "propose": {
            "reward_rule": "示例市举报奖励规定第五条",
            "reward_ground": "举报有地点有当事人，查证属实",
            "reward_amount": "300",
        },
        "approve": {"reward_granted": "300", "reason": "同意"},
        "refuse": {"reason": "不符合奖励条件"},
        "pay": {"rewarded": "300", "reward_voucher": "JL0001"},
    },
}
IN_CASE: Mapping[str, Form] = {
    "replace_officers": {
        "case_officers": ["handler", "head"],
        "replacing_reason": "李协办决定回避",
    },
    "take_up_licence": {"licence_reason": "依法应当吊销食品经营许可证"},
    "order_correction": {
        "correct_facts": "货架陈列过期奶粉36罐",
        "correct_breach": "违反食品安全法第五十四条",
        "order_ground": "行政处罚法第二十八条第一款",
        "correct_demands": "立即下架并清查库存",
    },
    "check_correction": {"correction_outcome": "done", "correction_found": "已全部下架销毁"},
    "write_hearing_record": {
        "hearing_said": "主持人：听证开始。当事人：没有异议。",
        "hearing_signed": "signed",
    },
}
SPOT_PENALTY: Mapping[str, Form] = {
    "put_off_payment": {
        "put_off_request": "当事人停业，一次缴纳有困难，申请延期",
        "reason": "经核实经济困难属实，同意延期缴纳",
    },
    "pay_part": {"paid": "100", "receipt_no": "PJ0001"},
    "check_discretion": {"off_degree_check": "理由成立，同意"},
    "revoke_decision": {"revoke_reason": "当事人不是经营者，主要事实有误"},
    "bank": {"bank_receipt": "YH2026051201"},
    "pay": {"paid": "200", "receipt_no": "SLFK0002"},
    "return_payment": {"returned": "200", "return_no": "TK0002"},
    "urge_payment": {"message": "请于十个工作日内缴清罚款", "recipient": "林某"},
    "serve_demand": {"demand_way": "post", "recipient": "林某"},
    "apply_for_enforcement": {"enforcement_request": "罚款及加处罚款"},
    **ENFORCEMENT_ENDS,
    "amend_decision": {
        "amend_reason": "三种糕点中一种当日已经标价，罚款应当减少",
        "penalty_kinds": ["warning", "fine"],
        "fine": "100",
    },
    "serve": {"service_way": "direct", "recipient": "林某"},
    "correct_decision": {
        "wrong_text": "海滨路12号店内",
        "right_text": "海滨路21号店内",
        "correct_reason": "录入笔误，与现场笔录不一致",
    },
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
        **{
            ("record", name): {"started_at": moment, "ended_at": moment}
            for name in ("scene", "inquiry", "inspection")
        },
        ("record", "destruction"): {"started_at": moment},
        ("record", "sampling"): {"started_at": moment},
        ("recusal", "apply"): {"applied_on": day},
        ("reinspection", "apply"): {"result_received_on": day, "asked_on": day},
        ("reinspection", "accept"): {"accepted_on": day},
        ("reinspection", "conclude"): {"concluded_on": day},
        ("paper_change", "serve"): {"change_served_on": day},
        ("service", "record"): {"paper_served_on": moment},
        ("reward", "pay"): {"rewarded_on": day},
        ("case", "order_correction"): {"correct_by": week},
        ("case", "check_correction"): {"checked_on": day},
        ("spot_penalty", "file_record"): {"filed_with_organ_on": day},
        ("spot_penalty", "hand_in"): {"handed_in_on": moment},
        ("spot_penalty", "bank"): {"banked_on": day},
        ("spot_penalty", "pay"): {"paid_on": day},
        **{
            (one, "register_ruling"): {"ruling_on": day, "ruling_received_on": day}
            for one in ("case", "spot_penalty")
        },
        ("case", "ask_upper_court"): {"upper_asked_on": day},
        ("spot_penalty", "ask_upper_court"): {"upper_asked_on": day},
        ("spot_penalty", "urge_payment"): {"demand_served_on": moment},
        ("spot_penalty", "serve_demand"): {"demand_served_on": moment},
        ("spot_penalty", "return_payment"): {"returned_on": day},
        ("spot_penalty", "serve"): {"served_on": moment},
    }
    return filled_in.get((process, action), {})
