"""Papers on goods of a case: disposed of early, fetched by nobody, shown to an owner; a refund."""

from documents.sheet.blocks import (
    body,
    head_row,
    heading,
    list_row,
    long_text,
    paragraph,
    row_loop,
    slashed,
    table,
    when,
)
from documents.sheet.page import form_page
from documents.sheet.phrases import addressee, contact, form_head, remark, signature

_TWO = remark("本文书一式两份，一份送达，一份归档。")


def _goods(fact: str, *, batch: bool = False) -> str:
    """The goods, a row each."""
    second, third = ("规格批号", "") if batch else ("规格", "单位")
    names = ["序号", "名称", "规格、批号" if batch else "规格"]
    cells = ["{{ loop.index }}", "-{{ 行.名称 }}", f"-{{{{ 行.{second}|default('/') }}}}"]
    widths = [14, 48, 34]
    if third:
        names.append(third)
        cells.append(slashed(f"行.{third}"))
        widths.append(14)
    names += ["数量", "备注"]
    cells += [slashed("行.数量"), "-{{ 行.备注|default('/') }}"]
    widths += [16, 156 - sum(widths) - 16]
    return table(tuple(widths), head_row(*names), *row_loop("行", fact, list_row(*cells)))


def disposal_announcement() -> bytes:
    """先行处置物品公告: whose goods these are is asked before they spoil."""
    blocks = (
        form_head("先行处置物品公告")
        + paragraph("Normal")
        + body(
            "本机关在调查{{ 案件名称 }}中{{ 强制措施种类|default('查封、扣押') }}的下列物品"
            "{{ 不宜长期保存的情形 }}，不宜长期保存，拟依法先行处置"
            "（拟处置方式：{{ 拟处置方式 }}）。"
            "因物品的权利人不明确，依据{{ 处置依据 }}的规定，现予公告。"
        )
        + _goods("先行处置的物品")
        + body(
            "请上列物品的权利人在{{ 寻找权利人公告届满日期|cn_date }}前"
            "持身份证明和权属证明到本机关，提出同意先行处置或者其他的意见。公告期满仍没有权利人同意或者申请的，"
            "本机关经负责人批准后依法先行处置，所得款项按照涉案现金管理。"
        )
        + contact()
        + signature()
        + remark("本文书一式两份，一份公告，一份归档。")
    )
    return form_page(blocks, "先行处置物品公告")


def disposal_notice() -> bytes:
    """先行处置物品通知书: what is disposed of, why, on whose word, and what becomes of it."""
    blocks = (
        form_head("先行处置物品通知书")
        + addressee("当事人")
        + body(
            "本机关在调查{{ 案件名称 }}中{{ 强制措施种类|default('查封、扣押') }}的下列物品"
            "{{ 不宜长期保存的情形 }}，不宜长期保存。{{ 权利人意见 }}，"
            "经本机关负责人批准，依据{{ 处置依据 }}的规定，"
            "本机关将在采取措施留存证据以后先行处置（处置方式：{{ 拟处置方式 }}）。"
        )
        + _goods("先行处置的物品")
        + heading("不宜长期保存的理由")
        + long_text("不宜长期保存的理由")
        + body(
            "先行处置所得款项按照涉案现金管理；依法解除{{ 强制措施种类|default('查封、扣押') }}的，"
            "退还所得款项，先行处置明显不当造成损失的，给予补偿。"
        )
        + contact()
        + signature()
        + _TWO
    )
    return form_page(blocks, "先行处置物品通知书")


def goods_announcement() -> bytes:
    """领取财物公告: goods that were released wait for whom they belong to."""
    blocks = (
        form_head("领取财物公告")
        + paragraph("Normal")
        + body(
            "本机关在办理{{ 案件名称 }}中已经解除强制措施、登记保存的下列物品，因"
            "{{ 公告领取的情形 }}，依据{{ 公告依据 }}的规定，公告通知领取。"
        )
        + _goods("公告领取的物品")
        + body(
            "请当事人、物品的所有人自本公告发布之日起三十日内（至{{ 领取届满日期|cn_date }}），"
            "持身份证明和权属证明到{{ 领取地点 }}领取。期满仍无人领取的，经本机关负责人批准，"
            "依法将物品上缴，或者拍卖后将所得款项上缴国库。"
        )
        + contact()
        + signature()
        + remark("本文书一式两份，一份公告，一份归档。")
    )
    return form_page(blocks, "领取财物公告")


def refund_order() -> bytes:
    """责令退款通知书: how much goes back to whom was charged too much, and by when."""
    blocks = (
        form_head("责令退款通知书")
        + addressee("当事人")
        + body(
            "你（单位）涉嫌{{ 案由 }}一案，本机关已以《行政处罚告知书》（{{ 告知书文号 }}）"
            "告知拟责令退还多收价款的数额并听取了意见。依据{{ 责令依据 }}的规定，"
            "责令你（单位）在{{ 责令退款的期限|cn_date }}前，将多收的价款"
            "{{ 责令退还的数额|amount }}元退还多付价款的消费者、其他经营者。"
        )
        + heading("责令退款的理由")
        + long_text("责令退款的理由")
        + when(
            "公告查找多付价款的人",
            body("难以查找多付价款的消费者、其他经营者的，责令你（单位）在上述期限内公告查找。"),
        )
        + body(
            "请将退款的凭证、名单和公告查找的情况书面报告本机关。拒不退还或者期限届满没有退还的，"
            "依照法律、法规的规定处理；消费者、其他经营者要求退还的，依法承担民事责任。"
        )
        + contact()
        + signature()
        + _TWO
    )
    return form_page(blocks, "责令退款通知书")


def identification_request() -> bytes:
    """协助辨认（鉴别）通知书: the owner of a right is asked whether goods are his."""
    blocks = (
        form_head("协助辨认（鉴别）通知书")
        + addressee("权利人")
        + body(
            "因查处{{ 案件名称 }}（编号：{{ 线索编号 }}）需要，依据{{ 辨认依据 }}的规定，"
            "请你（单位）对下列产品进行辨认、鉴别。所涉权利：{{ 所涉权利 }}。"
        )
        + _goods("请辨认的产品", batch=True)
        + heading("一、辨认鉴别事项")
        + long_text("辨认鉴别事项")
        + heading("二、要求")
        + body(
            "请于{{ 请权利人答复的期限|cn_date }}前出具书面意见，"
            "写明是否为你（单位）生产或者许可生产的产品、辨认的依据和理由，由辨认人签名、加盖公章，并附权利证明、辨认人的授权和身份证明。"
            "对在辨认中知悉的案件情况，应当保密；故意作虚假辨认的，依法承担责任。"
        )
        + contact()
        + signature()
        + remark("本文书一式两份，一份送权利人，一份归档。")
    )
    return form_page(blocks, "协助辨认（鉴别）通知书")
