"""Approvals within a case: the general one for single matters, and the one of the decision."""

from documents.sheet.blocks import (
    Row,
    label,
    long_text,
    pairs,
    paragraph,
    row,
    slashed,
    table,
    tall,
    value,
    when,
    writing,
)
from documents.sheet.page import form_page
from documents.sheet.phrases import BY_HAND, section_head_row, table_head, tick

_WIDTHS = (30, 50, 26, 50)
_CATEGORIES = ("行政处罚", "不予行政处罚", "违法事实不成立", "移送其他行政机关", "移送司法机关")


def _opinion(name: str, *blocks: str, signed: str = BY_HAND, height: int = 24) -> Row:
    text = "".join(blocks) or paragraph("CellLong")
    return tall(label(name), writing(text, paragraph("CellRight", signed), span=3), height=height)


def _approved() -> Row:
    """The approver's opinion; an approval that is still to be given stays open for the pen."""
    signed = (
        "{% if 审批意见 %}签名：{{ 签发人|default('　　　　　') }}　　{{ 成文日期|cn_date }}"
        "{% else %}" + BY_HAND + "{% endif %}"
    )
    opinion = when("审批意见", long_text("审批意见", "CellLong")).replace('"Body"', '"CellLong"')
    return _opinion("部门负责人\n意见", opinion, signed=signed, height=16)


def matter_approval() -> bytes:
    """行政处罚案件有关事项审批表: a measure, an extension, a suspension, put up and approved."""
    form = table(
        _WIDTHS,
        row(label("案件名称"), value("{{ 案件名称 }}", 3)),
        row(label("当事人"), value("{{ 当事人 }}", 3)),
        row(
            label("审批事项"),
            value("{{ 审批事项 }}{% if 延长至 %}（延长至{{ 延长至|cn_date }}）{% endif %}", 3),
            height=14,
        ),
        tall(
            label("提请审批的\n理由、依据及\n处理意见"),
            writing(
                long_text("申请理由", "CellLong"),
                when("审批依据", paragraph("CellLong", "依据：{{ 审批依据 }}。")),
                paragraph("CellRight", "经办人：{{ 经办人 }}　　{{ 成文日期|cn_date }}"),
                span=3,
            ),
            height=70,
        ),
        *section_head_row("经办机构\n负责人意见", 24),
        _approved(),
        row(label("备注"), value(slashed("备注"), 3)),
    )
    title = "行政处罚案件有关事项审批表"
    return form_page(table_head(title, "线索编号：{{ 线索编号 }}") + form, title)


def decision_approval() -> bytes:
    """行政处理决定审批表: proposal, the party's view, review and discussion, and the decision."""
    form = table(
        _WIDTHS,
        row(label("案件名称"), value("{{ 案件名称 }}", 3)),
        row(label("当事人"), value("{{ 当事人 }}", 3)),
        pairs("立案时间", slashed("立案日期|cn_date"), "办案人员", slashed("办案人员|join")),
        row(
            label("处理类别"),
            value("　".join(tick(f"处理类别 == '{one}'", one) for one in _CATEGORIES), 3),
            height=14,
        ),
        tall(
            label("建议处理的\n内容、事实、\n理由和依据"),
            writing(
                long_text("建议处理内容", "CellLong"),
                long_text("违法事实", "CellLong"),
                paragraph("CellLong", "依据：{{ 处理依据 }}。"),
                paragraph(
                    "CellRight",
                    "办案人员：{{ 办案人员|join|default('') }}"
                    "　　{{ 送审日期|cn_date|default('') }}",
                ),
                span=3,
            ),
            height=44,
        ),
        tall(
            label("当事人陈述、\n申辩和听证\n情况"),
            writing(
                paragraph("CellLong", "{{ 陈述申辩情况|default('/') }}"),
                paragraph("CellLong", "{% if 听证情况 %}听证意见：{{ 听证情况 }}{% endif %}"),
                span=3,
            ),
            height=12,
        ),
        tall(
            label("审核和集体\n讨论意见"),
            writing(
                paragraph("CellLong", "审核意见：{{ 审核意见|default('/') }}"),
                paragraph("CellLong", "集体讨论意见：{{ 集体讨论意见|default('/') }}"),
                span=3,
            ),
            height=12,
        ),
        *section_head_row("办案机构\n负责人意见", 13),
        _approved(),
        row(label("备注"), value(slashed("备注"), 3)),
    )
    title = "行政处理决定审批表"
    return form_page(table_head(title, "线索编号：{{ 线索编号 }}") + form, title)
