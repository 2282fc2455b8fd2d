"""Documents of supervision over inspections: the yearly report."""

from documents.sheet.blocks import (
    body,
    head_row,
    heading,
    list_row,
    long_text,
    paragraph,
    row_loop,
    table,
    when,
)
from documents.sheet.page import wide_list
from documents.sheet.phrases import list_head, remark, signature

_LINES = (
    ("计划", "计划"),
    ("抽中", "抽中"),
    ("检查", "检查"),
    ("上门", "上门"),
    ("少上门", "少上门"),
    ("发现", "发现问题"),
    ("改正", "改正/责令"),
    ("转线索", "转线索"),
    ("处罚", "处罚"),
    ("移送", "移送"),
    ("按期", "按期/应按期"),
    ("预警", "处置/预警"),
    ("不参加", "不参加联合"),
)
_ANNEX = (
    ("附表", 32),
    ("编号", 30),
    ("名称", 47),
    ("部门", 34),
    ("事项", 28),
    ("日期", 25),
    ("数", 12),
    ("说明", 32),
)


def _cell(name: str) -> str:
    return f"{{{{ 行.{name}|default('/') }}}}"


def _lines(fact: str, first: str) -> str:
    return table(
        (42, *(15 for _ in _LINES)),
        head_row(first, *(label for _, label in _LINES)),
        *row_loop("行", fact, list_row(f"-{_cell('名称')}", *(_cell(key) for key, _ in _LINES))),
    )


def assessment_report() -> bytes:
    """年度评估报告: every figure with the annex that lists the rows it was counted from."""
    figures = table(
        (40, 30, 125, 30),
        head_row("指标", "数", "怎样统计", "所依据的事项"),
        *row_loop(
            "行",
            "各项数字",
            list_row(f"-{_cell('指标')}", _cell("数"), f"-{_cell('怎样统计')}", _cell("附表")),
        ),
    )
    annex = table(
        tuple(width for _, width in _ANNEX),
        head_row(*(name for name, _ in _ANNEX)),
        *row_loop("行", "所依据的事项", list_row(*(f"-{_cell(name)}" for name, _ in _ANNEX))),
    )
    blocks = (
        paragraph("Title", "{{ 名称 }}")
        + paragraph("FormNumber", "{{ 文号 }}")
        + list_head(
            "编号：{{ 事项编号 }}　　年度：{{ 年度 }}　　统计时间：{{ 统计时间 }}",
            "统计单位：{{ 承办部门 }}{% if 报送和印发单位 %}　　"
            "报送、印发：{{ 报送和印发单位 }}{% endif %}",
        )
        + heading("一、各项数字")
        + when("各项数字", figures, otherwise=body("本年度没有可以统计的事项。"))
        + when(
            "按部门",
            heading("二、按部门"),
            remark("处罚、移送括号内为线索来源为监督检查的；改正为复查合格/责令改正。"),
            _lines("按部门", "部门"),
        )
        + when("按地区", heading("三、按地区"), _lines("按地区", "地区"))
        + when(
            "按监管事项",
            heading("四、按监管事项"),
            remark("一次检查有几个事项的，每个事项各计一次，各行相加可能多于合计。"),
            _lines("按监管事项", "监管事项"),
        )
        + when(
            "按计划项目",
            heading("五、按计划项目"),
            remark("按计划写明的部门和监管事项名称对应。"),
            _lines("按计划项目", "计划项目"),
        )
        + when("试点", heading("六、试点"), _lines("试点", "试点"))
        + heading("七、评估意见")
        + long_text("评估意见")
        + when("改进要求", heading("八、改进要求"), long_text("改进要求"))
        + signature()
        + when(
            "所依据的事项",
            heading("附表　各项数字所依据的事项"),
            remark(
                "共{{ 所依据的事项件数 }}件{% if 未列出 %}，"
                "其中{{ 未列出 }}件未列出，见系统导出的表格{% endif %}。"
            ),
            annex,
        )
    )
    return wide_list(blocks, "年度评估报告")
