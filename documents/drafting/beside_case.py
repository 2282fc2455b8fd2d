"""Papers beside a case: recusal, the answer to a reporter, his reward."""

from documents.sheet.blocks import (
    body,
    label,
    long_text,
    pairs,
    paragraph,
    row,
    table,
    tall,
    value,
    writing,
)
from documents.sheet.page import form_page
from documents.sheet.phrases import (
    addressee,
    contact,
    form_head,
    remark,
    signature,
    table_head,
)

_WIDTHS = (32, 50, 30, 44)


def recusal_decision() -> bytes:
    """回避决定书: who asked whom to stand aside, and what was decided."""
    blocks = (
        form_head("回避决定书")
        + addressee("申请人")
        + body(
            "{{ 提出日期|cn_date }}，{{ 回避的提出 }}，要求{{ 被提出回避的人员 }}"
            "在{{ 案件名称 }}（编号：{{ 线索编号 }}）中回避，理由是："
        )
        + long_text("回避事由")
        + body(
            "经审查，{{ 回避决定理由|clause }}。依据《中华人民共和国行政处罚法》第四十三条的规定，"
            "本机关决定："
            "{% if 准予回避 %}{{ 被提出回避的人员 }}回避，自即日起不再办理本案。"
            "{% else %}驳回回避申请，{{ 被提出回避的人员 }}继续办理本案。{% endif %}"
        )
        + contact()
        + signature()
        + remark("本文书一式两份，一份送申请人，一份归档。")
    )
    return form_page(blocks, "回避决定书")


def report_result_notice() -> bytes:
    """举报处理结果告知书: the result, and the law by which it is told."""
    blocks = (
        form_head("举报处理结果告知书")
        + addressee("举报人称谓")
        + body(
            "你于{{ 收到时间|cn_date }}举报的“{{ 线索标题 }}”（编号：{{ 线索编号 }}）收悉。"
            "依据{{ 告知依据 }}的规定，现将处理结果告知如下："
        )
        + long_text("告知的处理结果")
        + body("本机关对你的个人信息依法保密。特此告知。")
        + contact()
        + signature()
        + remark("本文书一式两份，一份送举报人，一份归档；归档件不附举报人的姓名和联系方式。")
    )
    return form_page(blocks, "举报处理结果告知书")


def reward_approval() -> bytes:
    """举报奖励审批表: on which rule, for what, how much; the reporter is masked."""
    form = table(
        _WIDTHS,
        row(label("举报事项"), value("{{ 线索标题 }}", 3)),
        pairs("线索编号", "{{ 线索编号 }}", "举报人", "{{ 举报人 }}"),
        row(label("奖励依据"), value("{{ 奖励依据 }}", 3)),
        tall(
            label("符合奖励\n条件的情况"),
            writing(long_text("符合奖励条件的情况", "CellLong"), span=3),
            height=40,
        ),
        pairs(
            "拟奖励金额",
            "{{ 拟奖励金额|amount }}元",
            "批准金额",
            "{{ 奖励金额|amount }}元",
        ),
        tall(
            label("部门负责人\n意见"),
            writing(
                long_text("奖励审批意见", "CellLong"),
                paragraph(
                    "CellRight",
                    "签名：{{ 签发人 }}　　{{ 成文日期|cn_date }}",
                ),
                span=3,
            ),
            height=24,
        ),
    )
    blocks = (
        table_head("举报奖励审批表")
        + form
        + remark("举报人姓名遮盖；领取时凭密封的身份信息核对，由两名以上工作人员在场。")
    )
    return form_page(blocks, "举报奖励审批表")
