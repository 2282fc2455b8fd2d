"""Papers on whose matter it is: coordination, proposal, decision, word to the reporter."""

from documents.sheet.blocks import (
    body,
    heading,
    kept_together,
    lines,
    long_text,
    paragraph,
    when,
)
from documents.sheet.page import form_page, imprint, official_letter, red_head
from documents.sheet.phrases import (
    addressee,
    contact,
    form_head,
    letter_end,
    letter_head,
    remark,
    signature,
)

_CLUE = "“{{ 线索标题 }}”（线索编号：{{ 线索编号 }}）"
_DUTIES = when("职责意见", body("机构编制部门对职责归属的意见："), long_text("职责意见"))


def coordination_request() -> bytes:
    """提请协调管辖争议的函: the dispute, the negotiation that failed, and what is asked."""
    blocks = (
        letter_head("{{ ('关于' ~ (线索标题|quoted) ~ '线索')|wrapped(20) }}\n提请协调管辖争议的函")
        + addressee()
        + body(
            "线索" + _CLUE + "的管辖，{{ 争议各方|join }}存在争议（{{ 争议类别 }}），"
            "经协商未能达成一致。根据{{ 指定依据 }}的规定，现提请协调。"
        )
        + heading("一、线索基本情况")
        + long_text("线索内容")
        + heading("二、争议事由")
        + long_text("争议事由")
        + heading("三、协商经过")
        + long_text("协商经过")
        + when("请求协调期限", body("请于{{ 请求协调期限|cn_date }}前提出协调意见。"))
        + contact(with_address=False)
        + letter_end()
    )
    return official_letter(blocks, "提请协调管辖争议的函")


def coordination_opinion() -> bytes:
    """协调意见书: what the coordinating organ suggests to both sides; it binds neither."""
    blocks = (
        form_head("管辖争议协调意见书")
        + addressee()
        + body(
            "关于线索" + _CLUE + "的管辖争议（{{ 争议类别 }}），"
            "{{ 争议各方|join }}提请本机关协调。经协调，现提出如下意见。"
        )
        + heading("一、争议事由")
        + long_text("争议事由")
        + heading("二、协调经过")
        + long_text("协调经过")
        + _DUTIES
        + heading("三、协调意见")
        + body("建议由{{ 建议承办部门 }}承办。理由：")
        + long_text("协调意见及理由")
        + body(
            "依据{{ 指定依据 }}的规定提出本意见。各方同意的，请书面告知本机关，由商定的部门承办；"
            "不能达成一致的，本机关将提出处理意见报本级人民政府决定，"
            "各方也可以报请共同的上一级机关指定管辖。本意见不是指定管辖。"
        )
        + contact()
        + letter_end()
        + remark("本文书送争议各方各一份，一份归档。")
    )
    return form_page(blocks, "管辖争议协调意见书")


def jurisdiction_proposal() -> bytes:
    """处理意见: coordination failed; the government is asked to decide."""
    number = paragraph("NumberUp", "{{ 文号 }}\t签发人：{{ 签发人 }}")
    blocks = (
        red_head(number)
        + paragraph(
            "Title",
            "{{ ('关于' ~ (线索标题|quoted) ~ '线索')|wrapped(20) }}\n管辖争议处理意见的请示",
        )
        + addressee()
        + body(
            "线索" + _CLUE + "的管辖，{{ 争议各方|join }}存在争议（{{ 争议类别 }}），"
            "经本机关协调未能达成一致。根据{{ 指定依据 }}的规定，现提出处理意见，请予决定。"
        )
        + heading("一、争议事由")
        + long_text("争议事由")
        + heading("二、协调不成的情况")
        + long_text("协调不成的情况")
        + _DUTIES
        + heading("三、处理意见")
        + body("建议由{{ 建议承办部门 }}承办。理由：")
        + long_text("处理意见及理由")
        + body("妥否，请批示。")
        + signature()
        + paragraph("Contact", "（联系人：{{ 联系人 }}，联系电话：{{ 联系电话 }}）")
        + imprint()
    )
    return form_page(blocks, "管辖争议处理意见")


def jurisdiction_decision() -> bytes:
    """管辖争议决定书: the government decides which department has the matter."""
    blocks = (
        form_head("管辖争议决定书")
        + addressee()
        + when("政府文号", body("（政府文号：{{ 政府文号 }}）"))
        + body(
            "关于线索" + _CLUE + "的管辖，{{ 争议各方|join }}发生争议，"
            "经协调未能达成一致{% if 处理意见文号 %}（处理意见：{{ 处理意见文号 }}）{% endif %}。"
        )
        + when("争议事由", body("争议事由：{{ 争议事由|clause }}。"))
        + body("经审查，{{ 决定理由|clause }}。")
        + body(
            "根据{{ 指定依据 }}的规定，现决定由{{ 决定承办部门 }}承办。",
            "请原办理的单位及时将有关材料移交承办单位，并办理交接手续。"
            "承办单位应当依法办理，不得退回或者再行移送。",
        )
        + contact()
        + letter_end()
        + remark("本文书送争议各方各一份，一份归档。")
    )
    return form_page(blocks, "管辖争议决定书")


def duty_crime_letter() -> bytes:
    """职务犯罪线索移送函: what points to an offence of office goes to the 监察机关."""
    blocks = (
        letter_head("职务犯罪线索移送函")
        + addressee()
        + body(
            "本机关在办理线索{{ 线索编号 }}过程中，发现公职人员涉嫌职务犯罪的线索。"
            "依据{{ 移送依据 }}的规定，现移送你委。"
        )
        + heading("一、涉嫌职务犯罪人员")
        + long_text("涉嫌职务犯罪人员")
        + heading("二、线索情况")
        + when("涉嫌职务犯罪罪名", body("涉嫌罪名：{{ 涉嫌职务犯罪罪名|join('、') }}。"))
        + long_text("涉嫌职务犯罪的事实")
        + heading("三、证据和材料")
        + long_text("证据和材料")
        + heading("四、移送理由")
        + long_text("移送理由")
        + body("请在回执上签收并退回本机关。本线索涉及的行政违法行为，由本机关依法继续办理。")
        + contact(with_address=False)
        + letter_end()
        + paragraph("Normal")
        + kept_together(
            heading("回执")
            + body("{{ 承办部门 }}：你单位{{ 文号 }}《职务犯罪线索移送函》及所附材料收悉。")
            + lines("接收人（签名、盖章）：", "接收时间：　　年　月　日　时")
        )
    )
    return official_letter(blocks, "职务犯罪线索移送函")


def reporter_transfer_notice() -> bytes:
    """举报移送告知书: who reported is told which department has the matter now."""
    blocks = (
        letter_head("举报（投诉）移送告知书")
        + addressee("举报人")
        + body(
            "你（单位）反映的“{{ 线索标题 }}”（编号：{{ 线索编号 }}）收悉。"
            "经核查，所反映的事项不属于本机关职责：{{ 移送理由|clause }}。"
        )
        + body(
            "{% if 告知依据 %}依据{{ 告知依据 }}的规定，{% endif %}"
            "本机关已于{{ 成文日期|cn_date }}将该事项移交{{ 受移送部门 }}处理。"
            "有关处理情况，可以向该部门了解。"
        )
        + body("特此告知。")
        + contact()
        + signature()
    )
    return official_letter(blocks, "举报移送告知书")
