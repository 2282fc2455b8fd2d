"""The document of 联合行政处罚: what the departments discussed, and who fines which act."""

from documents.sheet.blocks import (
    Row,
    head_row,
    label,
    list_row,
    long_text,
    pairs,
    row,
    row_loop,
    slashed,
    table,
    tall,
    value,
    when,
    writing,
)
from documents.sheet.page import form_page
from documents.sheet.phrases import list_head, remark, signatures, table_head

_WIDTHS = (32, 50, 30, 44)


def _long(name: str, fact: str, height: int) -> Row:
    return tall(label(name), writing(long_text(fact, "CellLong"), span=3), height=height)


def joint_discussion() -> bytes:
    """联合行政处罚共同讨论记录: facts, acts, who fines each act, and what everybody said."""
    form = table(
        _WIDTHS,
        row(label("事项名称"), value("{{ 事项标题 }}", 3)),
        pairs("当事人", slashed("当事人"), "讨论时间", "{{ 讨论时间|cn_datetime }}", height=14),
        pairs("讨论地点", "{{ 讨论地点 }}", "主持人", "{{ 主持人 }}"),
        _long("共同查明\n的事实", "共同查明的事实", 30),
        _long("讨论意见", "讨论意见", 30),
        _long("选择罚款\n规定的理由", "选择罚款规定的理由", 12),
    )
    acts = table(
        (30, 30, 36, 20, 18, 22),
        head_row("违法行为", "部门", "依据", "罚款上限（元）", "拟罚款（元）", "其他处罚"),
        *row_loop(
            "行",
            "各部门拟处理的违法行为",
            list_row(
                "-{{ 行.违法行为 }}",
                "-{{ 行.部门 }}",
                "-{{ 行.依据 }}",
                "{{ 行.罚款上限 }}",
                "{{ 行.拟罚款 or '—' }}",
                "{{ 行.其他处罚 or '—' }}",
            ),
        ),
    )
    apart = table(
        (36, 36, 84),
        head_row("行为一", "行为二", "不是同一违法行为的理由"),
        *row_loop(
            "行",
            "各罚款行为的区别",
            list_row("-{{ 行.行为一 }}", "-{{ 行.行为二 }}", "-{{ 行.区别 }}"),
        ),
    )
    people = table(
        (72, 40, 44),
        head_row("部门", "姓名", "职务"),
        *row_loop("行", "参加人员", list_row("-{{ 行.部门 }}", "{{ 行.姓名 }}", "{{ 行.职务 }}")),
    )
    blocks = (
        table_head("联合行政处罚共同讨论记录", "编号：{{ 事项编号 }}")
        + form
        + list_head("各部门拟处理的违法行为（同一名称的为同一违法行为，只由一个部门罚款）：")
        + acts
        + when("各罚款行为的区别", list_head("各部门分别罚款的行为的区别："), apart)
        + list_head("参加人员：")
        + people
        + remark("各部门负责人确认以后，分别履行审核、告知等程序，各自以本机关名义作出决定。")
        + remark("本记录不代替各机关依行政处罚法第五十七条、第五十八条进行的集体讨论和法制审核。")
        + signatures("主持人", "记录人", "参加人员", "参加人员")
    )
    return form_page(blocks, "联合行政处罚共同讨论记录")
