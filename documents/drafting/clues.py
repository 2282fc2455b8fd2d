"""The documents of a clue: registration, dispatch, return, jurisdiction, reply."""

from documents.drafting.blocks import (
    body,
    hanging,
    heading,
    label,
    long_text,
    paragraph,
    row,
    table,
    tall,
    value,
    when,
    writing,
)
from documents.drafting.page import letter_page, plain_page
from documents.drafting.phrases import (
    addressee,
    attachments,
    contact,
    copies_to,
    form_head,
    letter_head,
    remark,
    signature,
    table_head,
    tick,
)

_BY_COMPLAINT = (
    "'12345' in 线索来源 or '投诉' in 线索来源 or '举报' in 线索来源 or '热线' in 线索来源"
)
_BY_DEPARTMENT = "'部门移送' in 线索来源"
_BY_ORDER = "'上级交办' in 线索来源"
_BY_CHECK = "'监督检查' in 线索来源"
_ELSE = f"not ({_BY_COMPLAINT} or {_BY_DEPARTMENT} or {_BY_ORDER} or {_BY_CHECK})"


def clue_registration() -> bytes:
    """案件来源登记表: where a clue comes from, as the published form asks."""
    sources = "　".join(
        tick(condition, text)
        for condition, text in (
            (_BY_CHECK, "监督检查"),
            (_BY_COMPLAINT, "投诉、举报"),
            (_BY_DEPARTMENT, "其他部门移送"),
            (_BY_ORDER, "上级交办"),
            (_ELSE, "其他：{% if " + _ELSE + " %}{{ 线索来源 }}{% else %}/{% endif %}"),
        )
    )
    form = table(
        (12, 29, 47, 26, 42),
        row(label("来源分类", 2), value(sources, 3), height=14),
        row(
            label("发现线索或收到材料时间", 2),
            value("{{ 登记时间|cn_datetime }}"),
            label("外部编号"),
            value("{{ 外部编号|default('/') }}"),
            height=14,
        ),
        row(
            label("案源\n提供人", merge="restart"),
            label("监督检查人"),
            value("{{ 监督检查人|default('/') }}"),
            label("所属单位"),
            value("{{ 监督检查人单位|default('/') }}"),
        ),
        row(
            hanging(),
            label("投诉、举报人"),
            value("{{ 举报人|default('/') }}"),
            label("联系方式"),
            value("{% if 举报人 %}另册保密登记{% else %}/{% endif %}"),
        ),
        row(
            hanging(),
            label("移送、交办\n部门"),
            value("{{ 移送交办部门|default('/') }}"),
            label("联系人及电话"),
            value("{{ 移送交办部门联系方式|default('/') }}"),
            height=14,
        ),
        row(
            label("当事人", merge="restart"),
            label("名称（姓名）"),
            value("{{ 当事人|default('/') }}", 3),
        ),
        row(
            hanging(),
            label("证件号码"),
            value("{{ 证件号码|default('/') }}"),
            label("联系电话"),
            value("{{ 当事人电话|default('/') }}"),
        ),
        row(hanging(), label("住所（住址）"), value("{{ 住所|default('/') }}", 3)),
        tall(
            label("案源内容", 2),
            writing(
                paragraph("Cell", "{{ 线索标题 }}"),
                long_text("线索内容", "CellLong"),
                paragraph("Cell", "发生地点：{{ 发生地点|default('/') }}"),
                paragraph("CellRight", "登记人：{{ 经办人 }}　　{{ 登记时间|cn_date }}"),
                span=3,
            ),
            height=46,
        ),
        tall(
            label("案源处理\n意见", 2),
            writing(
                paragraph(
                    "CellLong",
                    "{% if 监管事项 %}建议按“{{ 监管事项 }}”办理，由{{ 主办部门|default('/') }}主办"
                    "{% if 协办部门 %}，{{ 协办部门|join }}协办{% endif %}。{% endif %}",
                ),
                long_text("案源处理意见", "CellLong"),
                paragraph(
                    "CellRight",
                    "办案机构负责人：{{ 承办机构负责人|default('　　　　　') }}　　　　年　月　日",
                ),
                span=3,
            ),
            height=30,
        ),
        row(label("备注", 2), value("{{ 备注|default('/') }}", 3)),
    )
    blocks = table_head("案件来源登记表", "登记号：{{ 线索编号 }}") + form
    return plain_page(blocks, "案件来源登记表")


def dispatch_slip() -> bytes:
    """线索转办单: what is handed to whom, why, and until when."""
    form = table(
        (26, 52, 26, 52),
        row(
            label("线索编号"),
            value("{{ 线索编号 }}"),
            label("外部编号"),
            value("{{ 外部编号|default('/') }}"),
        ),
        row(
            label("线索来源"),
            value("{{ 线索来源 }}"),
            label("登记时间"),
            value("{{ 登记时间|cn_datetime }}"),
        ),
        row(label("主办部门"), value("{{ 主办部门 }}", 3)),
        row(label("协办部门"), value("{{ 协办部门|join|default('/') }}", 3)),
        row(
            label("监管领域"),
            value("{{ 监管领域|default('/') }}"),
            label("监管事项"),
            value("{{ 监管事项|default('/') }}"),
        ),
        row(
            label("当事人"),
            value("{{ 当事人|default('/') }}"),
            label("证件号码"),
            value("{{ 证件号码|default('/') }}"),
        ),
        row(
            label("发生地点"),
            value("{{ 发生地点|default('/') }}"),
            label("反映人"),
            value("{{ 举报人|default('/') }}"),
        ),
        row(label("线索标题"), value("{{ 线索标题 }}", 3)),
        tall(label("线索内容"), writing(long_text("线索内容", "CellLong"), span=3), height=30),
        tall(label("转办理由"), writing(long_text("转办理由", "CellLong"), span=3), height=16),
        tall(label("办理要求"), writing(long_text("办理要求", "CellLong"), span=3), height=16),
        row(
            label("签收期限"),
            value("{{ 签收期限|cn_datetime|default('/') }}"),
            label("退回期限"),
            value("{{ 退回期限|cn_datetime|default('/') }}"),
        ),
        row(
            label("办理期限"),
            value("{{ 办理期限|cn_datetime|default('/') }}"),
            label("转办时间"),
            value("{{ 转办时间|cn_datetime }}"),
        ),
        row(
            label("转办单位\n经办人"),
            value("{{ 经办人 }}（{{ 经办人电话|default('/') }}）"),
            label("承办部门\n签收"),
            value("签收人：\n　　　年　月　日　时　分"),
            height=14,
        ),
    )
    note = remark(
        "注：1. 办理期限自转办之时起算。2. 认为不属于本部门职责的，应当在退回期限内说明理由、"
        "提出建议承办部门后退回，不得自行转送其他部门。3. 反映人信息应当保密。"
    )
    return plain_page(table_head("线索转办单", "{{ 文号 }}") + form + note, "线索转办单")


def transfer_letter() -> bytes:
    """案件移送函: the case or clue goes to the organ that is competent."""
    blocks = (
        form_head("案件移送函")
        + addressee()
        + body(
            "本机关在工作中发现{% if 当事人 %}{{ 当事人 }}{% endif %}涉嫌{{ 案由 }}一案"
            "（线索：{{ 线索标题 }}，线索编号：{{ 线索编号 }}）。"
            "经核查，{{ 移送原因|clause }}。依据{{ 移送依据 }}的规定，现移送你单位处理。"
        )
        + when("核查情况", body("已查明的情况："), long_text("核查情况"))
        + body(
            "请你单位依法处理，并将处理结果书面告知本机关。对管辖有异议的，"
            "请依法报请共同的上一级机关指定管辖，不再自行移送。"
        )
        + contact()
        + attachments()
        + signature()
        + copies_to()
        + remark("本文书一式两份，一份送达受移送单位，一份归档。")
    )
    return plain_page(blocks, "案件移送函")


def return_letter() -> bytes:
    """退回函: the clue goes back, with the reason and the department believed competent."""
    blocks = (
        letter_head("问题线索退回函")
        + addressee()
        + body(
            "你单位转来的线索“{{ 线索标题 }}”（线索编号：{{ 线索编号 }}"
            "{% if 来文文号 %}，转办文号：{{ 来文文号 }}{% endif %}）"
            "{% if 收到时间 %}，我单位于{{ 收到时间|cn_datetime }}收到{% endif %}。"
            "经研究，该线索不属于我单位职责范围，现予退回。"
        )
        + heading("一、退回理由")
        + long_text("退回理由")
        + heading("二、建议承办部门")
        + body(
            "经研判，该线索建议由{{ 建议主办部门 }}办理"
            "{% if 退回依据 %}，依据为{{ 退回依据 }}{% endif %}。"
        )
        + body("请你单位重新确定承办部门。我单位在收到线索期间形成的材料随函移交。")
        + contact(with_address=False)
        + attachments()
        + signature()
        + copies_to()
    )
    return letter_page(blocks, "退回函")


def jurisdiction_designation() -> bytes:
    """指定管辖通知书: who has the case from now on; binding on all parties."""
    blocks = (
        form_head("指定管辖通知书")
        + addressee()
        + body(
            "关于{{ 案件名称 }}（线索编号：{{ 线索编号 }}）的管辖问题，"
            "{{ 争议各方|join }}发生争议，报请本机关指定管辖。"
        )
        + when("争议事由", body("争议事由：{{ 争议事由|clause }}。"))
        + when("指定理由", body("经审查，{{ 指定理由|clause }}。"))
        + body(
            "根据{{ 指定依据 }}的规定，现指定{{ 指定部门 }}管辖。",
            "请原受理该案件（线索）的单位及时将有关材料移交被指定的单位，并办理交接手续。"
            "被指定的单位应当依法办理，不得退回或者再行移送。",
        )
        + contact()
        + attachments()
        + signature()
        + copies_to()
        + remark("本文书送达争议各方各一份，一份归档。")
    )
    return plain_page(blocks, "指定管辖通知书")


def dispute_letter() -> bytes:
    """管辖争议协商函: one department's view, sent to the other before a superior decides."""
    blocks = (
        letter_head("管辖争议协商函")
        + addressee()
        + body(
            "关于线索“{{ 线索标题 }}”（线索编号：{{ 线索编号 }}）的管辖问题，"
            "我单位与{{ 争议各方|join }}存在不同意见，现依据{{ 争议依据 }}的规定商请协商解决。"
        )
        + heading("一、争议事由")
        + long_text("争议事由")
        + heading("二、我单位意见")
        + long_text("本机关意见")
        + body("建议由{{ 建议承办部门 }}管辖。")
        + body(
            "请于{{ 协商期限|cn_date }}前书面回复意见。协商不成的，"
            "将依法报请共同的上一级机关或者有权协调的机关指定管辖。"
        )
        + contact(with_address=False)
        + attachments()
        + signature()
        + copies_to()
    )
    return letter_page(blocks, "管辖争议协商函")


def redirect_notice() -> bytes:
    """告知书: the matter belongs to another channel, and which one."""
    blocks = (
        letter_head("告知书")
        + addressee()
        + body(
            "你（单位）于{{ 登记时间|cn_date }}反映的“{{ 线索标题 }}”（编号：{{ 线索编号 }}）收悉。"
        )
        + body("经审查，{{ 不予受理理由|clause }}。")
        + body(
            "{% if 告知依据 %}依据{{ 告知依据 }}的规定，{% endif %}"
            "现告知你（单位）可以通过以下途径提出：{{ 建议途径 }}"
            "{% if 建议承办部门 %}（{{ 建议承办部门 }}）{% endif %}。"
        )
        + when("办理提示", body("{{ 办理提示 }}"))
        + body("特此告知。")
        + contact()
        + signature()
    )
    return letter_page(blocks, "告知书")


def result_reply() -> bytes:
    """办理结果答复书: what was found and done about what somebody reported."""
    blocks = (
        letter_head("办理结果答复书")
        + addressee()
        + body(
            "{{ 登记时间|cn_date }}反映的“{{ 线索标题 }}”（线索编号：{{ 线索编号 }}"
            "{% if 外部编号 %}，来件编号：{{ 外部编号 }}{% endif %}）已办理完毕。"
            "现将办理结果答复如下："
        )
        + heading("一、核查情况")
        + long_text("核查情况")
        + heading("二、处理结果")
        + long_text("办理结果")
        + when("处理依据", heading("三、处理依据"), body("{{ 处理依据|clause }}。"))
        + when("救济途径", body("{{ 救济途径 }}"))
        + body("感谢对我们工作的监督和支持。")
        + contact(with_address=False)
        + signature()
        + copies_to()
    )
    return letter_page(blocks, "办理结果答复书")
