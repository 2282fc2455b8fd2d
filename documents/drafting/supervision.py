"""The documents of supervision."""

from documents.sheet.blocks import (
    body,
    head_row,
    heading,
    list_row,
    long_text,
    paragraph,
    row_loop,
    table,
    when,
)
from documents.sheet.page import form_page, imprint, official_letter, red_head
from documents.sheet.phrases import (
    addressee,
    attachments,
    contact,
    copies_to,
    form_head,
    letter_end,
    letter_head,
    remark,
    signature,
)


def _overdue() -> str:
    return table(
        (14, 58, 42, 42),
        head_row("序号", "应办事项", "应办结时间", "依据"),
        *row_loop(
            "行",
            "逾期事项",
            list_row(
                "{{ loop.index }}",
                "-{{ 行.事项 }}",
                "{{ 行.应办结时间|cn_until|default('/') }}",
                "-{{ 行.依据|default('/') }}",
            ),
        ),
    )


def urging_notice() -> bytes:
    """催办通知单: what waits, since when, and what is asked; no number, no order yet."""
    blocks = (
        letter_head("催办通知单")
        + addressee()
        + body("你单位承办的线索“{{ 线索标题 }}”（线索编号：{{ 线索编号 }}），现予催办：")
        + long_text("催办内容")
        + when("逾期事项", body("有关办理期限情况："), _overdue())
        + body("请抓紧办理，并反馈办理情况。仍不办理的，将依法制发行政执法监督督办函。")
        + contact(with_address=False)
        + signature()
    )
    return official_letter(blocks, "催办通知单")


def supervision_order() -> bytes:
    """行政执法监督督办函: what is owed, on which basis, and by which day to report."""
    blocks = (
        letter_head("行政执法监督督办函")
        + addressee()
        + body(
            "你单位承办的线索“{{ 线索标题 }}”（线索编号：{{ 线索编号 }}）"
            "{% if 催办情况 %}{{ 催办情况|clause }}"
            "{% elif 逾期事项 %}未在规定的期限内办结{% else %}尚未办结{% endif %}。"
            "根据{{ 督办依据 }}的规定，现予以督办。"
        )
        + heading("一、督办事由")
        + long_text("督办事由")
        + when("逾期事项", body("有关办理期限情况："), _overdue())
        + heading("二、督办要求")
        + long_text("督办要求")
        + heading("三、办理和反馈期限")
        + body(
            "请于{{ 督办期限|cn_until }}前依法办理，并将办理情况书面报送我单位。"
            "逾期不办理或者不反馈的，将依法采取制发监督意见书、提请作出监督决定、通报等监督措施。"
        )
        + contact(with_address=False)
        + letter_end()
    )
    return official_letter(blocks, "行政执法监督督办函")


def supervision_opinion() -> bytes:
    """行政执法监督意见书: what was wrong, what has to be put right, and until when."""
    blocks = (
        form_head("行政执法监督意见书")
        + addressee()
        + body(
            "本机关对你单位办理线索“{{ 线索标题 }}”（线索编号：{{ 线索编号 }}）的情况进行了监督"
            "{% if 督办函文号 %}，并于{{ 督办函日期|cn_date|default('/') }}制发行政执法监督督办函"
            "（{{ 督办函文号 }}）{% endif %}。"
            "根据{{ 监督依据 }}的规定，现提出如下监督意见："
        )
        + long_text("监督意见")
        + when("逾期事项", body("有关办理期限情况："), _overdue())
        + body(
            "请于{{ 纠正期限|cn_date }}前纠正，并将纠正情况书面报告本机关。"
            "对本意见书有异议的，可以依法提出。"
            "不执行本意见书的，将报请本级人民政府作出行政执法监督决定。"
        )
        + contact()
        + signature()
        + remark("本文书一式两份，一份送达，一份归档。")
        + copies_to()
    )
    return form_page(blocks, "行政执法监督意见书")


def supervision_decision() -> bytes:
    """行政执法监督决定书: the government's decision where the opinion was not carried out."""
    blocks = (
        form_head("行政执法监督决定书", numbered=False)
        + paragraph("NumberRight", "　　　　　〔　　　　〕　　　号")
        + addressee()
        + body(
            "行政执法监督机构就你单位办理线索“{{ 线索标题 }}”（线索编号：{{ 线索编号 }}）的情况，"
            "于{{ 意见书日期|cn_date }}制发《行政执法监督意见书》（{{ 意见书文号 }}），"
            "你单位未按期执行。根据{{ 监督依据 }}的规定，决定如下："
        )
        + long_text("监督决定")
        + body(
            "本决定应当执行。请{% if 报告期限 %}于{{ 报告期限|cn_date }}前{% else %}及时{% endif %}"
            "将执行情况书面报告。对本决定有异议的，可以依法提出。"
        )
        + contact()
        + signature()
        + remark("本文书一式三份，一份送达，一份交行政执法监督机构，一份归档。")
        + copies_to()
    )
    return form_page(blocks, "行政执法监督决定书")


def supervision_circular() -> bytes:
    """通报: what was not done in spite of all, made known to the departments."""
    blocks = (
        red_head(paragraph("NumberRed", "{{ 文号 }}"))
        + paragraph("Title", "{{ ('关于' ~ 被督办单位 ~ '未依法履行监督要求的通报')|wrapped(20) }}")
        + addressee()
        + body(
            "{{ 被督办单位 }}办理线索“{{ 线索标题 }}”（线索编号：{{ 线索编号 }}）过程中，"
            "经制发{{ 监督文书|join }}，仍未按要求纠正。根据{{ 监督依据 }}的规定，现予以通报。"
        )
        + long_text("通报内容")
        + body("各有关部门应当引以为戒，严格依法履行职责。")
        + attachments()
        + signature()
        + imprint()
    )
    return form_page(blocks, "通报")
