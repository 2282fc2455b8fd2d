"""Statement, hearing and discussion: what was said before a case is decided."""

from documents.sheet.blocks import (
    Row,
    body,
    heading,
    label,
    lines,
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
from documents.sheet.phrases import (
    ORGAN,
    contact,
    form_head,
    remark,
    signature,
    signatures,
    table_head,
)

_WIDTHS = (32, 50, 30, 44)


def _long(name: str, fact: str, height: int) -> Row:
    return tall(label(name), writing(long_text(fact, "CellLong"), span=3), height=height)


def statement_record() -> bytes:
    """陈述申辩笔录: who stated what, before whom, to be signed on every page."""
    form = table(
        _WIDTHS,
        row(label("案件名称"), value("{{ 案件名称 }}", 3)),
        row(label("当事人"), value("{{ 当事人 }}", 3)),
        pairs("陈述申辩\n时间", "{{ 陈述申辩时间|cn_datetime }}", "地点", slashed("陈述申辩地点")),
        pairs("陈述申辩人", slashed("陈述申辩人"), "联系电话", slashed("当事人电话")),
        pairs("执法人员", slashed("办案人员|join"), "记录人", slashed("记录人")),
        row(
            label("告知书文号"),
            value("{{ 告知书文号|default('/') }}", 3),
        ),
        _long("陈述申辩\n内容", "当事人陈述申辩意见", 48),
    )
    blocks = (
        table_head("陈述申辩笔录", "线索编号：{{ 线索编号 }}")
        + form
        + remark("以上笔录已经本人核对（已向本人宣读），与陈述一致。")
        + signatures("陈述申辩人", "记录人", "执法人员", "执法人员")
    )
    return form_page(blocks, "陈述申辩笔录")


def hearing_announcement() -> bytes:
    """行政处罚听证公告: an open hearing is announced, so that people can attend."""
    blocks = (
        form_head("行政处罚听证公告")
        + paragraph("Normal")
        + body(
            "本机关定于{{ 听证时间|cn_datetime }}在{{ 听证地点 }}，就{{ 当事人 }}涉嫌{{ 案由 }}一案"
            "公开举行听证，听证主持人为{{ 听证主持人 }}。",
            "公民、法人和其他组织可以申请参加旁听。申请旁听的，请持有效身份证明于听证举行前办理登记；"
            "旁听人员应当遵守听证纪律。",
        )
        + contact()
        + signature()
    )
    return form_page(blocks, "行政处罚听证公告")


def hearing_report() -> bytes:
    """听证报告: the case, the hearing, what both sides held, and the presider's opinion."""
    blocks = (
        paragraph("Organ", ORGAN)
        + paragraph("Title", "听证报告")
        + paragraph("Normal")
        + lines("案件名称：{{ 案件名称 }}", "案由：{{ 案由 }}", "线索编号：{{ 线索编号 }}")
        + heading("一、听证的基本情况")
        + lines(
            "听证时间：{{ 听证时间|cn_datetime }}",
            "听证地点：{{ 听证地点 }}",
            "听证方式：{% if 公开听证 %}公开{% else %}不公开{% endif %}",
            "听证主持人：{{ 听证主持人 }}",
            "听证员：{{ 听证员|join|default('/') }}　　记录员：{{ 记录员|default('/') }}",
            "听证参加人：{{ 听证参加人|default('/') }}",
        )
        + heading("二、办案人员提出的事实、证据和处罚建议")
        + when("办案人员意见", long_text("办案人员意见"), otherwise=_proposal())
        + heading("三、当事人的陈述、申辩和质证情况")
        + when("当事人听证意见", long_text("当事人听证意见"), otherwise=long_text("听证申请内容"))
        + heading("四、双方争议的主要问题")
        + long_text("听证争议焦点")
        + heading("五、听证意见和建议")
        + long_text("听证意见")
        + body("本报告连同听证笔录一并报送，请审定。")
        + paragraph("Normal")
        + lines("听证主持人（签名）：")
        + when("听证员", lines("听证员（签名）："))
        + paragraph("SignDate", "{{ 成文日期|cn_date }}")
    )
    return form_page(blocks, "听证报告")


def _proposal() -> str:
    return (
        long_text("违法事实")
        + when("证据", body("证据："), long_text("证据"))
        + body("拟处罚内容：{{ 拟处罚内容|default('/') }}")
    )


def discussion_record() -> bytes:
    """集体讨论记录: who was there, who said what, and what was decided."""
    form = table(
        _WIDTHS,
        row(label("案件名称"), value("{{ 案件名称 }}", 3)),
        pairs("讨论时间", "{{ 讨论时间|cn_datetime }}", "讨论地点", slashed("讨论地点")),
        pairs("主持人", slashed("讨论主持人"), "记录人", slashed("讨论记录人")),
        row(label("出席人员"), value("{{ 出席人员|join }}", 3)),
        row(label("列席人员"), value(slashed("列席人员"), 3)),
        row(label("汇报人"), value(slashed("办案人员|join"), 3)),
        _long("讨论记录", "讨论情况", 52),
        _long("处理意见", "集体讨论意见", 20),
    )
    blocks = (
        table_head("行政处罚案件集体讨论记录", "线索编号：{{ 线索编号 }}")
        + form
        + signatures("主持人", "记录人", "出席人员", "出席人员")
    )
    return form_page(blocks, "行政处罚案件集体讨论记录")
