"""Papers of a clue short of a case: receipt, extension, talk, commitment, submission."""

from documents.sheet.blocks import (
    Row,
    body,
    heading,
    kept_together,
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
from documents.sheet.page import form_page, imprint, official_letter, red_head
from documents.sheet.phrases import (
    THE_CLUE,
    addressee,
    contact,
    form_head,
    letter_about,
    remark,
    signature,
    signatures,
    table_head,
)

_WIDTHS = (27, 52, 25, 52)
_MOMENT = "　　年　月　日　时　分"


_LAW = "{% if 违法事实 %}（二）{% else %}（一）{% endif %}有关规定"
_DEMAND = (
    "{% if 违法事实 and 定性依据 %}（三）{% elif 违法事实 or 定性依据 %}（二）{% endif %}改正要求"
)
"""Each is numbered by what is printed before it."""


def _long(name: str, fact: str, height: int) -> Row:
    return tall(label(name), writing(long_text(fact, "CellLong"), span=3), height=height)


def arrival_receipt() -> bytes:
    """收件回执: who handed in what, when it came and under which number it is registered."""
    form = table(
        _WIDTHS,
        row(label("来件单位"), value("{{ 来件单位 }}", 3)),
        pairs("线索来源", "{{ 线索来源 }}", "来件编号", slashed("外部编号")),
        row(label("来件事项"), value("{{ 线索标题 }}", 3)),
        row(label("来件材料"), value(slashed("来件材料"), 3), height=14),
        pairs(
            "收到时间",
            "{{ 收到时间|cn_datetime }}",
            "登记时间",
            "{{ 登记时间|cn_datetime }}",
            height=14,
        ),
        pairs("登记编号", "{{ 线索编号 }}", "登记人", "{{ 经办人 }}"),
        pairs("联系电话", slashed("联系电话"), "送件人\n签名", "", height=14),
    )
    blocks = (
        table_head("收件回执", "登记编号：{{ 线索编号 }}")
        + form
        + body("上述材料已收到并登记。办理结果将依照规定告知。")
        + signature()
        + remark("本回执一式两份，一份交来件单位，一份归档。")
    )
    return form_page(blocks, "收件回执")


def extension_request() -> bytes:
    """延期申请: why the reply takes longer, and until when."""
    blocks = (
        letter_about(THE_CLUE, "延期办理申请")
        + addressee()
        + body(
            "线索“{{ 线索标题 }}”（线索编号：{{ 线索编号 }}"
            "{% if 外部编号 %}，来件编号：{{ 外部编号 }}{% endif %}）由我单位办理，"
            "答复期限为{{ 原答复期限|cn_until }}。因特殊原因不能按期办结，"
            "依据{{ 延期依据 }}的规定，现申请延期。"
        )
        + heading("一、延期理由")
        + long_text("延期理由")
        + heading("二、申请延长至")
        + body("{{ 申请延长至|cn_until }}。延期期间，我单位将抓紧办理并向反映人说明情况。")
        + contact(with_address=False)
        + signature()
    )
    return official_letter(blocks, "延期办理申请")


def interview_record() -> bytes:
    """约谈记录: who was talked to about what, and what was demanded."""
    moment = "{% if 约谈时间 %}{{ 约谈时间|cn_datetime }}{% else %}" + _MOMENT + "{% endif %}"
    form = table(
        _WIDTHS,
        pairs("约谈时间", moment, "约谈地点", "{{ 约谈地点|default('') }}"),
        row(label("被约谈单位\n（个人）"), value("{{ 当事人 }}", 3), height=14),
        pairs(
            "被约谈人", "{{ 被约谈人|default('') }}", "职务及电话", "{{ 被约谈人职务|default('') }}"
        ),
        pairs("约谈人", "{{ 约谈人|default('') }}", "记录人", "{{ 记录人|default('') }}"),
        row(label("约谈事由"), value("{{ 线索标题 }}", 3)),
        _long("指出的问题", "违法事实", 18),
        _long("提出的要求", "约谈要求", 22),
        tall(
            label("被约谈人\n意见"),
            writing(
                when("被约谈人意见", long_text("被约谈人意见", "CellLong")).replace(
                    '"Body"', '"CellLong"'
                ),
                span=3,
            ),
            height=16,
        ),
    )
    blocks = (
        table_head("约谈记录", "线索编号：{{ 线索编号 }}")
        + form
        + remark("以上记录已经被约谈人核对，与约谈情况一致。")
        + signatures("被约谈人", "记录人", "约谈人", "约谈人")
    )
    return form_page(blocks, "约谈记录")


def commitment_letter() -> bytes:
    """告知承诺书: the organ says what is required, the party commits itself to it."""
    signed = lines("承诺人（签名、盖章）：", "日期：　　年　月　日")
    blocks = (
        form_head("告知承诺书")
        + addressee("当事人")
        + heading("一、行政机关告知的内容")
        + body("经核查“{{ 线索标题 }}”（线索编号：{{ 线索编号 }}），现将有关事项告知如下：")
        + when("违法事实", body("（一）存在的问题"), long_text("违法事实"))
        + when("定性依据", body(_LAW), long_text("定性依据"))
        + body(_DEMAND)
        + long_text("改正要求")
        + body(
            "请{% if 改正期限 %}于{{ 改正期限|cn_date }}前{% else %}立即{% endif %}达到上述要求。"
            "不作承诺，或者作出承诺后不履行的，本机关将依法处理，并依法记入信用记录。"
        )
        + contact()
        + signature()
        + paragraph("Normal")
        + kept_together(
            heading("二、当事人的承诺")
            + body(
                "本人（单位）已经知晓并理解上述告知的全部内容，现作出如下承诺：",
                "（一）所提供的情况和材料真实、准确；",
                "（二）在规定的期限内达到改正要求，不再发生同类违法行为；",
                "（三）接受并配合行政机关的监督检查；",
                "（四）不履行承诺的，自愿依法承担相应的法律责任和后果。",
                "以上承诺是本人（单位）真实意思的表示。",
            )
            + signed
        )
        + remark("本文书一式两份，一份交当事人，一份归档。")
    )
    return form_page(blocks, "告知承诺书")


def designation_request() -> bytes:
    """报请指定管辖的请示: the dispute, the negotiation that failed, and both views."""
    number = paragraph("NumberUp", "{{ 文号 }}\t签发人：{{ 签发人 }}")
    blocks = (
        red_head(number)
        + paragraph(
            "Title", "{{ ('关于' ~ (线索标题|quoted) ~ '线索')|wrapped(20) }}\n指定管辖的请示"
        )
        + addressee()
        + body(
            "线索“{{ 线索标题 }}”（线索编号：{{ 线索编号 }}）的管辖，{{ 争议各方|join }}存在争议"
            "（{{ 争议类别 }}），经协商未能达成一致。根据{{ 指定依据 }}的规定，现报请指定管辖。"
        )
        + heading("一、线索基本情况")
        + long_text("线索内容")
        + heading("二、争议事由")
        + long_text("争议事由")
        + heading("三、协商经过")
        + long_text("协商经过")
        + heading("四、请求事项")
        + body("请指定上述线索的管辖部门。")
        + body("妥否，请批示。")
        + signature()
        + paragraph("Contact", "（联系人：{{ 联系人 }}，联系电话：{{ 联系电话 }}）")
        + imprint()
    )
    return form_page(blocks, "指定管辖请示")
