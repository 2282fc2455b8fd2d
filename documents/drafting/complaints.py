"""Papers of a complaint: admitted or not, mediation, its agreement and its end."""

from documents.sheet.blocks import body, heading, kept_together, lines, long_text, paragraph
from documents.sheet.page import form_page
from documents.sheet.phrases import addressee, contact, form_head, remark, remedies, signature

_CAME = (
    "你于{{ 收到时间|cn_date }}提出的关于“{{ 线索标题 }}”的投诉（编号：{{ 线索编号 }}"
    "{% if 外部编号 %}，来件编号：{{ 外部编号 }}{% endif %}）收悉。"
)
_OTHER_WAYS = (
    "你可以通过《中华人民共和国消费者权益保护法》第三十九条规定的其他途径解决争议："
    "与经营者协商和解；请求消费者协会或者依法成立的其他调解组织调解；"
    "根据与经营者达成的仲裁协议提请仲裁机构仲裁；向人民法院提起诉讼。"
)
_COPIES = remark("本文书一式三份，双方当事人各一份，一份归档。")


def _parties() -> str:
    return lines("投诉人：{{ 投诉人 }}", "被投诉人：{{ 当事人 }}")


def complaint_admission() -> bytes:
    """投诉受理决定书: the complaint is admitted, and what follows."""
    blocks = (
        form_head("投诉受理决定书")
        + addressee("投诉人")
        + body(
            _CAME,
            "经审查，依据{{ 受理依据 }}的规定，本机关决定受理。",
        )
        + heading("一、争议事实")
        + long_text("争议事实")
        + heading("二、投诉请求")
        + long_text("投诉请求")
        + heading("三、告知事项")
        + body(
            "本机关将组织调解，调解期限至{{ 调解期限|cn_date }}，"
            "鉴定、检测所需时间不计入调解期限。调解不成的，本机关终止调解并告知双方。"
            "{% if 委托调解组织 %}本投诉委托{{ 委托调解组织 }}调解。{% endif %}",
            "调解期间可以自行和解，也可以撤回投诉；可以依法申请仲裁、提起诉讼。",
        )
        + contact()
        + signature()
        + remark("本文书一式两份，一份送投诉人，一份归档。")
    )
    return form_page(blocks, "投诉受理决定书")


def complaint_rejection() -> bytes:
    """投诉不予受理决定书: why, on which ground, and what other ways there are."""
    blocks = (
        form_head("投诉不予受理决定书")
        + addressee("投诉人")
        + body(_CAME, "经审查，该投诉属于下列情形：{{ 不予受理的情形 }}。")
        + long_text("投诉不予受理理由")
        + body(
            "依据{{ 投诉不予受理依据 }}的规定，本机关决定不予受理。",
            _OTHER_WAYS,
            "投诉中反映经营者违法的，本机关依照举报的规定另行处理。",
            remedies("决定书"),
        )
        + contact()
        + signature()
        + remark("本文书一式两份，一份送投诉人，一份归档。")
    )
    return form_page(blocks, "投诉不予受理决定书")


def mediation_notice() -> bytes:
    """投诉调解通知书: both sides are asked to come, and told what is at issue and no more."""
    blocks = (
        form_head("投诉调解通知书")
        + addressee("调解双方")
        + body(
            "本机关已受理{{ 投诉人 }}投诉{{ 当事人 }}的消费者权益争议"
            "（编号：{{ 线索编号 }}），现定于{{ 调解时间|cn_datetime }}在{{ 调解地点 }}"
            "进行调解（{{ 调解方式 }}），调解人员：{{ 调解人员 }}。",
        )
        + heading("一、争议事实")
        + long_text("争议事实")
        + heading("二、投诉请求")
        + long_text("投诉请求")
        + heading("三、有关事项")
        + body(
            "请携带身份证明、主体资格证照和有关证据；委托他人参加的，应当提交授权委托书，载明委托事项和权限。",
            "调解以双方自愿为原则。无正当理由不参加调解，或者明确拒绝调解的，本机关依法终止调解。",
            "认为调解人员与争议有利害关系、可能影响公正的，可以申请回避。",
        )
        + contact()
        + signature()
        + _COPIES
    )
    return form_page(blocks, "投诉调解通知书")


def mediation_agreement() -> bytes:
    """投诉调解书: the dispute and what both sides agreed to."""
    signed = kept_together(
        body("双方应当按照协议履行。本协议不影响行政机关对违法行为依法查处。")
        + paragraph("Normal")
        + lines(
            "投诉人（签名）：　　　　　　　　　　年　月　日",
            "被投诉人（签名、盖章）：　　　　　　年　月　日",
            "调解人员（签名）：　　　　　　　　　年　月　日",
        )
    )
    blocks = (
        form_head("投诉调解书")
        + paragraph("Normal")
        + _parties()
        + heading("一、争议事实和投诉请求")
        + long_text("争议事实")
        + long_text("投诉请求")
        + heading("二、协议内容")
        + body("经本机关主持调解，双方于{{ 达成协议日期|cn_date }}自愿达成如下协议：")
        + long_text("协议内容")
        + signed
        + signature()
        + _COPIES
    )
    return form_page(blocks, "投诉调解书")


def mediation_end() -> bytes:
    """投诉终止调解决定书: on which ground mediation ended, and what either side may do."""
    blocks = (
        form_head("投诉终止调解决定书")
        + addressee("调解双方")
        + body(
            "{{ 投诉人 }}投诉{{ 当事人 }}的消费者权益争议（编号：{{ 线索编号 }}），"
            "本机关于{{ 受理日期|cn_date }}受理。现有下列情形：{{ 终止调解的情形 }}。",
        )
        + long_text("终止调解理由")
        + body(
            "依据{{ 终止依据 }}的规定，本机关决定终止调解。"
            "{% if 告知期限 %}本决定于{{ 告知期限|cn_date }}前告知双方。{% endif %}",
            "争议仍未解决的，" + _OTHER_WAYS.removeprefix("你"),
        )
        + contact()
        + signature()
        + _COPIES
    )
    return form_page(blocks, "投诉终止调解决定书")
