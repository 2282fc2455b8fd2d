"""The documents of supervision."""

from documents.drafting.blocks import (
    body,
    head_row,
    heading,
    list_row,
    long_text,
    row_loop,
    table,
    when,
)
from documents.drafting.page import letter_page
from documents.drafting.phrases import (
    addressee,
    attachments,
    contact,
    copies_to,
    letter_head,
    signature,
)


def supervision_order() -> bytes:
    """督办函: what is owed, on which basis, and the day by which it has to be reported."""
    overdue = table(
        (14, 58, 42, 42),
        head_row("序号", "应办事项", "应办结时间", "依据"),
        *row_loop(
            "行",
            "逾期事项",
            list_row(
                "{{ loop.index }}",
                "-{{ 行.事项 }}",
                "{{ 行.应办结时间|cn_datetime|default('/') }}",
                "-{{ 行.依据|default('/') }}",
            ),
        ),
    )
    blocks = (
        letter_head("督办函")
        + addressee()
        + body(
            "你单位承办的线索“{{ 线索标题 }}”（线索编号：{{ 线索编号 }}）"
            "{% if 催办情况 %}，{{ 催办情况|clause }}{% endif %}。"
            "根据{{ 督办依据 }}的规定，现予以督办。"
        )
        + heading("一、督办事由")
        + long_text("督办事由")
        + when("逾期事项", body("有关办理期限情况："), overdue)
        + heading("二、督办要求")
        + long_text("督办要求")
        + heading("三、办理和反馈期限")
        + body(
            "请于{{ 督办期限|cn_datetime }}前依法办理，并将办理情况书面报送我单位。"
            "逾期不办理或者不反馈的，将依法采取制发监督意见书、提请作出监督决定、通报等监督措施。"
        )
        + contact(with_address=False)
        + attachments()
        + signature()
        + copies_to()
    )
    return letter_page(blocks, "督办函")
