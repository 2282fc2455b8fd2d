"""The record of samples taken as evidence."""

from documents.sheet.blocks import (
    head_row,
    label,
    list_row,
    pairs,
    paragraph,
    row,
    row_loop,
    slashed,
    table,
    value,
)
from documents.sheet.page import form_page
from documents.sheet.phrases import remark, signatures, table_head

TITLE = "抽样取证凭证"


def sampling_record() -> bytes:
    """抽样取证凭证: what was sampled where, out of how much, how it was sealed and who signed."""
    form = table(
        (32, 50, 30, 44),
        row(label("案件名称"), value("{{ 案件名称 }}", 3)),
        row(label("被抽样人\n（当事人）"), value("{{ 当事人 }}", 3)),
        pairs("抽样时间", "{{ 抽样时间|cn_datetime }}", "抽样地点", "{{ 抽样地点 }}", height=14),
        pairs("抽样方法", "{{ 抽样方法 }}", "封样情况", "{{ 封样情况 }}", height=14),
        pairs("到场人员", slashed("到场人员"), "见证人", slashed("见证人")),
        row(label("执法人员\n及证号"), value("{{ 执法人员及证号|join }}", 3)),
        pairs("记录人", "{{ 笔录记录人 }}", "告知情况", "已出示证件并告知"),
    )
    goods = table(
        (12, 40, 28, 30, 22, 22, 22),
        head_row("序号", "名称", "规格、型号", "批号、生产日期", "抽样基数", "抽样数量", "备注"),
        *row_loop(
            "行",
            "样品清单",
            list_row(
                "{{ loop.index }}",
                "-{{ 行.名称 }}",
                slashed("行.规格"),
                slashed("行.批号"),
                slashed("行.抽样基数"),
                "{{ 行.抽样数量 }}",
                "-{{ 行.备注|default('/') }}",
            ),
        ),
    )
    blocks = (
        table_head(TITLE, "线索编号：{{ 线索编号 }}")
        + form
        + paragraph("Normal")
        + goods
        + remark(
            "以上样品经当事人核对。签名情况：{{ 签名情况 }}。"
            "本凭证一式两份，一份交当事人，一份归档。"
        )
        + signatures("当事人", "见证人", "执法人员", "执法人员")
    )
    return form_page(blocks, TITLE)
