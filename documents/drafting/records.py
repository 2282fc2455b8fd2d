"""Records: of a scene, an inquiry, an inspection, a destruction, a hearing; and a waiver."""

from documents.sheet.blocks import (
    Row,
    body,
    each,
    head_row,
    kept_together,
    label,
    lines,
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
    when,
    writing,
)
from documents.sheet.page import form_page
from documents.sheet.phrases import form_head, remark, signatures, table_head

_WIDTHS = (32, 50, 30, 44)
_NUMBER = "线索编号：{{ 线索编号 }}"
_CARDS = (
    "执法人员表明身份、出示执法证件，告知当事人（被询问人）依法享有陈述、申辩和申请回避的权利，"
    "以及如实回答询问、协助调查或者检查的义务。"
)
_READ = remark("以上笔录已经本人核对（已向本人宣读），与情况一致。签名情况：{{ 签名情况 }}。")


def _long(name: str, fact: str, height: int) -> Row:
    return tall(label(name), writing(long_text(fact, "CellLong"), span=3), height=height)


def _moments() -> Row:
    return pairs(
        "开始时间",
        "{{ 开始时间|cn_datetime }}",
        "结束时间",
        "{{ 结束时间|cn_datetime }}",
        height=14,
    )


def _officers() -> tuple[Row, Row]:
    return (
        row(label("执法人员\n及证号"), value("{{ 执法人员及证号|join }}", 3)),
        pairs("记录人", "{{ 笔录记录人 }}", "告知情况", "已出示证件并告知"),
    )


def scene_record() -> bytes:
    """现场笔录: where and when officers looked, who was there, what they saw, what was said."""
    form = table(
        _WIDTHS,
        row(label("案件名称"), value("{{ 案件名称 }}", 3)),
        pairs("当事人", "{{ 当事人 }}", "笔录事由", "{{ 笔录事由 }}"),
        _moments(),
        row(label("现场地点"), value("{{ 现场地点 }}", 3)),
        pairs("到场人员", slashed("到场人员"), "见证人", slashed("见证人")),
        *_officers(),
        _long("现场情况", "现场情况", 36),
        _long("当事人的\n说明和申辩", "当事人的说明和申辩", 14),
    )
    blocks = (
        table_head("现场笔录", _NUMBER)
        + form
        + remark(_CARDS)
        + _READ
        + signatures("当事人", "见证人", "执法人员", "执法人员")
    )
    return form_page(blocks, "现场笔录")


def inquiry_record() -> bytes:
    """询问笔录: who was asked, by whom, and every question with its answer."""
    form = table(
        _WIDTHS,
        row(label("案件名称"), value("{{ 案件名称 }}", 3)),
        _moments(),
        row(label("询问地点"), value("{{ 询问地点 }}", 3)),
        pairs("被询问人", "{{ 被询问人 }}", "与本案关系", "{{ 与本案的关系 }}"),
        pairs("证件号码", slashed("被询问人证件号码"), "联系电话", slashed("被询问人电话")),
        row(label("住址或者\n单位"), value(slashed("被询问人住址或者单位"), 3)),
        *_officers(),
    )
    talk = each(
        "行",
        "问答",
        paragraph("Body", "问：{{ 行.问 }}"),
        paragraph("Body", "答：{{ 行.答 }}"),
    )
    blocks = (
        table_head("询问笔录", _NUMBER)
        + form
        + remark(_CARDS)
        + talk
        + _READ
        + signatures("被询问人", "记录人", "执法人员", "执法人员")
    )
    return form_page(blocks, "询问笔录")


def inspection_record() -> bytes:
    """检查（勘验）笔录: what was examined where, what was found, what was taken."""
    form = table(
        _WIDTHS,
        row(label("案件名称"), value("{{ 案件名称 }}", 3)),
        row(label("当事人"), value("{{ 当事人 }}", 3)),
        _moments(),
        row(label("场所"), value("{{ 检查场所 }}", 3)),
        row(label("对象"), value("{{ 检查对象 }}", 3)),
        pairs("到场人员", slashed("到场人员"), "见证人", slashed("见证人")),
        *_officers(),
        _long("检查（勘验）\n情况", "检查情况", 30),
    )
    taken = table(
        (14, 62, 26, 54),
        head_row("序号", "提取的证据", "数量", "提取位置"),
        *row_loop(
            "行",
            "提取的证据",
            list_row(
                "{{ loop.index }}",
                "-{{ 行.名称 }}",
                slashed("行.数量"),
                "-{{ 行.提取位置|default('/') }}",
            ),
        ),
    )
    blocks = (
        table_head("检查（勘验）笔录", _NUMBER)
        + form
        + when("提取的证据", paragraph("Normal"), taken)
        + remark(_CARDS)
        + _READ
        + signatures("当事人", "见证人", "执法人员", "执法人员")
    )
    return form_page(blocks, "检查（勘验）笔录")


def destruction_record() -> bytes:
    """销毁记录: which goods were destroyed on what ground, how, and under whose eyes."""
    form = table(
        _WIDTHS,
        row(label("案件名称"), value("{{ 案件名称 }}", 3)),
        row(label("当事人"), value("{{ 当事人 }}", 3)),
        pairs("销毁时间", "{{ 销毁时间|cn_datetime }}", "销毁地点", "{{ 销毁地点 }}", height=14),
        _long("销毁依据", "销毁依据", 14),
        row(label("批准情况"), value("{{ 批准情况 }}", 3)),
        row(label("销毁人员"), value("{{ 执法人员及证号|join }}", 3)),
        row(label("监销人"), value("{{ 监销人 }}", 3)),
        _long("销毁方式\n和经过", "销毁方式和经过", 30),
    )
    goods = table(
        (14, 56, 34, 20, 20, 32),
        head_row("序号", "名称", "规格", "单位", "数量", "备注"),
        *row_loop(
            "行",
            "销毁物品",
            list_row(
                "{{ loop.index }}",
                "-{{ 行.名称 }}",
                slashed("行.规格"),
                slashed("行.单位"),
                slashed("行.数量"),
                "-{{ 行.备注|default('/') }}",
            ),
        ),
    )
    blocks = (
        table_head("涉案物品销毁记录", _NUMBER)
        + form
        + paragraph("Normal")
        + goods
        + remark("附销毁前后的照片或者录像。")
        + signatures("销毁人员", "销毁人员", "监销人", "记录人")
    )
    return form_page(blocks, "涉案物品销毁记录")


def hearing_record() -> bytes:
    """听证笔录: who was there, and what everybody said; the decision is made on it."""
    form = table(
        _WIDTHS,
        row(label("案件名称"), value("{{ 案件名称 }}", 3)),
        pairs("听证时间", "{{ 听证时间|cn_datetime }}", "听证地点", "{{ 听证地点 }}", height=14),
        pairs("听证主持人", "{{ 听证主持人 }}", "记录员", "{{ 记录员 }}"),
        row(label("听证员"), value(slashed("听证员|join"), 3)),
        row(label("参加人"), value(slashed("听证参加人"), 3)),
        row(label("听证方式"), value("{% if 公开听证 %}公开{% else %}不公开{% endif %}", 3)),
        row(label("办案人员"), value("{{ 办案人员|join }}", 3)),
        _long("听证过程", "听证笔录", 60),
    )
    blocks = (
        table_head("听证笔录", _NUMBER)
        + form
        + remark(
            "听证主持人已宣布听证纪律，核对参加人身份，告知权利义务，询问是否申请回避。"
            "签名情况：{{ 听证笔录签名情况 }}。"
        )
        + signatures("当事人或\n代理人", "办案人员", "听证主持人", "记录员")
    )
    return form_page(blocks, "听证笔录")


def hearing_waiver() -> bytes:
    """听证权利放弃书: the party knows its right and does not use it; signed by the party."""
    signed = lines(
        "当事人（签名、盖章）：",
        "日期：　　年　月　日",
    )
    blocks = (
        form_head("听证权利放弃书", numbered=False)
        + paragraph("Normal")
        + body(
            "{{ 承办部门 }}：",
            "本人（单位）已收到你机关就涉嫌{{ 案由 }}一案送达的《行政处罚告知书》"
            "（{{ 告知书文号 }}），已经知晓拟作出的行政处罚的内容及事实、理由、依据，"
            "以及依法享有的要求听证的权利。",
            "经考虑，本人（单位）自愿放弃要求听证的权利，不要求举行听证。"
            "放弃听证不影响依法进行陈述、申辩，以及申请行政复议、提起行政诉讼的权利。",
        )
        + paragraph("Normal")
        + kept_together(
            lines("当事人：{{ 当事人 }}", "证件号码：{{ 证件号码|default('/') }}")
            + signed
            + paragraph("Normal")
            + lines("经办人：{{ 经办人 }}", "登记日期：{{ 成文日期|cn_date }}")
        )
        + remark("本文书由当事人签署，归入案卷。")
    )
    return form_page(blocks, "听证权利放弃书")
