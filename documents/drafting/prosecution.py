"""The way back: the procuratorate's opinion is answered."""

from documents.sheet.blocks import body, heading, long_text, when
from documents.sheet.page import official_letter
from documents.sheet.phrases import (
    addressee,
    contact,
    letter_about,
    letter_end,
)


def fine_set_off_notice() -> bytes:
    """罚款折抵罚金情况告知函: the court and the party are told of the fine given before."""
    blocks = (
        letter_about("案件名称", "罚款折抵罚金情况告知函")
        + addressee()
        + body(
            "你院{{ 来文文号 }}判决对{{ 当事人 }}判处罚金{{ 罚金数额|amount }}元。"
            "就{{ 案件名称 }}，本机关此前已作出《行政处罚决定书》（{{ 处罚决定书文号 }}，"
            "{{ 处罚决定日期|cn_date }}），对当事人给予罚款{{ 罚款金额|amount }}元，"
            "已缴纳{{ 已缴金额|amount }}元。"
        )
        + body(
            "根据{{ 折抵依据 }}的规定，已经给予的罚款应当折抵相应罚金，现将有关情况告知，"
            "请依法予以折抵。本机关不再就同一违法行为给予罚款。"
        )
        + contact(with_address=False)
        + letter_end()
    )
    return official_letter(blocks, "罚款折抵罚金情况告知函")


def opinion_reply() -> bytes:
    """检察意见回复函: what was done about the procuratorate's opinion, and with which result."""
    blocks = (
        letter_about("案件名称", "检察意见回复函")
        + addressee()
        + body(
            "你院{{ 检察意见书文号 }}检察意见书（关于{{ 案件名称 }}）于"
            "{{ 检察意见送达时间|cn_date }}收悉。根据{{ 回复依据 }}的规定，现将处理情况回复如下："
        )
        + heading("一、检察意见的内容")
        + long_text("检察意见")
        + heading("二、处理结果")
        + body("{{ 处理结果|clause }}。")
        + when("处罚决定书文号", body("有关决定：《行政处罚决定书》（{{ 处罚决定书文号 }}）。"))
        + contact(with_address=False)
        + letter_end()
    )
    return official_letter(blocks, "检察意见回复函")
