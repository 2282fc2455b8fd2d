"""The documents of a penalty case that go to the party."""

from documents.sheet.blocks import (
    body,
    each,
    heading,
    long_text,
    paragraph,
    when,
)
from documents.sheet.page import form_page
from documents.sheet.phrases import (
    CARRIED_OUT_MEANWHILE,
    addressee,
    contact,
    evidence,
    form_head,
    party,
    remark,
    remedies,
    review_first,
    signature,
    tick,
)

_MARKET = "'市场监督管理' in 承办部门"
_REMEDIES = remedies("决定书")


def penalty_notice() -> bytes:
    """行政处罚告知书: what is intended, on which facts, and the party's rights."""
    blocks = (
        form_head("行政处罚告知书")
        + addressee("当事人")
        + body(
            "由本机关立案调查的你（单位）涉嫌{{ 案由 }}一案，已调查终结。"
            "根据《中华人民共和国行政处罚法》第四十四条、第四十五条"
            "{% if 告知听证权 %}、第六十三条、第六十四条{% endif %}"
            "{% if "
            + _MARKET
            + " %}和《市场监督管理行政处罚程序规定》第五十七条{% endif %}的规定，"
            "现将本机关拟作出行政处罚的内容及事实、理由、依据告知如下："
        )
        + heading("一、违法事实")
        + long_text("违法事实")
        + heading("二、拟作出的行政处罚的理由和依据")
        + long_text("案件性质")
        + body(
            "依据{{ 处罚依据 }}的规定{% if 裁量理由 %}，并考虑以下裁量因素：{% else %}。{% endif %}"
        )
        + when("裁量理由", long_text("裁量理由"))
        + heading("三、拟作出的行政处罚")
        + itemised("拟处罚明细")
        + when("拟处罚内容", long_text("拟处罚内容"))
        + when(
            "拟责令退还多收价款的数额",
            body(
                "作出处罚决定之前，本机关依据{{ 责令退款的依据|default('/') }}的规定，"
                "拟责令你（单位）退还多收价款"
                "{{ 拟责令退还多收价款的数额|amount }}元。"
            ),
        )
        + heading("四、你（单位）的权利")
        + body(
            tick("not 告知听证权", "对上述拟作出的行政处罚，你（单位）有权进行陈述、申辩。")
            + "自收到本告知书之日起五个工作日内，未行使陈述、申辩权的，视为放弃此权利。",
            tick(
                "告知听证权",
                "对上述拟作出的行政处罚，你（单位）有权进行陈述、申辩，并有权要求听证。",
            )
            + "自收到本告知书之日起五个工作日内，未行使陈述、申辩权，未要求听证的，"
            "视为放弃此权利。",
        )
        + contact()
        + signature()
        + remark("本文书一式两份，一份送达，一份归档。")
    )
    return form_page(blocks, "行政处罚告知书")


def penalty_decision() -> bytes:
    """行政处罚决定书: the elements the law asks for, in the order of the published form."""
    blocks = (
        form_head("行政处罚决定书")
        + paragraph("Normal")
        + party()
        + heading("一、案件来源及调查经过")
        + body("案件来源：{{ 案件来源 }}。")
        + long_text("调查经过")
        + when("已采取措施", long_text("已采取措施"))
        + when("移送经过", body("{{ 移送经过 }}"))
        + when("退款情况", body("{{ 退款情况 }}"))
        + when("替代说明", body("{{ 替代说明 }}"))
        + when("共同办理说明", body("{{ 共同办理说明 }}"))
        + heading("二、违法事实")
        + long_text("违法事实")
        + heading("三、证据")
        + body("以上事实，主要有以下证据证明：")
        + evidence()
        + heading("四、告知、陈述申辩和听证情况")
        + when("告知情况", long_text("告知情况"))
        + body("陈述、申辩及采纳情况：{{ 陈述申辩情况|clause }}。")
        + when(
            "听证情况",
            body("听证情况：{{ 听证情况|clause }}。"),
            when(
                "听证意见采纳情况",
                body("本机关根据听证笔录作出决定：{{ 听证意见采纳情况|clause }}。"),
            ),
        )
        + heading("五、案件性质、处罚理由和依据")
        + long_text("案件性质")
        + when("裁量理由", long_text("裁量理由"))
        + body("依据{{ 处罚依据 }}的规定，本机关决定对当事人处罚如下：")
        + itemised("处罚明细")
        + when("处罚内容", long_text("处罚内容"))
        + _performance()
        + heading("七、救济途径和期限")
        + when(
            "复议在先",
            body(review_first("决定书")) + body(CARRIED_OUT_MEANWHILE),
            otherwise=body(_REMEDIES)
            + body("行政复议、行政诉讼期间，行政处罚不停止执行，法律另有规定的除外。"),
        )
        + when(
            "依法公示",
            body("本行政处罚决定将依法向社会公示。"),
        )
        + signature()
        + remark("本文书一式三份，一份送达，一份归档，一份备查。")
    )
    return form_page(blocks, "行政处罚决定书")


def itemised(fact: str) -> str:
    """The penalty kind by kind, numbered where there are several."""
    number = f"{{% if {fact}|length > 1 %}}{{{{ loop.index }}}}. {{% endif %}}"
    end = "{% if loop.last %}。{% else %}；{% endif %}"
    return when(fact, each("项", fact, body(number + "{{ 项 }}" + end)))


def _performance() -> str:
    """How and until when the party has to pay, and how it has to act otherwise."""
    return (
        heading("六、履行方式和期限")
        + when(
            "罚款金额 or 没收违法所得金额",
            body(
                "当事人应当自收到本决定书之日起十五日内，"
                "{{ 缴款方式|default('到指定的银行或者通过电子支付系统') }}"
                "缴纳{% if 罚款金额 and 没收违法所得金额 %}罚款和没收的违法所得"
                "{% elif 罚款金额 %}罚款{% else %}没收的违法所得{% endif %}。"
                "{% if 罚款金额 %}到期不缴纳罚款的，"
                "依据《中华人民共和国行政处罚法》第七十二条的规定，"
                "可以每日按罚款数额的百分之三加处罚款，加处罚款的数额不超过罚款的数额。"
                "{% endif %}逾期不申请行政复议、不提起行政诉讼又不履行的，"
                "依法申请人民法院强制执行。"
            ),
        )
        + when("履行方式", long_text("履行方式"))
        + when("not (罚款金额 or 没收违法所得金额 or 履行方式)", body("/"))
    )


def no_penalty_decision() -> bytes:
    """不予行政处罚决定书: why there is no penalty, and what the party is taught."""
    blocks = (
        form_head("不予行政处罚决定书")
        + paragraph("Normal")
        + party()
        + heading("一、案件来源及调查经过")
        + body("案件来源：{{ 案件来源 }}。")
        + long_text("调查经过")
        + when("已采取措施", long_text("已采取措施"))
        + when("移送经过", body("{{ 移送经过 }}"))
        + when("退款情况", body("{{ 退款情况 }}"))
        + when("替代说明", body("{{ 替代说明 }}"))
        + when("共同办理说明", body("{{ 共同办理说明 }}"))
        + heading("二、查明的事实和证据")
        + long_text("违法事实")
        + evidence()
        + heading("三、不予行政处罚的理由和依据")
        + when("不予处罚的情形", body("{{ 不予处罚的情形|clause }}。"))
        + long_text("不予处罚理由")
        + _shown("及时改正的情况", "危害后果的情况", "初次违法的核查情况")
        + _shown("当事人证明没有主观过错的证据")
        + body("依据{{ 不予处罚依据 }}的规定，本机关决定对当事人不予行政处罚。")
        + when("教育内容", heading("四、教育内容"), long_text("教育内容"))
        + body(_REMEDIES)
        + signature()
        + remark("本文书一式两份，一份送达，一份归档。")
    )
    return form_page(blocks, "不予行政处罚决定书")


def _shown(*facts: str) -> str:
    """What a ground for no penalty is shown by, as far as it was stated."""
    return "".join(when(one, body(f"{one}：{{{{ {one}|clause }}}}。")) for one in facts)


def hearing_notice() -> bytes:
    """行政处罚听证通知书: when, where, before whom, and the party's rights."""
    blocks = (
        form_head("行政处罚听证通知书")
        + addressee("当事人")
        + body(
            "应你（单位）的要求，本机关决定于{{ 听证时间|cn_datetime }}在{{ 听证地点 }}，"
            "就你（单位）涉嫌{{ 案由 }}一案"
            "{% if 公开听证 %}公开{% else %}不公开{% endif %}举行听证。"
            "{% if not 公开听证 and 不公开理由 %}不公开的理由：{{ 不公开理由 }}。{% endif %}"
        )
        + body(
            "听证主持人：{{ 听证主持人 }}　　听证员：{{ 听证员|join|default('/') }}",
            "记录员：{{ 记录员 }}　　翻译人员：{{ 翻译人员|default('/') }}",
            "你（单位）可以亲自参加听证，也可以委托一至二人代理。委托代理人参加听证的，"
            "应当在举行听证前提交授权委托书，载明委托事项和权限，并出示代理人的身份证明。",
            "认为听证主持人、听证员、记录员、翻译人员与本案有直接利害关系的，有权申请回避。"
            "申请回避的，应当在举行听证前提出并说明理由。",
            "请携带身份证明和有关证据材料，通知证人和委托代理人准时参加。"
            "无正当理由拒不出席听证或者未经许可中途退出听证的，视为放弃听证权利。",
        )
        + contact()
        + signature()
        + remark("本文书一式两份，一份送达，一份归档。")
    )
    return form_page(blocks, "行政处罚听证通知书")


def correction_order() -> bytes:
    """责令改正通知书: what is unlawful, what has to change, and until when."""
    blocks = (
        form_head("责令改正通知书")
        + addressee("当事人")
        + body("经查，你（单位）存在下列违法行为：")
        + long_text("违法事实")
        + long_text("定性依据")
        + body(
            "依据{{ 责令依据 }}的规定，现责令你（单位）"
            "{% if 改正期限 %}于{{ 改正期限|cn_date }}前{% else %}立即{% endif %}改正。"
        )
        + heading("改正内容及要求")
        + long_text("改正要求")
        + body("逾期不改正的，本机关将依法处理。改正后请将改正情况书面报告本机关。")
        + body(remedies("通知书"))
        + contact()
        + signature()
        + remark("本文书一式两份，一份送达，一份归档。")
    )
    return form_page(blocks, "责令改正通知书")
