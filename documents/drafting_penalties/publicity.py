"""Papers of publicity: the summary in front of a published decision, and its withdrawal."""

from documents.sheet.blocks import (
    body,
    each,
    label,
    long_text,
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
from documents.sheet.phrases import contact, form_head, remark, signature, table_head


def publication_summary() -> bytes:
    """行政处罚信息摘要: the six items that 公示规定第四条 asks for, before the decision itself."""
    kinds = each("项", "处罚明细", paragraph("CellLong", "{{ 项 }}"))
    form = table(
        (46, 110),
        row(label("行政处罚决定书\n文号"), value("{{ 决定书文号 }}"), height=12),
        row(label("当事人"), value("{{ 当事人 }}")),
        row(label("统一社会信用代码"), value(slashed("统一社会信用代码")), height=12),
        row(label("法定代表人\n（负责人）"), value(slashed("法定代表人")), height=12),
        row(label("违法行为类型"), value("{{ 违法行为类型 }}"), height=12),
        tall(label("行政处罚内容"), writing(kinds), height=40),
        row(label("作出行政处罚决定的\n行政机关名称"), value("{{ 承办部门 }}"), height=12),
        row(label("作出行政处罚决定的\n日期"), value("{{ 成文日期|cn_date }}"), height=12),
    )
    note = remark("注：本摘要附于公示的行政处罚决定书之前；自然人的证件号码、住址和电话不公示。")
    title = "行政处罚信息摘要"
    return form_page(table_head(title) + form + note, title)


def publication_revision() -> bytes:
    """行政处罚信息公示撤回（更正）说明: what is withdrawn or corrected, and publicly why."""
    blocks = (
        form_head("行政处罚信息公示撤回（更正）说明")
        + paragraph("Normal")
        + body(
            "本机关{% if 公示日期 %}于{{ 公示日期|cn_date }}{% endif %}公示的对{{ 当事人 }}的"
            "《{{ 原决定 }}》（{{ 原决定文号 }}）的处罚信息，"
            "依据{{ 撤回依据 }}的规定，于{{ 撤回更正日期|cn_date }}予以{{ 撤回或者更正 }}。"
        )
        + body("理由如下：")
        + long_text("公开说明的理由")
        + when("公示网址或平台", body("公示平台：{{ 公示网址或平台 }}。"))
        + contact()
        + signature()
        + remark("本文书一份公开，一份归档。")
    )
    return form_page(blocks, "行政处罚信息公示撤回（更正）说明")
