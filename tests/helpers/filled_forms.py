"""A form for every action, filled in as an officer would on an ordinary day."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from domain.situation.situation import CHINA
from tests.helpers import filled_records
from tests.helpers.beside import filled_beside
from tests.helpers.filled_records import ANSWERS
from tests.helpers.inspections import filled_breaches, filled_joint, filled_visits
from tests.helpers.inspections.filled_assessments import ASSESSMENTS
from tests.helpers.inspections.filled_breaches import BREACHES
from tests.helpers.inspections.filled_draws import DRAWS
from tests.helpers.inspections.filled_joint import JOINT
from tests.helpers.inspections.filled_publications import PUBLICATIONS
from tests.helpers.inspections.filled_warnings import WARNINGS

Form = dict[str, object]

GOODS: list[dict[str, str]] = [
    {"名称": "婴儿奶粉", "规格": "900克", "单位": "罐", "数量": "36", "存放地点": "本局罚没仓库"}
]
HANDED_GOODS: list[dict[str, str]] = [
    {"名称": "婴儿奶粉", "规格": "900克", "单位": "罐", "数量": "36"}
]
SEIZED_GOODS: list[dict[str, str]] = [
    {"名称": "喷码机", "规格": "手持", "单位": "台", "数量": "1", "存放地点": "本局仓库"}
]
PRESERVED_GOODS: list[dict[str, str]] = [
    {"名称": "进货台账", "规格": "A4", "单位": "本", "数量": "2"}
]
MATERIALS: list[dict[str, str]] = [
    {"名称": "检验报告", "文号": "示检2026-118", "份数": "1", "页数": "6"},
    {"名称": "现场笔录", "份数": "1", "页数": "4"},
]
CONFISCATED: Form = {
    "confiscated_seized": "喷码机1台依处罚决定没收，存本局罚没仓库",
    "confiscation_no": "鲁罚没字0012号",
}
SLIGHT: Form = {
    "corrected": "当日下架全部过期奶粉",
    "harm": "没有售出，没有危害后果",
    "education": "已进行批评教育",
}
ADDRESS = "示例市海滨路12号"
SUSPECT = "示例市鑫源食品有限公司，法定代表人林某，住所示例市海滨路12号"


def filled(process: str, action: str, now: datetime) -> Form:
    """The form of an action as filled in at a moment."""
    form = {**FORMS.get(process, {}).get(action, {})}
    here = now.astimezone(CHINA)
    form |= _moments(process, action, here) | filled_records.moments(process, action, here)
    form |= filled_beside.moments(process, action, here)
    form |= filled_breaches.moments(process, action, here)
    form |= filled_joint.moments(process, action, here)
    return form | filled_visits.moments(process, action, here)


def _moments(process: str, action: str, now: datetime) -> Form:
    moment, day = now.isoformat(), now.date().isoformat()
    week = (now.date() + timedelta(days=7)).isoformat()
    later = (now.date() + timedelta(days=37)).isoformat()
    hearing = datetime.combine(now.date() + timedelta(days=21), now.time(), CHINA).isoformat()
    filled_in: Mapping[tuple[str, str], Form] = {
        ("clue", "register"): {"received_at": moment},
        ("clue", "dispute"): {"talks_until": week},
        ("dispute", "ask_coordination"): {"coordination_until": week},
        ("clue", "file_case"): {"offence_ended_on": (now.date() - timedelta(days=40)).isoformat()},
        ("clue", "file_remade"): {
            "offence_ended_on": (now.date() - timedelta(days=40)).isoformat()
        },
        ("case", "commission"): {"testing_until": week},
        ("case", "prolong_testing"): {"testing_until": later},
        ("clue", "send_for_testing"): {"testing_until": week},
        ("clue", "prolong_testing"): {"testing_until": later},
        ("case", "notice"): {"notice_served_on": moment},
        ("case", "schedule_hearing"): {"hearing_at": hearing},
        ("case", "serve_hearing_notice"): {"hearing_notice_served_on": moment},
        ("case", "announce_hearing"): {"hearing_announced_on": moment},
        ("measure", "seize_on_spot"): {"taken_at": moment},
        ("measure", "preserve_on_spot"): {"taken_at": moment},
        ("case", "discuss"): {"discussed_on": moment},
        ("case", "serve"): {"served_on": moment},
        ("case", "serve_notice"): {"notice_served_on": moment},
        ("case", "serve_demand"): {"demand_served_on": moment},
        ("case", "serve_other"): {"other_served_on": moment},
        ("case", "urge_payment"): {"demand_served_on": moment},
        ("remedy", "register_review"): {"lodged_on": day, "copy_received_at": moment},
        ("remedy", "register_suit"): {"lodged_on": day, "copy_received_at": moment},
        ("remedy", "answer"): {"answered_on": day},
        ("remedy", "conclude_review"): {"outcome_on": day, "outcome_received_on": day},
        ("remedy", "judge"): {"judged_on": day, "judgment_received_on": day},
        ("remedy", "appeal"): {"appealed_on": day},
        ("remedy", "conclude_suit"): {"effective_on": day},
        ("case", "revise_publication"): {"revised_on": day},
        ("case", "return_payment"): {"returned_on": day},
        ("case", "put_off_payment"): {
            "payment_plan": [
                {"due_on": week, "amount": "4000"},
                {"due_on": later, "amount": "6000"},
            ],
            "paid_until": later,
        },
        ("spot_penalty", "put_off_payment"): {
            "payment_plan": [{"due_on": later, "amount": "200"}],
            "paid_until": later,
        },
        ("spot_penalty", "pay_part"): {"paid_on": day},
        ("case", "pay"): {"paid_on": day},
        ("case", "pay_part"): {"paid_on": day},
        ("case", "record_publication"): {"published_on": day},
        ("referral", "deliver"): {"delivered_at": moment},
        ("referral", "receipt"): {"received_at": moment},
        ("referral", "refuse"): {"refusal_notice_at": moment},
        ("referral", "file"): {"filed_on": day, "filing_notice_at": moment},
        ("referral", "hand_over"): {"handed_at": moment},
        ("referral", "uphold_refusal"): {"uphold_notice_at": moment},
        ("referral", "ask_reasons"): {"reasons_request_at": moment},
        ("referral", "order_filing"): {"order_received_at": moment},
        ("referral", "notify_agreed"): {"notified_at": moment},
        ("referral", "cancel"): {"cancelled_on": day},
        ("referral", "non_prosecution"): {"opinion_received_at": moment},
        ("justice_paper", "register"): {"paper_received_at": moment},
        ("justice_paper", "register_opinion"): {"paper_received_at": moment},
        ("incoming_paper", "register"): {"incoming_received_on": day},
        ("duty_crime", "receipt"): {"receipt_at": moment},
        ("referral", "ask_further"): {"further_until": week},
        ("referral", "record_platform"): {"platform_on": day},
        ("referral", "send_elsewhere"): {"notice_at": moment},
        ("request", "ask"): {"request_due": week},
        ("circular", "draft"): {"answer_due": week},
        ("risk_warning", "push"): {"respond_by": week},
        ("risk_warning", "convene"): {"held_on": day},
        ("circular", "revise"): {"answer_due": week},
        ("supervision", "order"): {"due_on": week},
        ("supervision", "give_opinion"): {"due_on": week},
    }
    return filled_in.get((process, action), {})


CORRECTED = {"place": "示例市海滨路12号一楼", "correct_reason": "来电人补充了门店所在的楼层"}
CLUE: Mapping[str, Form] = {
    "correct_at_desk": {**CORRECTED},
    "correct_registration": {**CORRECTED},
    "ask_secrecy": {"reason": "来电人再次来电，要求对身份保密"},
    "register": {
        "channel": "hotline",
        "title": "举报鑫源食品销售过期奶粉",
        "content": "示例市鑫源食品有限公司把过期奶粉改了生产日期再卖，海滨路门店货架上还有。",
        "place": "示例市海滨路12号",
        "subject_name": "示例市鑫源食品有限公司",
        "reporter_name": "刘小民",
        "reporter_phone": "13800001234",
    },
    "merge": {"new_facts": "none_new", "reason": "同一事项重复反映"},
    "unmerge": {"reason": "经核对不是同一事项"},
    "split": {
        "parts": [{"title": "投诉退款", "content": "要求退还奶粉货款", "category": "投诉"}],
        "reason": "投诉与举报分别处理",
    },
    "redirect": {
        "way": "litigation",
        "way_body": "示例市示例区人民法院",
        "reason": "属已进入诉讼程序的纠纷",
    },
    "dispatch": {
        "lead": "shili-market",
        "matter": "food_sales",
        "reason": "食品销售监管属市场监管部门职责",
    },
    "withdraw": {"reason": "分办有误，重新核定"},
    "return": {
        "reason": "现场为无照餐饮摊点，不属本部门职责",
        "competent": "shili-urban",
        "legal_ground": "职责分工清单第12项",
    },
    "dispute": {
        "route": "enforcement",
        "opponent": "shili-urban",
        "reason": "占道经营应由城市管理部门查处",
        "legal_ground": "职责分工清单第12项",
    },
    "verify": {"scope": "核实是否销售过期奶粉"},
    "extend_verification": {"reason": "涉及多家供货商"},
    "send_for_testing": {"testing": "奶粉生产日期鉴定", "institution": "示例市食品检验院"},
    "prolong_testing": {"testing_period_ground": "检验院函复须复检"},
    "receive_test_result": {"test_result": "生产日期系二次喷印"},
    "split_complaint": {"kind_reason": "请求退还本人购买奶粉的货款，没有反映他人违法"},
    "transfer_on": {
        "lead": "shili-urban",
        "reason": "经查属占道经营",
        "legal_ground": "职责分工清单第12项",
    },
    "conclude": {
        "finding": "unlawful",
        "summary": "现场查获过期奶粉36罐，生产日期被二次喷印",
        "evidence": "现场笔录\n照片12张",
        "opinion": "建议立案查处",
    },
    "reassign": {"handler_user": "colleague", "reassign_reason": "原承办人出差"},
    "endorse": {"for_action": "file_case", "endorsement": "事实清楚，建议立案"},
    "resume_verification": {"reason": "补查进货渠道"},
    "file_case": {
        "cause": "销售超过保质期食品",
        "filing_ground": "有证据初步证明存在违法行为",
        "case_officers": ["handler", "colleague"],
    },
    "file_remade": {
        "cause": "占道经营",
        "summary": "重新询问当事人并调取监控，经营地点在划定的摊位之外",
        "evidence": "询问笔录、监控录像",
        "filing_ground": "行政复议决定以事实不清为由撤销当场处罚决定，责令重新作出",
        "case_officers": ["handler", "colleague"],
    },
    "dismiss": {
        "no_filing_kind": "slight",
        **SLIGHT,
        "no_filing_ground": "违法行为轻微，检查时已改正，没有危害后果",
        "nothing_measured": True,
        "answers": ANSWERS,
        "result": "经核查，所反映问题轻微并已改正",
    },
    "govern": {
        "means": "persuade",
        "demands": "下架临期奶粉",
        "no_filing_kind": "slight",
        **SLIGHT,
        "no_filing_ground": "违法行为轻微，检查时已改正，没有危害后果",
        "nothing_measured": True,
        "answers": ANSWERS,
        "result": "已督促整改到位",
    },
    "refer": {
        "officers": ["handler", "colleague"],
        "offences": ["fake_goods"],
        "suspect": SUSPECT,
        "subject_address": ADDRESS,
        "discovery": "12345热线转办，现场查获",
        "crime_facts": "销售改日期奶粉金额86000元",
        "crime_evidence": "销售台账\n检验报告",
        "crime_ground": "刑法第一百四十条",
        "crime_opinion": "建议移送公安机关",
        "goods": GOODS,
        "appraisal": "检验报告1份",
        "materials": MATERIALS,
    },
    "close": {"result": "已依法处理完毕"},
    "extend_reply": {"reason": "案情特别复杂"},
    "interim_reply": {"progress": "已现场检查并抽样送检，正在等待检验结论"},
    "reply_result": {"result": "已依法作出行政处罚决定"},
    "reopen": {"reopen_ground": "new_facts", "reason": "回访反映又有新的过期奶粉"},
}
CASE: Mapping[str, Form] = {
    "endorse": {"for_action": "decide", "endorsement": "同意办案人员意见，请审批"},
    "assign_officers": {"case_officers": ["handler", "colleague"]},
    "record_facts": {
        "facts_found": "销售过期奶粉36罐",
        "offender": "unit",
        "unit_ground": "登记机关正在换发证照，由其开办单位承担责任",
        "subject_address": ADDRESS,
        "quantities": {"sales_amount": "8600", "illegal_income": "1200"},
        "answers": ANSWERS,
    },
    "preserve": {"preserved_goods": PRESERVED_GOODS, "reason": "证据可能灭失"},
    "release_preserved": {"preserved_outcome": "复制后退还"},
    "extend_review": {"reason": "案情复杂，须向上级请示", "days": 10},
    "record_result_beside": {"test_result": "检出过期指标"},
    "take_up_rest": {"rest_reason": "人民检察院不起诉，依法还应当罚款"},
    "seize": {
        "measure": "detain",
        "seized_goods": SEIZED_GOODS,
        "reason": "用于违法行为的工具",
        "legal_ground": "食品安全法第一百一十条",
        "subject_address": ADDRESS,
    },
    "extend_seizure": {"reason": "情况复杂"},
    "release_seized": {"reason": "调查完毕"},
    "confiscate_seized": CONFISCATED,
    "commission": {"testing": "奶粉检验", "institution": "示例市食品检验院"},
    "prolong_testing": {"testing_period_ground": "检验院函复须复检"},
    "record_result": {"test_result": "检出过期指标"},
    "suspend": {"suspend_ground": "untraceable", "reason": "当事人搬离，多方查找没有下落"},
    "investigate_further": {"further_reason": "当事人提出的进货凭证须核实"},
    "resume": {"reason": "当事人已找到"},
    "terminate": {
        "terminate_ground": "died",
        "terminate_evidence": "注销登记通知书",
        "reason": "当事人终止且无权利义务承受人",
    },
    "extend": {"reason": "案情复杂"},
    "extend_investigation": {"reason": "情况复杂"},
    "report": {
        "investigation": "2026年5月现场检查并询问当事人",
        "evidence": "现场笔录\n销售台账",
        "nature": "销售超过保质期食品",
        "discretion": "初次违法，主动配合",
        "opinion": "建议罚款",
    },
    "send_for_review": {"needs_legal_review": "legal"},
    "pass_review": {"review_opinion": "事实清楚，同意"},
    "send_back": {"review_opinion": "补充进货证据"},
    "notice": {
        "planned_kinds": ["fine"],
        "planned_fine": "10000",
        "penalty_ground": "食品安全法第一百二十四条",
        "capacity": "full",
        "earlier_fines": "另一批货物，另一天的行为，不是同一违法行为",
        "act_apart": "other",
        "apart_act": "已罚款的是第一批货物，本案是另一批货物",
        "apart_time": "另一天的行为",
        "apart_place": "地点相同",
        "notice_right": "statement",
        "recipient": "林某",
    },
    "record_statement": {"statement": "经营困难，请求从轻", "statement_reviewed": "不予采纳"},
    "request_hearing": {"hearing_request": "认为罚款过重，要求听证"},
    "schedule_hearing": {
        "hearing_place": "示例市政通路21号听证室",
        "hearing_open": "open",
        "presider": "legal",
        "recorder": "书记小曹",
    },
    "hold_hearing": {
        "hearing_said": "主持人：听证开始。当事人：没有异议。主持人：听证结束。",
        "hearing_signed": "signed",
        "hearing_report": "听证认为事实清楚",
    },
    "leave": {"goods_disposal": "已解除扣押，退还当事人"},
    "end_hearing": {
        "hearing_end_ground": "absent",
        "hearing_said": "听证通知已依法送达，当事人及代理人到时没有出席，等候三十分钟后宣布终止",
        "hearing_signed": "absent",
    },
    "discuss": {
        "attendants": "赵局长、王科长、钱法制",
        "discussion": "逐一发表意见",
        "discussion_result": "同意处罚意见",
    },
    "decide": {
        "hearing_followed": "没有听证，或者听证意见予以采纳",
        "earlier_fines": "另一批货物，另一天的行为，不是同一违法行为",
        "act_apart": "other",
        "apart_act": "已罚款的是第一批货物，本案是另一批货物",
        "apart_time": "另一天的行为",
        "apart_place": "地点相同",
        "late_reason": "外省协查回函迟到，没有及时延期",
        "penalty_kinds": ["fine"],
        "fine": "10000",
        "penalty_ground": "食品安全法第一百二十四条",
        "discretion": "初次违法，主动配合",
        "performance": "十五日内缴至指定银行",
        "publish": "publish",
    },
    "decide_no_penalty": {
        "no_penalty_kind": "slight",
        "no_penalty_ground": "违法行为轻微并及时改正",
        "late_reason": "外省协查回函迟到，没有及时延期",
        **SLIGHT,
    },
    **filled_beside.REFUND,
    "serve": {"service_way": "direct", "recipient": "林某"},
    "serve_notice": {"notice_way": "post", "recipient": "林某"},
    "revoke_decision": {"revoke_reason": "认定的销售数量计入了退货，主要事实有误"},
    "revoke_and_remake": {"revoke_reason": "认定的销售数量计入了退货，须重新核定"},
    "amend_decision": {
        "amend_reason": "当事人在案发前已经主动召回，应当从轻",
        "penalty_kinds": ["fine"],
        "fine": "6000",
        "amend_discussion": "2026年5月20日，王局长等五人讨论，同意变更",
    },
    "correct_decision": {
        "wrong_text": "校验码",
        "right_text": "核验码",
        "correct_reason": "录入笔误，与营业执照不一致",
    },
    "revise_publication": {
        "publication_change": "withdrawn",
        "revise_reason": "处罚决定已被变更",
        "revised_at": "国家企业信用信息公示系统",
    },
    "return_payment": {"returned": "10000", "return_no": "TK0001"},
    "serve_demand": {"demand_way": "post", "recipient": "林某"},
    "serve_other": {
        "other_document": "seizure_decision",
        "other_way": "lien",
        "lien_refusal": "经理林某认为查封过宽，拒绝签收",
        "lien_recorded": True,
    },
    "serve_hearing_notice": {"hearing_notice_way": "direct", "recipient": "林某"},
    "confirm_address": {"service_address": "示例市海滨路12号", "service_receiver": "林某"},
    "put_off_payment": {
        "put_off_request": "因门店停业整顿，一次缴纳有困难，申请分两期",
        "reason": "经核实经济困难属实，同意分两期缴纳",
    },
    "name_party": {
        "subject_name": "示例市鑫源食品有限公司",
        "name_reason": "营业执照登记的名称",
    },
    "send_hearing_for_review": {"hearing_review_note": "听证意见已采纳"},
    "pass_hearing_review": {"review_opinion": "听证程序合法，同意"},
    "return_hearing_review": {"review_opinion": "听证中提出的新证据须补充核实"},
    "urge_payment": {"message": "请于十日内缴清罚款及加处罚款", "recipient": "林某"},
    "apply_for_enforcement": {"enforcement_request": "强制执行罚款及加处罚款"},
    **filled_records.ENFORCEMENT_ENDS,
    "pay_part": {"paid": "4000", "receipt_no": "PJ0001"},
    "pay": {"paid": "10000", "receipt_no": "PJ0002"},
    "record_publication": {"published_at": "国家企业信用信息公示系统"},
    "enforce": {"performance_done": "罚款已缴清"},
    "close": {},
}
REFERRAL: Mapping[str, Form] = {
    "approve": {
        "approval_note": "同意移送",
        "police": "shili-police",
        "lead_officer": "handler",
        "unreviewed_reason": "三日期限将满，法制人员出差",
    },
    "decline": {
        "decline_kind": "evidence",
        "decline_ground": "报告所列销售金额只有当事人自述，没有台账、转账记录印证，不足以认定",
        "whole_finding": "whole",
    },
    "complete_packet": {"appraisal": "检验报告1份", "materials": MATERIALS},
    "deliver": {"delivery_way": "paper", "copies": 3},
    "receipt": {
        "receiver": "孙警官",
        "complete": "complete",
        "competent": "competent",
        "pages_received": "3份20页",
    },
    "extend_review": {"reason": "跨区域"},
    "ask_supplement": {"missing": "补充鉴定意见原件"},
    "supplement": {"materials": MATERIALS},
    "forward": {"police": "shixian-police", "forward_ground": "犯罪地在示例县"},
    "file": {"filing_no": "示公（经）立字〔2026〕31号"},
    "hand_over": {"handed_goods": HANDED_GOODS, "handed_to": "孙警官"},
    "endorse": {"endorsement": "同意移送，请主要负责人决定"},
    "review": {"legal_opinion": "罪名、证据和管辖适当，同意移送"},
    "ask_further": {"further_questions": "请补充查明进货渠道"},
    "report_further": {"further_result": "已查明供货商", "materials": MATERIALS},
    "record_platform": {"platform": "entered"},
    "send_elsewhere": {
        "notice_no": "示公移通字〔2026〕3号",
        "proper_organ": "示例海警局",
        "outside_ground": "案件发生在海上，由海警机构管辖",
        "files_returned": True,
    },
    "refuse": {
        "refusal_no": "示公不立字〔2026〕7号",
        "refusal_ground": "犯罪事实显著轻微",
        "ground_kind": "slight",
        "files_returned": True,
    },
    "reconsider": {"reconsider_ground": "销售金额已达五万元"},
    "uphold_refusal": {"uphold_ground": "维持原决定"},
    "ask_supervision": {"supervision_ground": "应当立案而不立案"},
    "ask_reasons": {"reasons_request_no": "示检不立理由〔2026〕1号"},
    "explain_refusal": {"explanation": "证据不足以认定销售金额"},
    "order_filing": {"order_no": "示检通立〔2026〕2号"},
    "agree_refusal": {"agree_ground": "不立案理由成立"},
    "cancel": {"cancel_ground": "情节显著轻微"},
    "non_prosecution": {"opinion_no": "示检意〔2026〕5号", "opinion_text": "建议给予行政处罚"},
    "reply_opinion": {"opinion_reply": "已恢复行政处罚程序"},
    "close": {"referral_result": "公安机关已立案侦查"},
}
BESIDE: Mapping[str, Mapping[str, Form]] = {
    "verification": {
        "go_on_site": filled_visits.ON_SITE,
        "record_site_visit": {"site_visit": "JC2026000001"},
        "record_site_result": {"site_visit": "JC2026000001"},
        "ask": {"cooperating": ["shili-urban"], "scope": "核实占道经营"},
        "urge": {"message": "请尽快反馈"},
    },
    "part": {
        "submit": {"findings": "未接报食源性疾病", "opinion": "建议从严", "agrees": "agrees"},
        "decline": {"reason": "未涉及本部门职责"},
        "recognise": {"recognised": "检验报告"},
    },
    "dispute": {
        "agree": {"lead": "shili-urban", "agreement": "由城管主办，市监配合"},
        "ask_coordination": {"negotiation": "双方协商未成"},
        "ask_staffing": {"duties_question": "占道经营由哪个部门负责"},
        "give_duties_opinion": {"duties_opinion": "三定规定明确占道经营由城管负责"},
        "coordinate": {
            "coordination": "召集双方会商一次",
            "suggested": "shili-urban",
            "reason": "占道经营由城管负责",
        },
        "propose": {
            "suggested": "shili-urban",
            "failure": "城管不同意协调意见",
            "reason": "占道经营由城管负责",
        },
        "decide": {"lead": "shili-urban", "reason": "占道经营由城管负责"},
        "submit": {"negotiation": "双方协商未成"},
        "assign": {"lead": "shili-urban", "reason": "占道经营由城管负责"},
    },
    "incoming_paper": {
        "register": {
            "incoming_kind": "authorisation",
            "incoming_title": "授权委托书",
            "incoming_from": "示例市鑫源食品有限公司",
            "incoming_no": "鑫授〔2026〕1号",
            "incoming_pages": 2,
        },
    },
    "justice_paper": {
        "register": {
            "paper_kind": "non_prosecution",
            "paper_organ": "示例市人民检察院",
            "paper_no": "示检刑不诉〔2026〕9号",
            "paper_text": "犯罪情节轻微，不需要判处刑罚",
            "proceeds": "resume",
        },
        "register_opinion": {
            "paper_kind": "penalty_opinion",
            "paper_organ": "示例市人民检察院",
            "paper_no": "示检行建〔2026〕4号",
            "paper_text": "建议对当事人给予行政处罚",
        },
        "reply": {"opinion_reply": "已依法作出处理"},
    },
    "duty_crime": {
        "propose": {
            "supervisory": "shili-supervisory",
            "person": "黄某，示例市某街道办事处工作人员",
            "duty_facts": "当事人称向黄某支付现金以免受检查",
            "duty_evidence": "询问笔录1份\n账簿复印件4页",
            "reason": "公职人员涉嫌受贿，属监察机关管辖",
        },
        "approve": {"approval_note": "同意移送"},
        "decline": {"decline_ground": "没有公职人员参与"},
        "receipt": {"receiver": "监委信访室"},
    },
    "request": {
        "ask": {
            "to_department": "shili-health",
            "request_kind": "report",
            "request_text": "请通报食源性疾病监测情况",
        },
        "extend": {"reason": "调取材料需时", "days": 5},
        "answer": {"answer": "近三个月无相关报告"},
        "decline": {"reason": "本部门不掌握该情况"},
    },
    "supervision": {
        "draft": {"to_department": "shili-market", "trigger": "核查逾期"},
        "drop": {"reason": "已办结"},
        "urge": {"to_department": "shili-market", "message": "请抓紧办理"},
        "order": {
            "to_department": "shili-market",
            "trigger": "核查逾期未作结论",
            "demands": "限期办结并书面说明",
        },
        "acknowledge": {"plan": "三日内办结"},
        "report": {"progress": "已作出核查结论"},
        "give_opinion": {"opinion_text": "应当立即办结"},
        "give_decision": {"decision_text": "责令五日内办结"},
        "publicise": {"circular_text": "予以通报"},
        "close": {"closing_opinion": "已办结，准予销号"},
    },
}
REMEDIES: Mapping[str, Form] = {
    "register_review": {
        "contested": "decision",
        "remedy_no": "示政复〔2026〕36号",
        "procedure": "ordinary",
        "claims": "罚款过重，请求变更",
    },
    "register_suit": {
        "contested": "decision",
        "remedy_no": "（2026）示0102行初18号",
        "claims": "请求撤销处罚决定",
    },
    "answer": {
        "answer_text": "事实清楚，证据确凿，裁量适当",
        "answer_evidence": "现场笔录\n进货台账",
    },
    "conclude_review": {"outcome": "upheld", "outcome_no": "示政复决〔2026〕36号"},
    "judge": {
        "judgment_kind": "judgment",
        "judgment_no": "（2026）示0102行初18号",
        "judgment_text": "驳回原告的诉讼请求",
    },
    "appeal": {"appellant": "party"},
    "conclude_suit": {"outcome": "upheld", "outcome_no": "（2026）示0102行初18号"},
}
CIRCULATED: Form = {
    "title": "关于近期坚果礼盒以次充好问题的情况通报",
    "content": "部分礼盒流入学校周边商店和幼儿园食堂。\n请各单位在日常监管中予以关注。",
    "addressees": ["shili-health", "shili-urban"],
    "answer_asked": True,
}
CIRCULARS: Mapping[str, Mapping[str, Form]] = {
    "circular": {
        "draft": CIRCULATED,
        "revise": CIRCULATED,
        "drop": {"reason": "内容已经另行发文"},
        "withdraw": {"reason": "数据有误，核对后重新通报"},
    },
    "circular_receipt": {
        "answer": {"answer": "已排查辖区内幼儿园食堂12家，未发现同批次礼盒。"},
        "pass_on": {
            "clue_title": "反映阳光幼儿园食堂使用以次充好坚果",
            "clue_content": "排查发现阳光幼儿园食堂库存礼盒与通报批次一致。",
            "clue_subject": "示例市阳光幼儿园",
        },
    },
}
SEIZURE: Form = {
    "measure": "detain",
    "seized_goods": SEIZED_GOODS,
    "reason": "用于违法行为的工具，可能被转移",
    "legal_ground": "食品安全法第一百一十条",
    "subject_address": ADDRESS,
    "measure_officers": ["handler", "colleague"],
}
PRESERVATION: Form = {
    "preserved_goods": PRESERVED_GOODS,
    "reason": "证据可能灭失",
    "measure_officers": ["handler", "colleague"],
}
ON_SPOT: Form = {
    "urgency": "检查时当事人正在转移物品，来不及事先报批",
}
MEASURE: Mapping[str, Form] = {
    "seize": SEIZURE,
    "seize_on_spot": {**SEIZURE, **ON_SPOT},
    "preserve": PRESERVATION,
    "preserve_on_spot": {**PRESERVATION, **ON_SPOT},
    "approve": {"approval_note": "同意"},
    "refuse": {"reason": "没有采取措施的必要"},
    "extend": {"reason": "情况复杂"},
    "release": {"reason": "调查完毕"},
    "confiscate": CONFISCATED,
    "deal_with": {"preserved_outcome": "复制后退还"},
}
FORMS: Mapping[str, Mapping[str, Form]] = {
    **CIRCULARS,
    **DRAWS,
    **PUBLICATIONS,
    **WARNINGS,
    **ASSESSMENTS,
    **BREACHES,
    **JOINT,
    **filled_visits.VISITS,
    "measure": MEASURE,
    "clue": {**CLUE, **filled_records.COMPLAINT_ON_CLUE},
    "complaint": filled_records.COMPLAINT,
    "record": filled_records.RECORD,
    **filled_records.BESIDE_CASE,
    **filled_beside.BESIDE,
    "spot_penalty": filled_records.SPOT_PENALTY,
    "case": {**CASE, **filled_records.IN_CASE},
    "referral": REFERRAL,
    "remedy": REMEDIES,
    **BESIDE,
}
