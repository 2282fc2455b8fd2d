"""Papers of reviews and suits, and of an organ's own correction of its decision."""

from documents.sheet.blocks import (
    body,
    each,
    heading,
    lines,
    long_text,
    paragraph,
    when,
)
from documents.sheet.page import form_page
from documents.sheet.phrases import (
    CARRIED_OUT_MEANWHILE,
    addressee,
    contact,
    form_head,
    party,
    remark,
    remedies,
    review_first,
    signature,
)

_ACT = (
    "{% if 原决定 %}《{{ 原决定 }}》{% if 原决定文号 %}（{{ 原决定文号 }}）{% endif %}"
    "{% else %}有关行政行为{% endif %}"
)
_DECISION = "《{{ 原决定 }}》（{{ 原决定文号 }}）"
_AMENDED = "{% if 变更文书 %}，后以{{ 变更文书 }}变更{% endif %}"


def review_answer() -> bytes:
    """行政复议答复书: the act under review, the claims, the organ's answer and its evidence."""
    return _answer("行政复议答复书", "申请人", "申请复议", "向行政复议机关提交，一份归档")


def suit_answer() -> bytes:
    """行政诉讼答辩状: the act sued against, the claims, the organ's answer and its evidence."""
    return _answer("行政诉讼答辩状", "原告", "提起诉讼", "向人民法院提交，一份归档")


def _answer(title: str, party_name: str, did: str, copies: str) -> bytes:
    answers = "答辩" if "答辩" in title else "答复"
    blocks = (
        form_head(title)
        + addressee("受理机关")
        + body(
            f"{party_name}{{{{ 当事人 }}}}对本机关"
            + "{% if 原决定日期 %}{{ 原决定日期|cn_date }}作出的{% endif %}"
            + _ACT
            + f"不服{did}一案（{{{{ 案号 }}}}），本机关于{{{{ 收到副本日期|cn_date }}}}收到副本。"
            f"依据{{{{ 答复依据 }}}}的规定，现{answers}如下："
        )
        + heading(f"一、{party_name}的请求和理由")
        + long_text("请求和理由")
        + heading("二、本机关的意见")
        + long_text("答复意见")
        + heading("三、作出行政行为的证据和依据")
        + each("段", "证据依据|paragraphs", paragraph("Body", "{{ loop.index }}. {{ 段 }}"))
        + paragraph("Normal")
        + paragraph("Attachment", "附件：证据、依据和其他有关材料")
        + contact()
        + signature()
        + remark(f"本文书一式两份，一份{copies}。")
    )
    return form_page(blocks, title)


def revocation_decision() -> bytes:
    """撤销行政处罚决定书: which decision is revoked by the organ itself, why, and what follows."""
    blocks = (
        form_head("撤销行政处罚决定书")
        + paragraph("Normal")
        + party()
        + body("本机关于{{ 原决定日期|cn_date }}对你（单位）作出" + _DECISION + _AMENDED + "。")
        + heading("一、撤销的理由和依据")
        + long_text("撤销理由")
        + body(
            "依据{{ 撤销依据 }}的规定，本机关决定：撤销"
            + _DECISION
            + "{% if 变更文书 %}及变更该决定的{{ 变更文书 }}{% endif %}。"
        )
        + heading("二、处理")
        + when(
            "重新办理",
            body(
                "本案由本机关重新办理；重新作出决定之前，将依法告知并听取你（单位）的陈述、申辩。"
            ),
            otherwise=body("本机关不再就该决定所认定的事项对你（单位）作出处罚。"),
        )
        + when("已缴金额", body("已缴纳的{{ 已缴金额|amount }}元，由本机关依法退还。"))
        + when("曾经公示", body("已经公示的处罚信息，由本机关在三个工作日内撤回并公开说明理由。"))
        + _ways_out("决定书")
        + signature()
        + remark("本文书一式两份，一份送达，一份归档。")
    )
    return form_page(blocks, "撤销行政处罚决定书")


def amendment_decision() -> bytes:
    """变更行政处罚决定书: the penalty that takes the place of the one decided before."""
    number = "{% if 处罚明细|length > 1 %}{{ loop.index }}. {% endif %}"
    item = body(number + "{{ 项 }}{% if loop.last %}。{% else %}；{% endif %}")
    blocks = (
        form_head("变更行政处罚决定书")
        + paragraph("Normal")
        + party()
        + body("本机关于{{ 原决定日期|cn_date }}对你（单位）作出" + _DECISION + _AMENDED + "。")
        + heading("一、变更的理由和依据")
        + long_text("变更理由")
        + heading("二、变更后的处罚")
        + body("依据{{ 变更依据 }}的规定，本机关决定将" + _DECISION + "确定的处罚变更为：")
        + each("项", "处罚明细", item)
        + body("该决定书的其他内容不变；与本决定书不一致的，以本决定书为准。")
        + when(
            "罚款金额 or 没收违法所得金额",
            lines(
                "应缴数额：{% if 罚款金额 %}罚款{{ 罚款金额|default(0)|amount }}元；{% endif %}"
                "{% if 没收违法所得金额 %}没收违法所得{{ 没收违法所得金额|default(0)|amount }}元；"
                "{% endif %}"
                "已缴{{ 已缴金额|default(0)|amount }}元。"
            ),
        )
        + heading("三、救济途径和期限")
        + when(
            "复议在先",
            body(review_first("决定书")) + body(CARRIED_OUT_MEANWHILE),
            otherwise=body(remedies("决定书")),
        )
        + signature()
        + remark("本文书一式两份，一份送达，一份归档。")
    )
    return form_page(blocks, "变更行政处罚决定书")


def _ways_out(name: str) -> str:
    return heading("三、救济途径和期限") + body(remedies(name))


_PAPER = "《{{ 原文书 }}》{% if 原文书文号 %}（{{ 原文书文号 }}）{% endif %}"


def paper_correction() -> bytes:
    """文书更正通知书: a slip in a paper that left the house, and what it should read."""
    blocks = (
        form_head("文书更正通知书")
        + addressee("收件人")
        + body(
            "本机关于{{ 原文书日期|cn_date }}制发的" + _PAPER + "有下列文字错误或者遗漏，现予更正："
        )
        + heading("一、原文")
        + long_text("原文")
        + heading("二、更正为")
        + long_text("更正为")
        + heading("三、理由")
        + long_text("更正理由")
        + body("原文书的其他内容不变，请与本通知书一并使用。")
        + contact()
        + signature()
        + remark("本文书送达原文书的全部收件人，一份归档。")
    )
    return form_page(blocks, "文书更正通知书")


def paper_replacement() -> bytes:
    """文书撤销更换通知书: a paper that left the house is taken back, another takes its place."""
    blocks = (
        form_head("文书撤销更换通知书")
        + addressee("收件人")
        + body(
            "本机关于{{ 原文书日期|cn_date }}制发的"
            + _PAPER
            + "内容有误，现予撤销，自本通知书送达之日起不再使用。"
        )
        + heading("一、撤销的理由")
        + long_text("更正理由")
        + heading("二、更换")
        + body("本机关重新制发的文书随本通知书送达，以重新制发的文书为准；请将原文书退回本机关。")
        + contact()
        + signature()
        + remark("本文书送达原文书的全部收件人，一份归档。")
    )
    return form_page(blocks, "文书撤销更换通知书")


def correction_notice() -> bytes:
    """补正（更正）通知书: a slip in a decision and what it should read; nothing else changes."""
    blocks = (
        form_head("补正（更正）通知书")
        + addressee("当事人")
        + body(
            "本机关于{{ 原决定日期|cn_date }}对你（单位）作出的" + _DECISION + "有下列文字错误"
            "或者遗漏，依据{{ 更正依据 }}的规定，现予补正（更正）："
        )
        + heading("一、原文")
        + long_text("原文")
        + heading("二、更正为")
        + long_text("更正为")
        + heading("三、理由")
        + long_text("更正理由")
        + body("决定书的其他内容不变，其效力和当事人的权利、期限不受影响。")
        + contact()
        + signature()
        + remark("本文书一式两份，一份送达，一份归档，与决定书一并使用。")
    )
    return form_page(blocks, "补正（更正）通知书")
