"""Documents of joint random inspections: the record of a draw."""

from documents.sheet.blocks import (
    body,
    head_row,
    list_row,
    row_loop,
    subheading,
    table,
    when,
)
from documents.sheet.page import form_page
from documents.sheet.phrases import list_head, remark, signatures, table_head


def draw_record() -> bytes:
    """抽取记录: what was sealed, who gave the numbers, and who was drawn."""
    numbers = table(
        (50, 32, 38, 46),
        head_row("见证单位", "见证人", "见证数", "数字来源"),
        *row_loop(
            "行",
            "见证数",
            list_row("-{{ 行.单位 }}", "-{{ 行.见证人 }}", "{{ 行.见证数 }}", "-{{ 行.来源 }}"),
        ),
    )
    drawn = table(
        (12, 38, 34, 39, 43),
        head_row("序号", "抽查对象", "代码\n签号前16位", "抽查事项", "执法人员（证号）"),
        *row_loop(
            "行",
            "抽中对象",
            list_row(
                "{{ loop.index }}",
                "-{{ 行.名称 }}",
                "-{{ 行.对象 }} {{ 行.签号 }}",
                "-{{ 行.事项 }}",
                "-{{ 行.人员 }}",
            ),
        ),
    )
    blocks = (
        table_head("双随机抽取记录", "{{ 文号 }}")
        + list_head(
            "抽取编号：{{ 事项编号 }}",
            "抽取名称：{{ 抽取名称 }}",
            "组织单位：{{ 承办部门 }}{% if 参加部门 %}　　参加部门：{{ 参加部门|join }}{% endif %}",
            "抽查事项：{{ 抽查事项|join }}",
        )
        + body(
            "名单{{ 名单中的项次 }}项次，对象{{ 名单中的对象数 }}个，应抽{{ 应抽项次 }}项次，"
            "执法人员{{ 执法人员数 }}名。同一事项第{{ 同一事项第几次抽取 }}次抽取。"
        )
        + when("此前作废的抽取", body("此前作废的抽取及理由：{{ 此前作废的抽取 }}"))
        + subheading("一、封存")
        + list_head("名单封存值：{{ 名单封存值 }}", "密数承诺值：{{ 密数承诺值 }}")
        + subheading("二、见证")
        + when("见证数的来源", body("事先约定的见证数来源：{{ 见证数的来源 }}"))
        + numbers
        + list_head("公开的密数：{{ 公开的密数 }}", "种子：{{ 种子 }}")
        + subheading("三、抽中对象和派出人员")
        + drawn
        + remark(
            "签号由种子和对象代码计算，各类别从小到大抽取；任何人可以用抽取记录文件和 "
            "verify_draw.py 重新抽取一遍，逐项核对。"
        )
        + signatures("组织抽取人", "封存人", "见证人", "见证人")
    )
    return form_page(blocks, "双随机抽取记录")
