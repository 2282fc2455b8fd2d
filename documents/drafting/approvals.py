"""Internal approval forms: reason, opinion, signature, one table on one page where it fits."""

from documents.sheet.blocks import (
    Row,
    label,
    long_text,
    pairs,
    paragraph,
    row,
    row_when,
    slashed,
    table,
    tall,
    value,
    when,
    writing,
)
from documents.sheet.page import form_page
from documents.sheet.phrases import section_head_row, table_head, tick

_WIDTHS = (30, 50, 26, 50)


def _opinion(name: str, *opinion: str, signed: str, height: int = 14) -> Row:
    return tall(
        label(name), writing(*opinion, paragraph("CellRight", signed), span=3), height=height
    )


def _party_rows() -> tuple[Row, ...]:
    return (
        row(label("当事人"), value("{{ 当事人 }}", 3)),
        pairs(
            "证件号码",
            slashed("证件号码"),
            "法定代表人\n（负责人）",
            slashed("法定代表人"),
            height=14,
        ),
        tall(
            label("住所（住址）\n和联系电话"),
            value(f"{slashed('住所')}　电话：{slashed('当事人电话')}", 3),
            height=14,
        ),
    )


_OFFICE = section_head_row("办案机构\n负责人意见", 14)
_HEAD = _opinion(
    "部门负责人\n意见",
    long_text("审批意见", "CellLong"),
    signed="签名：{{ 签发人 }}　　{{ 成文日期|cn_date }}",
)
_REMARK = row(label("备注"), value(slashed("备注"), 3))


def filing_approval() -> bytes:
    """立案审批表: what was found, why a case is filed, who approved."""
    return _filing("立案审批表", "核查情况及\n立案理由", "立案理由")


def refusal_to_file() -> bytes:
    """不予立案审批表: what was found, why no case is filed, who approved."""
    return _filing("不予立案审批表", "核查情况及\n不予立案理由", "不予立案理由")


def _filing(title: str, name: str, reason: str) -> bytes:
    form = table(
        _WIDTHS,
        *_party_rows(),
        row(label("案由"), value("{{ 案由 }}", 3)),
        pairs(
            "案件来源",
            "{{ 线索来源 }}",
            "发现线索或\n者收到材料\n时间",
            "{{ 本机关收到时间|cn_datetime }}",
            height=14,
        ),
        tall(
            label(name),
            writing(
                long_text("核查情况", "CellLong"),
                when("不予立案的情形", paragraph("CellLong", "情形：{{ 不予立案的情形 }}。"))
                if reason == "不予立案理由"
                else "",
                long_text(reason, "CellLong"),
                paragraph(
                    "CellRight", "核查人员：{{ 核查人员|join }}　　{{ 核查完成日期|cn_date }}"
                ),
                span=3,
            ),
            height=58,
        ),
        *_OFFICE,
        _HEAD,
        _REMARK,
    )
    return form_page(table_head(title, "线索编号：{{ 线索编号 }}") + form, title)


def transfer_approval() -> bytes:
    """涉嫌犯罪案件移送审批表: the report to the principal, and the principal's decision."""
    form = table(
        _WIDTHS,
        row(label("案件名称"), value("{{ 案件名称 }}", 3)),
        *_party_rows(),
        pairs("涉嫌罪名", "{{ 涉嫌罪名|join }}", "拟移送机关", "{{ 同级公安机关 }}"),
        _crime_row(),
        *_legal_rows(),
        *_OFFICE,
        _principal_row(),
        _REMARK,
    )
    note = paragraph(
        "Remark",
        "注：不批准移送的，应当写明不予批准的理由并记录在案。"
        "接到报告时间：{{ 报告时间|cn_datetime }}。",
    )
    title = "涉嫌犯罪案件移送审批表"
    return form_page(table_head(title, "线索编号：{{ 线索编号 }}") + form + note, title)


def _crime_row() -> Row:
    facts = writing(
        long_text("涉嫌犯罪事实", "CellLong"),
        long_text("法律依据", "CellLong"),
        when("处理建议", long_text("处理建议", "CellLong")),
        paragraph("CellRight", "专案组成员：{{ 专案组成员|join }}　　{{ 报告时间|cn_date }}"),
        span=3,
    )
    return tall(label("涉嫌犯罪事实\n及移送依据"), facts, height=38)


def _legal_rows() -> tuple[Row, ...]:
    """What the legal staff say, or why they were not asked; a refusal may come without either."""
    day = "{{ 法制审核日期|cn_date|default('') }}"
    signed = "{% if 法制审核人 %}签名：{{ 法制审核人 }}　　" + day + "{% endif %}"
    opinion = _opinion("法制机构\n审核意见", long_text("法制审核意见", "CellLong"), signed=signed)
    return row_when("法制审核意见", opinion)


def _principal_row() -> Row:
    decision = tick("批准移送", "批准移送　") + tick("not 批准移送", "不批准移送")
    opinion = writing(
        paragraph("CellLong", decision),
        long_text("审批意见", "CellLong"),
        paragraph("CellRight", "签名：{{ 签发人 }}　　{{ 审批时间|cn_datetime }}"),
        span=3,
    )
    return tall(label("正职负责人\n或者主持工作\n的负责人决定"), opinion, height=22)


def closing_approval() -> bytes:
    """结案审批表: how the case ended, and that it may be closed."""
    form = table(
        _WIDTHS,
        row(label("案件名称"), value("{{ 案件名称 }}", 3)),
        *_party_rows(),
        pairs("立案日期", "{{ 立案日期|cn_date }}", "结案情形", "{{ 结案情形 }}"),
        row(label("办案人员"), value("{{ 办案人员|join }}", 3)),
        pairs(
            "处理决定\n文书及文号",
            slashed("决定文书"),
            "决定日期",
            slashed("决定日期|cn_date"),
            height=14,
        ),
        tall(
            label("处理决定\n内容"), writing(long_text("处罚内容", "CellLong"), span=3), height=14
        ),
        pairs(
            "执行方式",
            slashed("执行方式"),
            "罚没财物\n处置情况",
            slashed("罚没财物处置"),
            height=11,
        ),
        _opinion(
            "办案人员\n意见",
            long_text("承办人意见", "CellLong"),
            signed="签名：{{ 办案人员|join }}　　{{ 成文日期|cn_date }}",
        ),
        *_OFFICE,
        _HEAD,
        _REMARK,
    )
    title = "结案审批表"
    return form_page(table_head(title, "线索编号：{{ 线索编号 }}") + form, title)


def legal_review() -> bytes:
    """案件审核（法制审核）表: what the reviewer looked at, found and advises."""
    form = table(
        _WIDTHS,
        row(label("案件名称"), value("{{ 案件名称 }}", 3)),
        pairs("办案机构", slashed("承办机构"), "审核类别", "{{ 审核类别 }}"),
        pairs(
            "送审时间", "{{ 送审时间|cn_datetime }}", "退卷时间", slashed("退卷时间|cn_datetime")
        ),
        tall(
            label("审核意见\n和建议"),
            writing(
                long_text("审核意见", "CellLong"),
                paragraph("CellRight", "审核人：{{ 审核人 }}　　{{ 成文日期|cn_date }}"),
                span=3,
            ),
            height=100,
        ),
        *row_when(
            "审核机构意见",
            _opinion(
                "审核机构\n负责人意见",
                long_text("审核机构意见", "CellLong"),
                signed="签名：{{ 审核机构负责人|default('') }}",
            ),
        ),
        _REMARK,
    )
    title = "案件审核（法制审核）表"
    return form_page(table_head(title, "线索编号：{{ 线索编号 }}") + form, title)
