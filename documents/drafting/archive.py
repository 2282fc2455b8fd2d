"""The cover of a case file."""

from documents.sheet.blocks import label, pairs, paragraph, row, slashed, table, tall, value
from documents.sheet.code import CODE_IN_LINE
from documents.sheet.page import form_page
from documents.sheet.phrases import ORGAN, remark


def case_cover() -> bytes:
    """卷宗封面: which case, whose, from when to when, how it ended, how long it is kept."""
    return _cover("卷宗封面")


def inner_case_cover() -> bytes:
    """卷宗封面（副卷）: the same for the volume of internal papers."""
    return _cover("卷宗封面（副卷）")


def _cover(title: str) -> bytes:
    form = table(
        (34, 46, 32, 44),
        row(label("案卷题名"), value("{{ 案件名称 }}", 3), height=16),
        pairs("线索编号", "{{ 线索编号 }}", "案卷类别", "{{ 案卷类别 }}", height=11),
        row(label("当事人"), value("{{ 当事人 }}", 3), height=11),
        row(label("案由"), value(slashed("案由"), 3), height=11),
        tall(label("处理结果"), value("{{ 处理结果|default('/') }}", 3), height=16),
        pairs(
            "立案日期",
            slashed("立案日期|cn_date"),
            "结案日期",
            slashed("结案日期|cn_date"),
            height=11,
        ),
        pairs("承办人", slashed("办案人员|join"), "归档人", "{{ 归档人 }}", height=11),
        pairs("归档日期", "{{ 归档日期|cn_date }}", "卷内文件", "{{ 卷内件数 }}件", height=11),
        pairs("页数", "共　　　页", "本卷", "第　　册，共　　册", height=11),
        pairs("保管期限", "", "归档号", "", height=11),
    )
    blank = paragraph("Normal")
    blocks = (
        blank
        + paragraph("Organ", ORGAN)
        + blank
        + paragraph("Title", "{{ 案卷类别 }}卷宗{% if 卷别 %}（{{ 卷别 }}）{% endif %}")
        + blank
        + form
        + remark(
            CODE_IN_LINE
            + "注：正卷、副卷分别立卷；页数、册数、保管期限和归档号由归档人在移交时填写。"
        )
    )
    return form_page(blocks, title)
