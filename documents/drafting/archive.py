"""The cover of a case file, and the table of its review."""

from documents.sheet.blocks import (
    head_row,
    label,
    list_row,
    long_text,
    pairs,
    paragraph,
    row,
    row_loop,
    slashed,
    table,
    tall,
    value,
    writing,
)
from documents.sheet.code import CODE_IN_LINE
from documents.sheet.page import form_page, wide_list
from documents.sheet.phrases import ORGAN, remark, table_head


def case_cover() -> bytes:
    """卷宗封面: which case, whose, from when to when, how it ended, how long it is kept."""
    return _cover("卷宗封面")


def inner_case_cover() -> bytes:
    """卷宗封面（副卷）: the same for the volume of internal papers."""
    return _cover("卷宗封面（副卷）")


_PAGES = "{% if 卷内页数 %}共{{ 卷内页数 }}页{% else %}共　　　页{% endif %}"
"""Counted where every paper of the volume was, else written in when it is handed over."""


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
        pairs("页数", _PAGES, "本卷", "第　　册，共　　册", height=11),
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


def case_review() -> bytes:
    """案卷评查表: every item with its article, verdict and ground, and the result, signed."""
    item = list_row(
        "{{ loop.index }}",
        "{{ 行.类别 }}",
        "-{{ 行.项目 }}",
        "-{{ 行.依据 }}",
        "{{ 行.结论 }}",
        "-{{ 行.说明|default('') }}",
    )
    head = table(
        (30, 94, 30, 78),
        pairs("案件名称", "{{ 案件名称 }}", "决定书文号", slashed("决定书文号")),
        pairs("当事人", "{{ 当事人 }}", "办案人员", slashed("办案人员|join")),
    )
    items = table(
        (12, 22, 72, 52, 18, 56),
        head_row("序号", "类别", "评查项目", "依据", "结论", "说明（依据的记录）"),
        *row_loop("行", "评查项目", item),
    )
    signed = "评查人：{{ 评查人 }}　　{{ 成文日期|cn_date }}"
    result = table(
        (30, 202),
        row(label("评查结果"), value("{{ 评查结果 }}（{{ 评查情况 }}）")),
        tall(
            label("评查意见"),
            writing(long_text("评查意见", "CellLong"), paragraph("CellRight", signed)),
            height=24,
        ),
    )
    blocks = (
        table_head("案卷评查表", "线索编号：{{ 线索编号 }}　　评查机关：{{ 承办部门 }}")
        + head
        + paragraph("Remark")
        + items
        + paragraph("Remark")
        + result
    )
    return wide_list(blocks, "案卷评查表")
