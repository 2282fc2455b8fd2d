"""The documents of a criminal referral."""

from documents.sheet.blocks import (
    body,
    each,
    head_row,
    heading,
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
    value,
    when,
)
from documents.sheet.code import CODE_IN_LINE
from documents.sheet.keeping import kept
from documents.sheet.page import form_page, official_letter
from documents.sheet.phrases import (
    addressee,
    attachment,
    attachments,
    contact,
    copies_to,
    evidence,
    form_head,
    letter_about,
    letter_end,
    party,
    remark,
    signature,
    tick,
)

_REPORT = "{{ ('关于' ~ 当事人 ~ '涉嫌' ~ 涉嫌罪名|join ~ '案件情况的调查报告')|wrapped(20) }}"


def crime_investigation_report() -> bytes:
    """涉嫌犯罪案件情况的调查报告: source, seizure, suspects, facts, evidence, law, proposal."""
    blocks = (
        paragraph("Title", _REPORT)
        + paragraph("Normal")
        + lines("案件名称：{{ 案件名称 }}", "线索编号：{{ 线索编号 }}")
        + heading("一、案件来源")
        + body("案件来源：{{ 案件来源 }}。登记时间：{{ 登记时间|cn_datetime }}。")
        + heading("二、查获情况")
        + long_text("查获情况")
        + heading("三、犯罪嫌疑人（单位）基本情况")
        + party()
        + when("嫌疑人情况", long_text("嫌疑人情况"))
        + heading("四、涉嫌犯罪的事实")
        + long_text("涉嫌犯罪事实")
        + _amounts()
        + heading("五、证据")
        + evidence()
        + heading("六、法律依据")
        + long_text("法律依据")
        + body("当事人的上述行为涉嫌构成{{ 涉嫌罪名|join }}。")
        + when("已采取措施", heading("七、已采取的行政措施和处罚"), long_text("已采取措施"))
        + heading("{% if 已采取措施 %}八{% else %}七{% endif %}、处理建议")
        + long_text("处理建议")
        + body(
            "根据《行政执法机关移送涉嫌犯罪案件的规定》第三条、第五条的规定，"
            "建议将本案移送{{ 同级公安机关 }}，请审批。"
        )
        + attachments()
        + paragraph("Normal")
        + paragraph("Contact", "专案组成员：{{ 专案组成员|join }}")
        + signature()
    )
    return form_page(blocks, "涉嫌犯罪案件情况的调查报告")


def _amounts() -> str:
    return when(
        "涉案数额",
        body("涉案数额、数量："),
        each(
            "额",
            "涉案数额",
            body(
                "{{ loop.index }}. {{ 额.项目 }}：{{ 额.数额 }}{{ 额.单位 }}"
                "{% if loop.last %}。{% else %}；{% endif %}"
            ),
        ),
    )


def crime_transfer() -> bytes:
    """涉嫌犯罪案件移送书: the letter, its annex (罪名, 主办人, materials) and the receipt."""
    blocks = (
        form_head("涉嫌犯罪案件移送书")
        + addressee()
        + body(
            "{{ 案件名称 }}，经调查（核查），当事人{{ 当事人 }}的行为涉嫌构成犯罪。",
            "根据《中华人民共和国行政处罚法》第二十七条第一款、"
            "《行政执法机关移送涉嫌犯罪案件的规定》第三条的规定，现移送你单位处理。"
            "请依法审查，并将是否立案的决定书面通知本机关。",
        )
        + contact()
        + attachment("移送附页及所列材料")
        + signature()
        + kept(
            remark(
                CODE_IN_LINE
                + "本文书一式三份，一份送达受移送公安机关，一份抄送同级人民检察院，一份归档。"
            )
        )
        + copies_to()
        + _annex()
        + _receipt()
    )
    return form_page(blocks, "涉嫌犯罪案件移送书")


def _annex() -> str:
    facts = table(
        (26, 52, 26, 52),
        row(label("案件名称"), value("{{ 案件名称 }}", 3)),
        row(label("涉嫌罪名"), value("{{ 涉嫌罪名|join }}", 3)),
        row(label("主要依据"), value("{{ 主要依据|default('/') }}", 3)),
        pairs("犯罪嫌疑人\n（单位）", "{{ 当事人 }}", "证件号码", slashed("证件号码"), height=14),
        pairs("案件主办人", "{{ 主办人|join }}", "主办人电话", "{{ 主办人电话 }}"),
        pairs(
            "批准移送\n时间",
            "{{ 批准时间|cn_datetime }}",
            "移送时间",
            "{{ 移送时间|cn_datetime|default('　　年　月　日　时　分') }}",
        ),
    )
    materials = table(
        (14, 68, 18, 18, 38),
        head_row("序号", "移送材料名称", "份数", "页数", "备注"),
        *row_loop(
            "行",
            "材料清单",
            list_row(
                "{{ loop.index }}",
                "-{{ 行.名称 }}{% if 行.文号 %}（{{ 行.文号 }}）{% endif %}",
                slashed("行.份数"),
                "{{ 行.页数|default('') }}",
                "-{{ 行.备注|default('/') }}",
            ),
        ),
    )
    return (
        paragraph("Annex", "附件")
        + paragraph("AnnexRoom")
        + paragraph("Title", "涉嫌犯罪案件移送附页")
        + paragraph("FormNumber", "移送书文号：{{ 文号 }}")
        + facts
        + paragraph("Remark", "移送材料清单：")
        + materials
    )


def _receipt() -> str:
    """The police sign here; incomplete material is to be supplemented, never refused."""
    form = table(
        (26, 52, 26, 52),
        pairs("移送书文号", "{{ 文号 }}", "移送单位", "{{ 承办部门 }}"),
        row(label("案件名称"), value("{{ 案件名称 }}", 3)),
        row(label("接收单位"), value("{{ 主送机关|join }}", 3)),
        row(
            label("接收材料"),
            value(
                "共{% if 材料清单 %}{{ 材料清单|total('份数') }}份"
                "{{ 材料清单|total_or_room('页数') }}页"
                "{% else %}　　份　　页{% endif %}"
            ),
            label("材料\n是否齐全"),
            value("□齐全　□不齐全"),
        ),
        row(label("补正要求"), value("（材料不齐全的，列明需要补正的内容）", 3), height=16),
        pairs("接收人签字", "", "接收时间", "　　年　月　日　时　分", height=14),
    )
    return (
        paragraph("Receipt", "涉嫌犯罪案件移送书回执")
        + paragraph("FormNumber", "（本联由接收单位签字盖章后退移送单位）")
        + form
    )


def reconsideration_request() -> bytes:
    """提请复议书: the organ asks the police to look again at a refusal to file."""
    blocks = (
        letter_about("案件名称", "提请复议书")
        + addressee()
        + body(
            "本机关于{{ 移送时间|cn_date }}以《涉嫌犯罪案件移送书》（{{ 移送书文号 }}）"
            "移送的{{ 案件名称 }}，你单位作出不予立案决定"
            "{% if 不予立案文号 %}（{{ 不予立案文号 }}）{% endif %}，"
            "本机关于{{ 不予立案收到时间|cn_date }}收到不予立案通知书。"
            "本机关对该决定有异议，根据《行政执法机关移送涉嫌犯罪案件的规定》第九条第一款的规定，提请复议。"
        )
        + heading("一、公安机关不予立案的理由")
        + long_text("不予立案理由")
        + heading("二、提请复议的事实和理由")
        + long_text("复议理由")
        + heading("三、请求")
        + body("请求撤销上述不予立案决定，对{{ 当事人 }}涉嫌{{ 涉嫌罪名|join }}一案立案侦查。")
        + contact(with_address=False)
        + letter_end()
    )
    return official_letter(blocks, "提请复议书")


def filing_supervision_proposal() -> bytes:
    """建议立案监督函: the organ asks the procuratorate to supervise the police's filing."""
    blocks = (
        letter_about("案件名称", "建议立案监督函")
        + addressee()
        + body(
            "本机关于{{ 移送时间|cn_date }}以《涉嫌犯罪案件移送书》（{{ 移送书文号 }}）"
            "向{{ 同级公安机关 }}移送{{ 案件名称 }}，涉嫌罪名：{{ 涉嫌罪名|join }}。"
        )
        + lines(
            tick("监督事由 == '不予立案'", "公安机关作出不予立案决定")
            + "{% if 不予立案文号 %}（{{ 不予立案文号 }}）{% endif %}",
            tick("监督事由 == '维持不予立案'", "公安机关复议维持不予立案"),
            tick("监督事由 == '逾期未决定'", "公安机关逾期未作出决定"),
        )
        + heading("一、移送和公安机关审查情况")
        + when("审查经过", long_text("审查经过"))
        + heading("二、涉嫌犯罪的主要事实")
        + long_text("涉嫌犯罪事实")
        + heading("三、建议理由")
        + long_text("建议理由")
        + body("根据{{ 监督依据 }}的规定，建议依法进行立案监督。")
        + contact(with_address=False)
        + letter_end()
    )
    return official_letter(blocks, "建议立案监督函")
