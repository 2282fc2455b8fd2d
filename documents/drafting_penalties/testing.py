"""Testing: the commission, the days that are not counted, and the result."""

from documents.sheet.blocks import (
    body,
    head_row,
    heading,
    lines,
    list_row,
    long_text,
    row_loop,
    slashed,
    table,
    when,
)
from documents.sheet.page import form_page
from documents.sheet.phrases import (
    addressee,
    attachment,
    contact,
    form_head,
    remark,
    signature,
)


def testing_commission() -> bytes:
    """检测检验检疫鉴定委托书: what is to be tested, of which samples, until when."""
    samples = table(
        (14, 46, 32, 18, 46),
        head_row("序号", "样品（检材）名称", "规格、批号", "数量", "备注"),
        *row_loop(
            "行",
            "样品清单",
            list_row(
                "{{ loop.index }}",
                "-{{ 行.名称 }}",
                "-{{ 行.规格批号|default('/') }}",
                slashed("行.数量"),
                "-{{ 行.备注|default('/') }}",
            ),
        ),
    )
    blocks = (
        form_head("检测检验检疫鉴定委托书")
        + addressee("检测检验鉴定机构")
        + body(
            "因调查{{ 案件名称 }}（线索编号：{{ 线索编号 }}）需要，"
            "现委托你单位进行检测、检验、检疫或者鉴定。"
        )
        + heading("一、委托事项")
        + long_text("检测检验鉴定事项")
        + heading("二、样品（检材）")
        + when("样品清单", samples, otherwise=body("/"))
        + heading("三、要求")
        + body(
            "{% if 检验鉴定期限 %}请于{{ 检验鉴定期限|cn_date }}前完成，并{% else %}请{% endif %}"
            "出具载明依据、方法、过程和结论的书面报告，加盖机构印章，由检验鉴定人员签名，"
            "附机构资质证明。不能按期完成或者样品不符合要求的，请及时书面告知本机关。"
        )
        + contact()
        + signature()
        + remark("本文书一式两份，一份送受委托机构，一份归档。")
    )
    return form_page(blocks, "检测检验检疫鉴定委托书")


def testing_period_notice() -> bytes:
    """检测检验检疫鉴定期间告知书: from when to when days are not counted."""
    blocks = (
        form_head("检测检验检疫鉴定期间告知书")
        + addressee("当事人")
        + body(
            "因调查你（单位）涉嫌{{ 案由 }}一案需要，本机关已委托{{ 检测检验鉴定机构 }}"
            "对下列事项进行检测、检验、检疫或者鉴定："
        )
        + long_text("检测检验鉴定事项")
        + lines(
            "期间自{{ 检验开始日期|cn_date }}起，至{{ 检验鉴定期限|cn_date }}止。",
        )
        + body(
            "{% if 期间依据 %}依据{{ 期间依据 }}的规定，{% endif %}上述期间不计入案件办理期限"
            "{% if 原决定书文号 %}，也不计入《{{ 原决定书名称|default('查封（扣押）决定书') }}》"
            "（{{ 原决定书文号 }}）"
            "载明的查封、扣押期限{% endif %}。"
            "检验鉴定提前完成或者需要更多时间的，本机关将另行告知。"
        )
        + contact()
        + signature()
        + remark("本文书一式两份，一份送达，一份归档。")
    )
    return form_page(blocks, "检测检验检疫鉴定期间告知书")


def testing_result_notice() -> bytes:
    """检测检验检疫鉴定结果告知书: the result, and what the party may do about it."""
    blocks = (
        form_head("检测检验检疫鉴定结果告知书")
        + addressee("当事人")
        + body(
            "本机关委托{{ 检测检验鉴定机构 }}就你（单位）涉嫌{{ 案由 }}一案的有关事项"
            "进行检测、检验、检疫或者鉴定，结论如下"
            "{% if 检验报告编号 %}（报告编号：{{ 检验报告编号 }}）{% endif %}："
        )
        + long_text("检验鉴定结论")
        + when(
            "查封扣押届满日期",
            body(
                "检测、检验、检疫或者鉴定期间不计入查封、扣押期限，"
                "《{{ 原决定书名称|default('查封（扣押）决定书') }}》"
                "{% if 原决定书文号 %}（{{ 原决定书文号 }}）{% endif %}"
                "载明的期限顺延至{{ 查封扣押届满日期|cn_date }}。"
            ),
        )
        + body(
            "对上述结论有异议的，你（单位）可以按照有关法律、法规、规章规定的期限和程序"
            "提出复检、复验或者重新鉴定的申请；有权进行陈述和申辩。"
        )
        + contact()
        + attachment("检测检验检疫鉴定报告")
        + signature()
        + remark("本文书一式两份，一份送达，一份归档。")
    )
    return form_page(blocks, "检测检验检疫鉴定结果告知书")
