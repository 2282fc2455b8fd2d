"""Lists that may run over pages: goods, materials, hand-over, the catalogue of a case file."""

from documents.sheet.blocks import (
    head_row,
    label,
    list_row,
    paragraph,
    row,
    row_loop,
    slashed,
    table,
)
from documents.sheet.page import form_page, wide_list
from documents.sheet.phrases import list_head, remark, signatures, table_head

_GOODS = (
    "{{ loop.index }}",
    "-{{ 行.名称 }}",
    "-{{ 行.规格|default('/') }}",
    slashed("行.单位"),
    "{{ 行.数量 }}",
    "-{{ 行.特征|default('/') }}",
    "-{{ 行.存放地点|default('/') }}",
    "-{{ 行.备注|default('/') }}",
)
_GOODS_HEAD = ("序号", "名称", "规格\n（型号）", "单位", "数量", "特征", "存放地点", "备注")
_GOODS_WIDTHS = (13, 45, 33, 15, 20, 38, 36, 25)
_SIGNING, _LOW = (30, 82, 30, 83), 14
"""Of places to sign on a lying sheet: it is 156 mm high."""


def _goods() -> str:
    return table(
        _GOODS_WIDTHS,
        head_row(*_GOODS_HEAD),
        *row_loop("行", "物品清单", list_row(*_GOODS)),
    ) + remark("以上物品共{{ 物品清单|length }}项（{{ 文号 }}），以下空白。")


def goods_list() -> bytes:
    """涉案物品清单: name, quantity, features and place of everything involved."""
    blocks = (
        table_head("涉案物品清单", "{{ 文号 }}")
        + list_head("案件名称：{{ 案件名称 }}", "当事人：{{ 当事人 }}")
        + _goods()
        + signatures("当事人", "见证人", "执法人员", "执法人员", widths=_SIGNING, height=_LOW)
        + remark("本清单一式三份，一份随案移送，一份交当事人，一份归档。")
    )
    return wide_list(blocks, "涉案物品清单")


def goods_handover_list() -> bytes:
    """涉案物品移交清单: what changes hands after the police filed the case, and between whom."""
    blocks = (
        table_head("涉案物品移交清单", "{{ 文号 }}")
        + list_head(
            "案件名称：{{ 案件名称 }}",
            "立案通知书文号：{{ 立案通知文号|default('/') }}",
            "立案通知书收到时间：{{ 立案通知收到时间|cn_date|default('/') }}",
            "移交单位：{{ 承办部门 }}　　接收单位：{{ 接收单位 }}",
        )
        + _goods()
        + list_head("移交时间：{{ 移交时间|cn_datetime|default('　　年　月　日　时　分') }}")
        + signatures("移交人", "接收人", "移交人", "接收人", widths=_SIGNING, height=_LOW)
        + remark("本清单一式两份，移交单位、接收单位各存一份。")
    )
    return wide_list(blocks, "涉案物品移交清单")


def materials_list() -> bytes:
    """移送材料清单: every paper of the packet, with copies and pages."""
    rows = row_loop(
        "行",
        "材料清单",
        list_row(
            "{{ loop.index }}",
            "-{{ 行.名称 }}",
            "-{{ 行.文号|default('/') }}",
            slashed("行.份数"),
            "{{ 行.页数|default('') }}",
            "-{{ 行.备注|default('/') }}",
        ),
    )
    sum_row = row(
        label("合计", 3),
        label("{{ 材料清单|total('份数') }}"),
        label("{{ 材料清单|total_or_room('页数') }}"),
        label("以下空白"),
    )
    blocks = (
        table_head(
            "移送材料清单{% if 清单性质 %}（{{ 清单性质 }}）{% endif %}",
            "移送书文号：{{ 移送书文号|default('/') }}",
        )
        + list_head(
            "案件名称：{{ 案件名称 }}",
            "移送单位：{{ 承办部门 }}　　接收单位：{{ 接收单位 }}",
        )
        + table(
            (14, 54, 34, 15, 15, 24),
            head_row("序号", "材料名称", "文号", "份数", "页数", "备注"),
            *rows,
            sum_row,
        )
        + remark(
            "以上为移送书（{{ 移送书文号|default('/') }}）所附材料，共{{ 材料清单|length }}项。"
        )
        + signatures("移送人", "接收人")
        + remark("本清单一式两份，移送单位、接收单位各存一份。")
    )
    return form_page(blocks, "移送材料清单")


def case_catalogue() -> bytes:
    """卷内目录: what lies in the file, in order, and on which page."""
    return _catalogue("卷内目录")


def inner_case_catalogue() -> bytes:
    """卷内目录（副卷）: the same for the volume of internal papers."""
    return _catalogue("卷内目录（副卷）")


def _catalogue(title: str) -> bytes:
    rows = row_loop(
        "行",
        "卷内文件",
        list_row(
            "{{ loop.index }}",
            "-{{ 行.文号|default('/') }}",
            "-{{ 行.责任者|default('/') }}",
            "-{{ 行.题名 }}",
            slashed("行.日期|cn_date"),
            "{{ 行.页号|default('') }}",
            "-{{ 行.备注|default('') }}",
        ),
    )
    blocks = (
        paragraph("Title", "卷内文件目录{% if 卷别 %}（{{ 卷别 }}）{% endif %}")
        + paragraph("FormNumber", "线索编号：{{ 线索编号 }}")
        + list_head("案卷题名：{{ 案件名称 }}")
        + table(
            (11, 29, 23, 33, 36, 12, 12),
            head_row("序号", "文号", "责任者", "题名", "日期", "页号", "备注"),
            *rows,
        )
    )
    return form_page(blocks, title)
