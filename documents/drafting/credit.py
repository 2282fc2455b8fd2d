"""Documents of joint credit supervision: the request to departments, and the answer to a repair."""

from documents.sheet.blocks import body, heading, long_text, paragraph, when
from documents.sheet.page import official_letter
from documents.sheet.phrases import (
    addressee,
    contact,
    letter_about,
    letter_end,
    letter_head,
)

GRANTED = "准予信用修复"


def measure_request() -> bytes:
    """联合惩戒协作函: whom, for which breach, under which item of the list, by when to answer."""
    blocks = (
        letter_about("信用主体", "联合惩戒协作函")
        + addressee()
        + body(
            "{{ 信用主体 }}（统一社会信用代码：{{ 统一社会信用代码 }}）的失信信息"
            "（编号：{{ 事项编号 }}，失信程度：{{ 失信程度 }}）由我单位依{{ 认定文书 }}记入。"
            "根据{{ 惩戒依据 }}，请你单位依法定职权实施惩戒措施清单中的“{{ 惩戒措施清单条目 }}”。"
        )
        + heading("一、认定依据")
        + long_text("认定依据")
        + heading("二、惩戒对象和理由")
        + long_text("惩戒对象和理由")
        + heading("三、反馈")
        + body(
            "请于{{ 反馈期限|cn_date }}前反馈采取的措施和依据；没有法定职权或者不属于清单条目的，"
            "不得采取，请说明理由。失信信息修复、撤回或者公示期满的，我单位即行通知解除。"
        )
        + contact(with_address=False)
        + letter_end()
    )
    return official_letter(blocks, "联合惩戒协作函")


def objection_answer() -> bytes:
    """信用异议处理告知书: what was objected to, what became of it, and why."""
    blocks = (
        letter_head("信用异议处理告知书")
        + paragraph("Addressee", "{{ 提出人 }}：")
        + body(
            "你（单位）于{{ 收到异议日期|cn_date }}就{{ 信用主体 }}的失信信息"
            "（编号：{{ 事项编号 }}，认定文书：{{ 认定文书 }}）提出的异议，经核查，"
            "{{ 处理结果|clause }}。"
        )
        + heading("一、异议内容")
        + long_text("异议内容和证明材料")
        + heading("二、核查情况和意见")
        + long_text("异议处理意见")
        + contact(with_address=True)
        + letter_end()
    )
    return official_letter(blocks, "信用异议处理告知书")


def repair_answer() -> bytes:
    """信用修复告知书: whether a repair is granted, why, and what follows."""
    blocks = (
        letter_head("信用修复告知书")
        + paragraph("Addressee", "{{ 申请人 }}：")
        + body(
            "你（单位）于{{ 收到申请日期|cn_date }}就失信信息（编号：{{ 事项编号 }}，"
            "认定文书：{{ 认定文书 }}）提出的信用修复申请，经审核，{{ 决定 }}。"
        )
        + heading("一、审核情况")
        + body("信用主体：{{ 信用主体 }}（统一社会信用代码：{{ 统一社会信用代码 }}）。")
        + body(
            "法定责任义务履行情况：{{ 法定责任义务履行情况|clause }}。"
            "信用承诺书：{{ 信用承诺书|clause }}。"
        )
        + long_text("审核意见")
        + when(
            f"决定 == '{GRANTED}'",
            heading("二、修复的效果"),
            body(
                "自本告知书作出之日起，该失信信息终止公示、停止共享和使用，"
                "采取的联合惩戒措施由各实施部门解除。"
            ),
            otherwise=heading("二、再次申请")
            + body("补齐上述事项以后，可以再次通过“信用中国”网站提出申请。"),
        )
        + contact(with_address=True)
        + letter_end()
    )
    return official_letter(blocks, "信用修复告知书")
