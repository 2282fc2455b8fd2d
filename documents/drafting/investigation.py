"""The report that ends an investigation, for review and decision."""

from documents.sheet.blocks import body, heading, lines, long_text, paragraph, when
from documents.sheet.page import form_page
from documents.sheet.phrases import evidence, party


def investigation_closing_report() -> bytes:
    """案件调查终结报告: the eight parts of the published form, signed by two officers."""
    blocks = (
        paragraph("Title", "案件调查终结报告")
        + paragraph("Normal")
        + lines(
            "案件名称：{{ 案件名称 }}",
            "案由：{{ 案由 }}",
            "立案日期：{{ 立案日期|cn_date|default('/') }}",
            "办案人员：{{ 办案人员|join|default('/') }}",
        )
        + heading("一、当事人基本情况")
        + party()
        + heading("二、案件来源、调查经过及采取行政强制措施的情况")
        + body("案件来源：{{ 案件来源 }}。")
        + long_text("调查经过")
        + when("已采取措施", long_text("已采取措施"))
        + when("移送经过", body("{{ 移送经过 }}"))
        + heading("三、调查认定的事实")
        + long_text("违法事实")
        + heading("四、证据及证明目的")
        + when("证据清单", evidence(), otherwise=long_text("证据"))
        + heading("五、案件性质")
        + long_text("案件性质")
        + heading("六、自由裁量理由等其他需要说明的事项")
        + long_text("裁量理由")
        + heading("七、处理意见及依据")
        + long_text("处理意见")
        + paragraph("Normal")
        + paragraph("Contact", "办案人员（签名）：{{ 办案人员|join|default('') }}")
        + when(
            "承办机构负责人",
            paragraph("Contact", "办案机构负责人（签名）：{{ 承办机构负责人 }}"),
        )
        + paragraph("SignDate", "\t{{ 成文日期|cn_date }}")
    )
    return form_page(blocks, "案件调查终结报告")
