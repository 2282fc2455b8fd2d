"""The forms of what goes on beside a case: goods, their owner, a refund, a look into the file."""

from collections.abc import Mapping
from datetime import datetime, timedelta

Form = dict[str, object]
HELD: list[dict[str, str]] = [{"名称": "喷码机", "规格": "手持", "单位": "台", "数量": "1"}]
_DISPOSAL: Form = {
    "disposal_goods": HELD,
    "unfit_kind": "hard_to_keep",
    "unfit_reason": "存放须专用冷库，每日费用高于货值百分之一",
    "planned_disposal": "sale",
}
_CONSENT: Form = {"owner_word": "applies", "goods_owner": "示例市鑫源食品有限公司"}
BESIDE: Mapping[str, Mapping[str, Form]] = {
    "early_disposal": {
        "seek_owner": {**_DISPOSAL, "sought_in": "本机关公告栏、门户网站"},
        "propose": {**_DISPOSAL, **_CONSENT},
        "take_up": _CONSENT,
        "report": {"sought_result": "公告期内无人联系"},
        "approve": {"reason": "物品不宜长期保存，同意变卖"},
        "refuse": {"disposal_refusal": "可以委托第三人保管"},
        "carry_out": {
            "evidence_kept": "抽样二份，拍照、录像，封存于本局证据室",
            "disposal_course": "委托拍卖行公开变卖，买受人见成交确认书",
            "proceeds": "800",
            "proceeds_no": "SAXJ20260001",
        },
        "settle": {"proceeds_end": "returned", "settled_no": "TK20260009"},
    },
    "unclaimed_goods": {
        "announce": {
            "unclaimed_list": HELD,
            "unclaimed_ground": "missing",
            "unclaimed_reason": "住所地已人去楼空，电话停机，邮寄退回",
            "claim_announced_in": "本机关公告栏和当事人住所地",
            "fetch_place": "本局罚没仓库",
        },
        "fetch": {"fetched_by": "林某，持身份证和购机发票"},
        "surrender": {
            "surrender_way": "auctioned",
            "surrendered": "650",
            "surrender_no": "JK20260031",
            "reason": "公告期满无人领取",
        },
    },
    "identification": {
        "ask": {
            "owner": "示例酒业股份有限公司",
            "owner_right": "第0000012号“示例春”注册商标",
            "identified_goods": [{"名称": "示例春白酒", "规格批号": "20260301", "数量": "12瓶"}],
            "question": "是否为你单位生产或者许可生产的产品",
        },
        "record": {
            "identified_as": "strange",
            "identification_reasons": "防伪标签编码不存在，瓶盖喷码字体不同",
            "identified_by": "示例酒业股份有限公司打假部孙某",
            "identification_no": "辨2026-07",
        },
        "give_up": {"unanswered_reason": "两次发函、电话催问均无答复，另行委托鉴定"},
    },
    "file_access": {
        "ask": {
            "access_by": "party",
            "access_name": "示例市鑫源食品有限公司",
            "access_purpose": "statement",
            "access_wanted": "现场笔录、检验报告等证据",
        },
        "grant": {"access_place": "5月14日上午，本局档案室"},
        "refuse": {"access_refusal": "not_entitled", "access_refusal_reason": "与案件没有利害关系"},
        "record": {"viewed_papers": "现场笔录3页", "view_attendants": ["handler"]},
    },
}
REFUND: Mapping[str, Form] = {
    "order_refund": {"refund_sum": "1800", "reason": "超出政府指导价多收停车费900辆次"},
    "record_refund": {"refunded": "1800", "refund_course": "原路退回900笔，附清单"},
}


def moments(process: str, action: str, now: datetime) -> Form:
    """The days and moments of these forms, as of `now` in China."""
    moment, day = now.isoformat(), now.date().isoformat()
    week = (now.date() + timedelta(days=7)).isoformat()
    filled_in: Mapping[tuple[str, str], Form] = {
        ("early_disposal", "seek_owner"): {"sought_on": day, "sought_until": week},
        ("early_disposal", "propose"): {"owner_spoke_on": day},
        ("early_disposal", "take_up"): {"owner_spoke_on": day},
        ("early_disposal", "carry_out"): {"disposed_on": day},
        ("early_disposal", "settle"): {"settled_on": day},
        ("unclaimed_goods", "announce"): {"claim_announced_on": day},
        ("unclaimed_goods", "fetch"): {"fetched_on": day},
        ("identification", "ask"): {"answer_by": week},
        ("identification", "record"): {"identified_on": day},
        ("file_access", "ask"): {"access_asked_on": day},
        ("file_access", "record"): {"viewed_on": moment},
        ("case", "order_refund"): {"refund_until": week},
        ("case", "record_refund"): {"refunded_on": day},
    }
    return filled_in.get((process, action), {})
