"""Papers of enforcement: the demand to pay, and the application to the court."""

from documents.sheet.blocks import (
    body,
    head_row,
    heading,
    lines,
    list_row,
    long_text,
    paragraph,
    row_loop,
    table,
    when,
)
from documents.sheet.page import form_page
from documents.sheet.phrases import addressee, contact, form_head, party, remark, signature

_DECISION = "《行政处罚决定书》（{{ 处罚决定书文号 }}）"


def demand_notice() -> bytes:
    """行政处罚决定履行催告书: what is still owed, until when and how, and the right to object."""
    blocks = (
        form_head("行政处罚决定履行催告书")
        + addressee("当事人")
        + body(
            "本机关于{{ 决定日期|cn_date }}对你（单位）作出" + _DECISION + "，"
            "并于{{ 送达日期|cn_date }}送达。你（单位）逾期未履行下列义务："
        )
        + when("罚款金额", lines("罚款数额：{{ 罚款金额|default(0)|amount }}元"))
        + when(
            "没收违法所得金额",
            lines("没收违法所得：{{ 没收违法所得金额|default(0)|amount }}元"),
        )
        + lines(
            "已缴数额：{{ 已缴金额|amount }}元"
            "{% if 折抵罚金金额 %}；已折抵人民法院判处的罚金："
            "{{ 折抵罚金金额|amount }}元{% endif %}",
            "加处罚款：{{ 加处罚款金额|amount }}元（计算至{{ 成文日期|cn_date }}）",
            "应缴合计：{{ 应缴金额|amount }}元（大写：人民币{{ 应缴金额|cn_money }}）",
        )
        + body(
            "依据{{ 催告依据 }}的规定，现催告你（单位）自收到本催告书之日起十个工作日内"
            "{{ 缴款方式|default('按照决定书载明的方式') }}履行上述义务。"
        )
        + when("催告内容", long_text("催告内容"))
        + body(
            "对本催告书，你（单位）有权自收到之日起进行陈述和申辩。"
            "催告期满仍不履行的，本机关将依法申请人民法院强制执行。"
        )
        + contact()
        + signature()
        + remark("本文书一式两份，一份送达，一份归档。")
    )
    return form_page(blocks, "行政处罚决定履行催告书")


def put_off_notice() -> bytes:
    """准予延期（分期）缴纳罚款通知书: what is due when, and what follows where it is not paid."""
    plan = table(
        (20, 60, 76),
        head_row("期次", "到期日", "金额（元）"),
        *row_loop(
            "行",
            "缴纳计划",
            list_row("{{ loop.index }}", "{{ 行.到期日|cn_date }}", "{{ 行.金额|amount }}"),
        ),
    )
    blocks = (
        form_head("准予延期（分期）缴纳罚款通知书")
        + addressee("当事人")
        + body(
            "本机关于{{ 决定日期|cn_date }}对你（单位）作出" + _DECISION + "，决定罚款"
            "{{ 罚款金额|amount }}元，已缴{{ 已缴金额|amount }}元"
            "{% if 折抵罚金金额 %}，已折抵罚金{{ 折抵罚金金额|amount }}元{% endif %}。"
            "你（单位）因经济困难提出申请。"
            "经审查，依据{{ 准予依据 }}的规定，准予按下列计划缴纳："
        )
        + plan
        + body(
            "未到期的部分不加处罚款。任何一期到期不缴纳的，自到期次日起每日按该期未缴数额的"
            "百分之三加处罚款，加处罚款的总额不超过罚款的数额；本机关可以依法申请人民法院强制执行。"
            "{% if 加处罚款金额 %}截至本通知书之日已产生的加处罚款"
            "{{ 加处罚款金额|amount }}元仍应缴纳。{% endif %}"
            "{% if 没收违法所得金额 %}没收的违法所得{{ 没收违法所得金额|amount }}元不在延期、"
            "分期之列。{% endif %}"
        )
        + contact()
        + signature()
        + remark("本文书一式两份，一份送达，一份归档。")
    )
    return form_page(blocks, "准予延期（分期）缴纳罚款通知书")


def enforcement_application() -> bytes:
    """强制执行申请书: who asks the court for what, against whom, on which decision."""
    blocks = (
        form_head("强制执行申请书")
        + addressee("申请执行的法院")
        + heading("一、申请人")
        + lines(
            "名称：{{ 承办部门 }}",
            "地址：{{ 机关地址|default('/') }}",
            "联系人：{{ 联系人 }}　　联系电话：{{ 联系电话 }}",
        )
        + heading("二、被申请人")
        + party()
        + heading("三、申请执行事项")
        + long_text("申请执行事项")
        + body(
            "应缴合计：{{ 应缴金额|amount }}元（大写：人民币{{ 应缴金额|cn_money }}），其中"
            "{% if 罚款金额 %}罚款{{ 罚款金额|default(0)|amount }}元，{% endif %}"
            "{% if 没收违法所得金额 %}没收违法所得"
            "{{ 没收违法所得金额|default(0)|amount }}元，{% endif %}"
            "加处罚款{{ 加处罚款金额|amount }}元，"
            "已缴{{ 已缴金额|amount }}元"
            "{% if 折抵罚金金额 %}，已折抵罚金{{ 折抵罚金金额|amount }}元{% endif %}。"
        )
        + heading("四、事实和理由")
        + body(
            "本机关于{{ 决定日期|cn_date }}对被申请人作出" + _DECISION + "，并于"
            "{{ 送达日期|cn_date }}送达。{{ 救济情况 }}"
            "本机关于{{ 催告日期|cn_date }}制发《行政处罚决定履行催告书》"
            "（{{ 催告书文号 }}），催告期满被申请人仍未履行。"
            "依据{{ 申请依据 }}的规定，申请强制执行。"
        )
        + when("逾期理由", body("逾期申请的正当理由：{{ 逾期理由|clause }}。"))
        + paragraph("Normal")
        + paragraph("Attachment", "附件：1. 行政处罚决定书及作出决定的事实、理由和依据")
        + paragraph("Attachment", "　　　2. 当事人的意见及行政机关催告情况")
        + paragraph("Attachment", "　　　3. 申请强制执行标的情况")
        + paragraph("Attachment", "　　　4. 法律、行政法规规定的其他材料")
        + paragraph("Contact", "行政机关负责人（签名）：")
        + signature()
        + remark("本文书一式两份，一份送人民法院，一份归档。")
    )
    return form_page(blocks, "强制执行申请书")
