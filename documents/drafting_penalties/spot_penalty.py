"""The decision on the spot: all that the law has it say, on one form, signed there."""

from documents.drafting_penalties.penalty import itemised
from documents.sheet.blocks import body, heading, lines, long_text, paragraph, when
from documents.sheet.page import form_page
from documents.sheet.phrases import (
    CARRIED_OUT_MEANWHILE,
    contact,
    form_head,
    party,
    remark,
    review_first,
    signature,
)


def spot_decision() -> bytes:
    """行政处罚决定书（当场）: act, penalty, ground, time, place, payment, and review first."""
    blocks = (
        form_head("行政处罚决定书")
        + paragraph("CellCenter", "（当场处罚）")
        + party()
        + heading("一、违法事实和证据")
        + body("{{ 当场处罚时间|cn_datetime }}，在{{ 当场处罚地点 }}，经当场查明：")
        + long_text("违法事实")
        + body("以上事实有下列证据证明：")
        + long_text("证据")
        + long_text("定性依据")
        + heading("二、告知和陈述申辩")
        + body(
            "执法人员已经出示执法证件，当场告知当事人拟作出行政处罚的内容及事实、理由、依据，"
            "以及依法享有的陈述、申辩的权利。"
        )
        + long_text("当场告知和陈述申辩情况")
        + heading("三、处罚决定")
        + body(
            "依据{{ 处罚依据 }}和《中华人民共和国行政处罚法》第五十一条的规定，"
            "本机关当场决定对当事人处罚如下："
        )
        + itemised("处罚明细")
        + when("裁量档次", body("本机关裁量基准的档次：{{ 裁量档次 }}。"))
        + when(
            "超出或者不适用裁量档次的理由",
            body("超出或者不适用裁量档次的理由：") + long_text("超出或者不适用裁量档次的理由"),
        )
        + when("从轻减轻情况", body("{{ 从轻减轻情况 }}。"))
        + heading("四、履行方式和期限")
        + when(
            "当场收缴",
            body(
                "罚款已由执法人员当场收缴（{{ 当场收缴的情形|default('/') }}），"
                "票据号码：{{ 票据号码|default('/') }}。"
            ),
            otherwise=when(
                "罚款金额",
                body(
                    "当事人应当自收到本决定书之日起十五日内，到指定的银行或者通过电子支付系统缴纳罚款。"
                    "到期不缴纳的，依据《中华人民共和国行政处罚法》第七十二条的规定，"
                    "可以每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过罚款的数额。"
                ),
                otherwise=body("/"),
            ),
        )
        + heading("五、救济途径和期限")
        + body(review_first("决定书") + CARRIED_OUT_MEANWHILE)
        + lines(
            "执法人员（签名）：　　　　　　　　执法人员及证号：{{ 执法证号|join }}",
            "当事人签收情况：{{ 当事人签收情况 }}",
            "当事人（签名、盖章）：　　　　　　　　年　月　日",
        )
        + contact()
        + signature()
        + remark("本决定书一式两份，一份当场交付当事人，一份报所属行政机关备案。")
    )
    return form_page(blocks, "行政处罚决定书")
