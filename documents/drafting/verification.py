"""The documents of a verification: the joint notice and the report."""

from documents.sheet.blocks import (
    body,
    each,
    head_row,
    heading,
    lines,
    list_row,
    long_text,
    paragraph,
    row_loop,
    subheading,
    table,
    when,
)
from documents.sheet.page import form_page, imprint, official_letter, red_head
from documents.sheet.phrases import (
    THE_CLUE,
    addressee,
    attachments,
    contact,
    evidence,
    letter_about,
    letter_end,
    signature,
)


def joint_verification_notice() -> bytes:
    """联合核查通知书: who checks what, and until when."""
    blocks = (
        letter_about(THE_CLUE, "联合核查通知书")
        + addressee()
        + body(
            "线索“{{ 线索标题 }}”（线索编号：{{ 线索编号 }}）涉及多个部门职责。"
            "根据{{ 核查依据 }}，决定由{{ 主办部门 }}牵头，会同{{ 协办部门|join }}开展联合核查。"
            "现将有关事项通知如下："
        )
        + heading("一、核查事项")
        + when("案情", long_text("案情"))
        + long_text("核查事项")
        + heading("二、任务分工和反馈期限")
        + _tasks()
        + heading("三、工作要求")
        + when(
            "集合时间",
            body(
                "联合核查定于{{ 集合时间|cn_datetime }}开始，"
                "集合地点：{{ 集合地点|default('另行通知') }}。"
            ),
        )
        + body(
            "各部门应当按照分工开展核查，在反馈期限内向牵头部门书面反馈查明的情况、证据材料和处理意见；"
            "认为与本部门职责无关的，应当书面说明理由。依法收集的证据和检验、检测、鉴定结果，"
            "各部门经审查可以互认共用，避免重复检查。",
        )
        + contact(with_address=False)
        + letter_end()
    )
    return official_letter(blocks, "联合核查通知书")


def _tasks() -> str:
    return table(
        (12, 48, 60, 36),
        head_row("序号", "部门", "核查任务", "反馈期限"),
        *row_loop(
            "行",
            "核查分工",
            list_row(
                "{{ loop.index }}",
                "-{{ 行.部门 }}",
                "-{{ 行.任务|default('/') }}",
                "{{ 行.反馈期限|cn_date|default('/') }}",
            ),
        ),
    )


def verification_report() -> bytes:
    """核查情况报告: findings and opinion; dissent verbatim, silence noted.

    It answers whoever passed the clue on, no superior: it names nobody as 签发人.
    """
    title = paragraph(
        "Title",
        "{{ ('关于' ~ 线索标题 ~ ('联合' if 核查意见 else '') ~ '核查情况的报告')|wrapped(20) }}",
    )
    blocks = (
        red_head(paragraph("NumberRed", "{{ 文号 }}"))
        + title
        + addressee()
        + body(
            "{% if 转办文号 %}根据《{{ 来文名称|default('线索转办单') }}》"
            "（{{ 转办文号 }}），{% endif %}我单位"
            "{% if 协办部门 %}会同{{ 协办部门|join }}{% endif %}对线索“{{ 线索标题 }}”"
            "（线索编号：{{ 线索编号 }}）进行了核查。现将有关情况报告如下："
        )
        + heading("一、线索来源和核查经过")
        + body("线索来源：{{ 线索来源 }}，登记时间：{{ 登记时间|cn_datetime }}。")
        + when("核查经过", long_text("核查经过"))
        + heading("二、被核查对象基本情况")
        + lines(
            "名称（姓名）：{{ 当事人|default('/') }}",
            "统一社会信用代码（证件号码）：{{ 证件号码|default('/') }}",
            "法定代表人（负责人、经营者）：{{ 法定代表人|default('/') }}",
            "住所（住址）：{{ 住所|default('/') }}",
        )
        + heading("三、查明的情况和证据")
        + long_text("核查情况")
        + when("证据清单", body("主要证据材料："), evidence())
        + _parts()
        + heading("{% if 核查意见 %}五{% else %}四{% endif %}、核查结论和处理建议")
        + body("核查结论：{{ 核查结论 }}。")
        + long_text("处理建议")
        + body("特此报告。")
        + attachments()
        + signature()
        + when(
            "联系人",
            paragraph("Contact", "（联系人：{{ 联系人 }}，联系电话：{{ 联系电话|default('/') }}）"),
        )
        + imprint()
    )
    return form_page(blocks, "核查情况报告")


def _parts() -> str:
    """What each department found, what it objects to, and who stayed silent."""
    opinions = each(
        "份",
        "核查意见",
        subheading("（{{ loop.index|cn_number }}）{{ 份.部门 }}"),
        body(
            "查明情况：{{ 份.查明情况|default('/') }}",
            "处理意见：{{ 份.处理意见|default('/') }}"
            "{% if 份.反馈时间 %}（{{ 份.反馈时间|cn_date }}反馈）{% endif %}",
        ),
    )
    dissent = when(
        "不同意见",
        body("不同意见（照录原文）："),
        each("异", "不同意见", body("{{ 异.部门 }}：“{{ 异.意见 }}”")),
    )
    silent = when(
        "未反馈部门",
        body("逾期未反馈意见的部门："),
        each("缺", "未反馈部门", body("{{ 缺.部门 }}：{{ 缺.说明|default('/') }}")),
    )
    return when("核查意见", heading("四、各部门核查意见"), opinions, dissent, silent)
