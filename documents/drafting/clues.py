"""The letters of a clue: transfer, return, jurisdiction, other channels, reply."""

from documents.sheet.blocks import (
    body,
    heading,
    long_text,
    when,
)
from documents.sheet.page import form_page, official_letter
from documents.sheet.phrases import (
    THE_CLUE,
    addressee,
    contact,
    copies_to,
    form_head,
    letter_about,
    letter_end,
    letter_head,
    remark,
    signature,
)


def transfer_letter() -> bytes:
    """案件移送函: the case or clue goes to the organ that is competent."""
    blocks = (
        form_head("案件移送函")
        + addressee()
        + body(
            "本机关在工作中发现{% if 当事人 %}{{ 当事人 }}{% endif %}涉嫌{{ 案由 }}一案"
            "（线索：{{ 线索标题 }}，线索编号：{{ 线索编号 }}）。"
            "经核查，{{ 移送原因|clause }}。依据{{ 移送依据 }}的规定，现移送你单位处理。"
        )
        + when("核查情况", body("已查明的情况："), long_text("核查情况"))
        + body(
            "请你单位依法处理，并将处理结果书面告知本机关。对管辖有异议的，"
            "请依法报请共同的上一级机关指定管辖，不再自行移送。"
        )
        + contact()
        + letter_end()
        + remark("本文书一式两份，一份送达受移送单位，一份归档。")
    )
    return form_page(blocks, "案件移送函")


def return_letter() -> bytes:
    """退回函: the clue goes back, with the reason and the department believed competent."""
    blocks = (
        letter_about(THE_CLUE, "问题线索退回函")
        + addressee()
        + body(
            "你单位转来的线索“{{ 线索标题 }}”（线索编号：{{ 线索编号 }}"
            "{% if 来文文号 %}，转办文号：{{ 来文文号 }}{% endif %}）"
            "{% if 收到时间 %}，我单位于{{ 收到时间|cn_datetime }}收到{% endif %}。"
            "经研究，该线索不属于我单位职责范围，现予退回。"
        )
        + heading("一、退回理由")
        + long_text("退回理由")
        + heading("二、建议承办部门")
        + body(
            "经研判，该线索建议由{{ 建议主办部门 }}办理"
            "{% if 退回依据 %}，依据为{{ 退回依据 }}{% endif %}。"
        )
        + body("请你单位重新确定承办部门。我单位在收到线索期间形成的材料随函移交。")
        + contact(with_address=False)
        + letter_end()
    )
    return official_letter(blocks, "退回函")


def jurisdiction_designation() -> bytes:
    """指定管辖通知书: who has the case from now on; binding on all parties."""
    blocks = (
        form_head("指定管辖通知书")
        + addressee()
        + body(
            "关于{{ 案件名称 }}（线索编号：{{ 线索编号 }}）的管辖问题，"
            "{{ 争议各方|join }}发生争议，报请本机关指定管辖。"
        )
        + when("争议事由", body("争议事由：{{ 争议事由|clause }}。"))
        + when("指定理由", body("经审查，{{ 指定理由|clause }}。"))
        + body(
            "根据{{ 指定依据 }}的规定，现指定{{ 指定部门 }}管辖。",
            "请原受理该案件（线索）的单位及时将有关材料移交被指定的单位，并办理交接手续。"
            "被指定的单位应当依法办理，不得退回或者再行移送。",
        )
        + contact()
        + letter_end()
        + remark("本文书送达争议各方各一份，一份归档。")
    )
    return form_page(blocks, "指定管辖通知书")


def dispute_letter() -> bytes:
    """管辖争议协商函: one department's view, sent to the other before a superior decides."""
    blocks = (
        letter_about(THE_CLUE, "管辖争议协商函")
        + addressee()
        + body(
            "关于线索“{{ 线索标题 }}”（线索编号：{{ 线索编号 }}）的管辖问题，"
            "现根据{{ 争议依据 }}，商请你单位协商解决。"
        )
        + heading("一、争议事由")
        + long_text("争议事由")
        + heading("二、我单位意见")
        + long_text("本机关意见")
        + body("建议由{{ 建议承办部门 }}管辖。")
        + body(
            "请{% if 协商期限 %}于{{ 协商期限|cn_date }}前{% else %}及时{% endif %}书面回复意见。"
            "协商不成的，将依法提请协调，或者报请共同的上一级机关指定管辖。"
        )
        + contact(with_address=False)
        + letter_end()
    )
    return official_letter(blocks, "管辖争议协商函")


def redirect_notice() -> bytes:
    """告知书: the matter belongs to another channel, and which one."""
    blocks = (
        letter_head("告知书")
        + addressee()
        + body(
            "你（单位）于{{ 反映日期|cn_date }}反映的“{{ 线索标题 }}”（编号：{{ 线索编号 }}）收悉。"
        )
        + body("经审查，{{ 不予受理理由|clause }}。")
        + body(
            "{% if 告知依据 %}依据{{ 告知依据 }}的规定，{% endif %}"
            "现告知你（单位）可以通过以下途径提出：{{ 建议途径 }}"
            "{% if 建议承办部门 %}（{{ 建议承办部门 }}）{% endif %}。"
        )
        + when("办理提示", body("{{ 办理提示 }}"))
        + body("特此告知。")
        + contact()
        + signature()
    )
    return official_letter(blocks, "告知书")


def result_reply() -> bytes:
    """办理结果答复书: what was found and done about what somebody reported."""
    blocks = (
        letter_about(THE_CLUE, "办理结果答复书")
        + addressee()
        + body(
            "{{ 反映日期|cn_date }}{{ 来件方式|default('反映') }}的"
            "“{{ 线索标题 }}”（线索编号：{{ 线索编号 }}"
            "{% if 外部编号 %}，来件编号：{{ 外部编号 }}{% endif %}）"
            "{% if 尚在执行 %}已作出处理，后续程序正在依法进行。现将处理情况答复如下："
            "{% else %}已办理完毕。现将办理结果答复如下：{% endif %}"
        )
        + when("核查情况", heading("一、核查情况"), long_text("核查情况"))
        + heading("{% if 核查情况 %}二{% else %}一{% endif %}、处理结果")
        + long_text("办理结果")
        + when(
            "处理依据",
            heading("{% if 核查情况 %}三{% else %}二{% endif %}、处理依据"),
            body("{{ 处理依据|clause }}。"),
        )
        + when("救济途径", body("{{ 救济途径 }}"))
        + when("not 来件方式", body("感谢对我们工作的监督和支持。"))
        + contact(with_address=False)
        + signature()
        + copies_to()
    )
    return official_letter(blocks, "办理结果答复书")


def interim_reply() -> bytes:
    """阶段性答复书: how far a matter has come, and until when the law lets it run."""
    blocks = (
        letter_about(THE_CLUE, "阶段性答复书")
        + addressee()
        + body(
            "{{ 反映日期|cn_date }}{{ 来件方式|default('反映') }}的"
            "“{{ 线索标题 }}”（线索编号：{{ 线索编号 }}"
            "{% if 外部编号 %}，来件编号：{{ 外部编号 }}{% endif %}）正在办理。"
            "现将办理进展答复如下："
        )
        + long_text("办理进展")
        + body(
            "该事项应当依照法定程序和期限办理，法定期限长于热线事项办理期限"
            "{% if 答复依据 %}，依据{{ 答复依据 }}，从其规定{% endif %}。"
            "{% if 预计办结日期 %}预计于{{ 预计办结日期|cn_date }}前"
            "{% if 投诉调解 %}完成调解或者终止调解{% else %}作出处理决定{% endif %}；"
            "期限依法延长或者不计入的，另行告知。{% endif %}处理结果作出后，将及时答复。"
        )
        + contact(with_address=False)
        + signature()
        + copies_to()
    )
    return official_letter(blocks, "阶段性答复书")
