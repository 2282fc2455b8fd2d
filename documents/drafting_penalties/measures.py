"""Compulsory measures: preservation and seizure, their lists, their end, the goods' transfer."""

from documents.sheet.blocks import (
    body,
    head_row,
    heading,
    lines,
    list_row,
    long_text,
    paragraph,
    row_loop,
    slashed,
    table,
    when,
)
from documents.sheet.page import form_page, wide_list
from documents.sheet.phrases import (
    addressee,
    attachment,
    contact,
    form_head,
    list_head,
    party,
    remark,
    remedies,
    signature,
    signatures,
    table_head,
)

_TWO_COPIES = "本文书一式两份，一份送达，一份归档。"
_FIRST = "《{{ 原决定书名称|default('查封（扣押）决定书') }}》（{{ 原决定书文号 }}）"
_CHOSEN = "{{ 强制措施种类|default('查封、扣押') }}"
_TITLED = "{{ 强制措施种类|default('查封（扣押）') }}"


def preservation_notice() -> bytes:
    """先行登记保存证据通知书: what is preserved, why, until when, and the party's duty."""
    blocks = (
        form_head("先行登记保存证据通知书")
        + addressee("当事人")
        + body(
            "因你（单位）涉嫌{{ 案由 }}，为防止证据灭失或者以后难以取得，依据{{ 保存依据 }}的规定，"
            "本机关决定对有关证据（见所附《场所、设施、财物清单》）先行登记保存。"
        )
        + when("登记保存理由", body("登记保存理由：{{ 登记保存理由|clause }}。"))
        + lines(
            "登记保存时间：{{ 登记保存时间|cn_datetime }}",
            "登记保存地点：{{ 登记保存地点|default('/') }}",
            "作出处理决定的期限：{{ 保存期限|cn_date }}前",
        )
        + body(
            "登记保存期间，你（单位）或者有关人员不得损毁、销毁或者转移证据。"
            "本机关将在上述期限内作出处理决定"
            "{% if 逾期自动解除 %}；逾期未作出的，先行登记保存自动解除{% endif %}。"
        )
        + contact()
        + attachment("场所、设施、财物清单")
        + signature()
        + remark(_TWO_COPIES)
    )
    return form_page(blocks, "先行登记保存证据通知书")


def preservation_release() -> bytes:
    """先行登记保存证据处理通知书: what becomes of what was preserved."""
    blocks = (
        form_head("先行登记保存证据处理通知书")
        + addressee("当事人")
        + body(
            "本机关于{{ 原通知书日期|cn_date }}以《先行登记保存证据通知书》（{{ 原通知书文号 }}）"
            "对你（单位）的有关证据先行登记保存。依据{{ 保存依据 }}的规定，现作出如下处理决定："
        )
        + long_text("登记保存处理决定")
        + body(
            "自本通知书送达之日起，上述先行登记保存解除。"
            "退还物品的，请当场清点并在所附清单上签名或者盖章。"
        )
        + contact()
        + attachment("场所、设施、财物清单")
        + signature()
        + remark(_TWO_COPIES)
    )
    return form_page(blocks, "先行登记保存证据处理通知书")


def property_list() -> bytes:
    """场所、设施、财物清单: the list that belongs to a notice or decision, under its number."""
    goods = table(
        (13, 54, 49, 18, 22, 42, 27),
        head_row(
            "序号", "名称\n（场所）", "规格、型号\n（场所地址）", "单位", "数量", "存放地点", "备注"
        ),
        *row_loop(
            "行",
            "物品清单",
            list_row(
                "{{ loop.index }}",
                "-{{ 行.名称 }}",
                "-{{ 行.规格|default('/') }}",
                slashed("行.单位"),
                slashed("行.数量"),
                "-{{ 行.存放地点|default('/') }}",
                "-{{ 行.备注|default('/') }}",
            ),
        ),
    )
    blocks = (
        table_head("场所、设施、财物清单", "文书编号：{{ 所附文书文号 }}")
        + list_head("当事人：{{ 当事人 }}", "所附文书：《{{ 所附文书 }}》（{{ 所附文书文号 }}）")
        + goods
        + remark(
            "以上共{{ 物品清单|length }}项（{{ 所附文书文号 }}），以下空白。"
            "上述内容经当事人核对无误。"
        )
        + signatures("当事人", "见证人", "执法人员", "执法人员", widths=(30, 82, 30, 83), height=14)
        + remark(
            "本清单一式两份，一份交当事人，一份归档。"
            "当事人拒绝签名、盖章或者不能签名的，由两名以上执法人员注明情况并签名。"
        )
    )
    return wide_list(blocks, "场所、设施、财物清单")


def seizure_decision() -> bytes:
    """查封（扣押）决定书: party, reason, law, measure, limit, list, remedies, organ and date."""
    blocks = (
        form_head("{{ 强制措施种类 }}决定书")
        + paragraph("Normal")
        + party()
        + body(
            "经查，你（单位）涉嫌{{ 案由 }}。{{ 查封扣押理由|clause }}。"
            "依据{{ 查封扣押依据 }}的规定，"
            "本机关决定对有关场所、设施或者财物（见所附《场所、设施、财物清单》）采取以下行政强制措施："
        )
        + lines("措施种类：{{ 强制措施种类 }}")
        + when("实施时间", lines("实施时间：{{ 实施时间|cn_datetime }}"))
        + lines(
            "保管地点：{{ 保管地点|default('/') }}",
            "措施期限：{{ 措施起始日期|cn_date }}至{{ 措施届满日期|cn_date }}",
        )
        + body(
            "情况复杂，依法延长期限的，本机关将书面告知并说明理由。"
            "对物品需要进行检测、检验、检疫或者技术鉴定的，所需期间不计入上述期限，另行书面告知。",
            "{{ 强制措施种类 }}期间，任何单位和个人不得擅自使用、调换、转移、损毁"
            "被{{ 强制措施种类 }}的场所、设施或者财物。",
            "你（单位）有权进行陈述和申辩。" + remedies("决定书"),
        )
        + contact()
        + attachment("场所、设施、财物清单")
        + signature()
        + remark(_TWO_COPIES)
    )
    return form_page(blocks, "查封（扣押）决定书")


def seizure_extension() -> bytes:
    """延长查封（扣押）期限决定书: why it takes longer, and until when."""
    blocks = (
        form_head(f"延长{_TITLED}期限决定书")
        + addressee("当事人")
        + body(
            "本机关于{{ 原决定日期|cn_date }}以" + _FIRST + "对你（单位）的有关场所、设施或者财物"
            f"采取了{_CHOSEN}措施，期限至"
            "{{ 原届满日期|cn_date }}。"
            "因{{ 延长理由|clause }}，依据{{ 延长依据 }}的规定，经本机关负责人批准，"
            "决定将上述期限延长至{{ 延长届满日期|cn_date }}。"
        )
        + body("你（单位）有权进行陈述和申辩。" + remedies("决定书"))
        + contact()
        + signature()
        + remark(_TWO_COPIES)
    )
    return form_page(blocks, "延长查封（扣押）期限决定书")


def seizure_release() -> bytes:
    """解除查封（扣押）决定书: what is free again, and since when."""
    blocks = (
        form_head(f"解除{_TITLED}决定书")
        + addressee("当事人")
        + body(
            "本机关于{{ 原决定日期|cn_date }}以" + _FIRST + "对你（单位）的有关场所、设施或者财物"
            f"采取了{_CHOSEN}措施。"
        )
        + heading("一、解除理由和依据")
        + long_text("解除理由")
        + heading("二、决定内容")
        + body(
            "依据{{ 解除依据 }}的规定，本机关决定自{{ 成文日期|cn_date }}起解除对所附清单所列场所、"
            f"设施或者财物的{_CHOSEN}。"
            "退还财物的，请当场清点并在清单上签名或者盖章。"
        )
        + contact()
        + attachment("场所、设施、财物清单")
        + signature()
        + remark(_TWO_COPIES)
    )
    return form_page(blocks, "解除查封（扣押）决定书")


def goods_transfer_notice() -> bytes:
    """查封、扣押物品移送告知书: the party learns that its goods went to the police."""
    blocks = (
        form_head("查封、扣押物品移送告知书")
        + addressee("当事人")
        + body(
            "本机关于{{ 原决定日期|cn_date }}以"
            + _FIRST
            + f"对你（单位）的有关物品采取了{_CHOSEN}措施。",
            "因你（单位）的行为涉嫌犯罪，依据{{ 移送依据 }}的规定，"
            "本机关已将案件移送{{ 接收单位 }}，"
            "并于{{ 移交时间|cn_datetime }}将上述物品一并移送"
            "（见《涉案物品移交清单》{% if 清单文号 %}（{{ 清单文号 }}）{% endif %}）。",
        )
        + body("特此告知。自移送之日起，上述物品由接收机关依法处理。")
        + contact()
        + attachment("涉案物品移交清单")
        + signature()
        + remark("本文书一式三份，一份送达当事人，一份交接收机关，一份归档。")
    )
    return form_page(blocks, "查封、扣押物品移送告知书")
