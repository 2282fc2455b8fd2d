"""Letters between organs: assistance, help, consultation, information, and the answer."""

from documents.sheet.blocks import body, heading, long_text, subheading, when
from documents.sheet.page import form_page, official_letter
from documents.sheet.phrases import (
    THE_CLUE,
    addressee,
    attachments,
    contact,
    form_head,
    letter_about,
    letter_end,
    letter_head,
    remark,
    signature,
)

_CLUE = "线索“{{ 线索标题 }}”（线索编号：{{ 线索编号 }}）"


def assistance_letter() -> bytes:
    """协助调查函: what is to be found out, on which ground, and by when."""
    blocks = (
        form_head("协助调查函")
        + addressee()
        + body(
            "本机关正在办理{{ 案件名称 }}（线索编号：{{ 线索编号 }}）。因办案需要，"
            "依据{{ 协作依据 }}的规定，请你单位协助调查下列事项："
        )
        + when("案情", subheading("基本情况"), long_text("案情"), subheading("协助事项"))
        + long_text("协作事项")
        + body(
            "请于{{ 协作期限|cn_date }}前完成，并将调查结果和相关证据材料函告本机关。"
            "需要延期完成的，请在期限届满前告知；认为不属于职责范围或者不能协助的，请说明理由。"
        )
        + contact()
        + letter_end()
        + remark("本文书一式两份，一份送协助单位，一份归档。")
    )
    return form_page(blocks, "协助调查函")


def _letter(title: str, opening: str, asked: str, closing: str) -> bytes:
    blocks = (
        letter_about(THE_CLUE, title)
        + addressee()
        + body(opening)
        + when("案情", subheading("基本情况"), long_text("案情"))
        + heading(asked)
        + long_text("协作事项")
        + heading("二、时间要求")
        + body(closing)
        + contact(with_address=False)
        + letter_end()
    )
    return official_letter(blocks, title)


def help_request() -> bytes:
    """商请协助函: appraisal, custody of goods, police help or early participation is asked for."""
    return _letter(
        "商请协助函",
        "我单位正在办理" + _CLUE + "。因工作需要，依据{{ 协作依据 }}的规定，"
        "现就{{ 协作类别 }}事宜商请你单位予以协助。",
        "一、商请协助事项",
        "请于{{ 协作期限|cn_date }}前函复办理情况；情况紧急的，请先行协助。"
        "不能协助的，请说明理由。",
    )


def consultation_letter() -> bytes:
    """咨询函: a question of law or evidence, put to police or procuratorate."""
    return _letter(
        "咨询函",
        "我单位正在办理" + _CLUE + "。因案件定性、证据收集或者法律适用需要，"
        "依据{{ 协作依据 }}的规定，现就有关问题向你单位咨询。",
        "一、咨询问题",
        "请于{{ 协作期限|cn_date }}前书面答复。答复意见供我单位办案参考。",
    )


def situation_report() -> bytes:
    """情况通报: what another organ should know, and what it is asked to say in turn."""
    return _letter(
        "情况通报",
        "我单位在办理"
        + _CLUE
        + "过程中，有关情况与你单位职责相关。依据{{ 协作依据 }}的规定，现通报如下。",
        "一、通报内容",
        "请你单位依照职责处理；有需要反馈的情况，请于{{ 协作期限|cn_date }}前函告我单位。",
    )


def request_reply() -> bytes:
    """协作事项复函: answered, not possible, or later, with the ground."""
    blocks = (
        letter_about(THE_CLUE, "协作事项复函")
        + addressee()
        + body(
            "你单位{% if 来函名称 %}《{{ 来函名称 }}》{% else %}关于{{ 协作类别 }}的来函{% endif %}"
            "{% if 来函文号 %}（{{ 来函文号 }}）{% endif %}收悉，"
            "涉及" + _CLUE + "。现函复如下："
        )
        + heading("一、来函事项")
        + long_text("协作事项")
        + heading("二、{{ 复函类别 }}")
        + long_text("复函内容")
        + when("延期至", body("我单位将于{{ 延期至|cn_date }}前函复。"))
        + contact(with_address=False)
        + attachments()
        + signature()
    )
    return official_letter(blocks, "协作事项复函")


def risk_warning_notice() -> bytes:
    """风险预警通知书: what was counted, what is asked of the addressees, and by when."""
    blocks = (
        letter_head("风险预警通知书")
        + addressee()
        + body(
            "根据{{ 预警依据 }}的规定，现将风险预警“{{ 预警名称 }}”（编号：{{ 事项编号 }}）"
            "推送你单位，请协同处置。"
        )
        + heading("一、预警情况")
        + body("预警指标：{{ 预警指标 }}。")
        + body("预警对象：{{ 预警对象 }}。")
        + body("计算过程：{{ 计算过程 }}。")
        + body(
            "本预警按收到的线索或者抽查结果的件数计算，只说明件数异常，"
            "不是对违法事实的认定，也不是对企业的评价。"
        )
        + heading("二、研判意见")
        + long_text("研判意见")
        + heading("三、处置要求")
        + long_text("处置要求")
        + body("请于{{ 反馈期限|cn_date }}前将处置情况书面反馈我单位。")
        + contact(with_address=False)
        + letter_end()
    )
    return official_letter(blocks, "风险预警通知书")


def circular() -> bytes:
    """情况通报 of no clue: what other organs should know, to be signed for and perhaps answered."""
    blocks = (
        letter_head("{{ 通报标题 }}")
        + addressee()
        + when("通报依据", body("根据{{ 通报依据 }}的规定，现将有关情况通报如下。"))
        + long_text("通报内容")
        + body("请自收到本通报之日起{{ 签收工作日 }}个工作日内签收。")
        + when("反馈期限", body("请于{{ 反馈期限|cn_date }}前将有关情况书面反馈我单位。"))
        + contact(with_address=False)
        + letter_end()
    )
    return official_letter(blocks, "情况通报")
