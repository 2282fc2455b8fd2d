"""Guards and conditions of papers, their correction, and circulars, as an official reads them."""

from collections.abc import Mapping

GUARDS: Mapping[str, str] = {
    "correction_changes_no_penalty": "补正不涉及当事人和处罚的种类、数额、期限、许可证件、依据",
    "organ_sent_a_paper": "本机关有已经送出的文书",
    "organ_issued_a_paper": "本机关有制发、没有作废的文书",
    "paper_is_ours": "更正的是本机关已经送出、尚未作废的文书",
    "paper_has_no_correction_of_its_own": "该文书没有专门的补正操作",
    "paper_has_no_undoing_of_its_own": "该文书没有专门的撤销、变更、重新告知操作",
    "change_is_not_pending": "该文书没有正在办理的更正",
    "signs_this_kind_of_paper": "批准人是签发原文书的岗位或者其上级负责人",
    "approves_what_another_asked": "批准人不是提请人",
    "replacement_was_issued": "更换的，新的文书已经制发",
    "addressees_are_others": "收件部门不包括本部门",
    "addressees_still_serve": "收件部门都没有停用",
    "answer_day_is_ahead": "反馈期限在今天之后、一年之内",
    "answer_day_is_stated": "要求反馈的写明反馈期限，不要求的不写",
    "stated_answer_day_is_ahead": "拟稿所写的反馈期限还在今天之后",
    "came_after_it_was_written": "收到日期不早于来文上的日期",
    "pages_are_those_of_the_files": "移送材料清单写的页数与已上传的文件、已计页的文书一致",
    "handed_goods_are_those_listed": "移交的数量与涉案物品清单一致，或者在备注写明原因",
}
CONDITIONS: Mapping[str, str] = {
    "change_is_correction": "补正文书的文字",
    "change_is_replacement": "撤销原文书、重新制发",
    "asks_an_answer": "要求反馈",
    "asks_for_assistance": "请求协助调查",
    "asks_for_help": "请求鉴定、保管、出警等协助",
    "asks_for_opinion": "书面咨询",
    "asks_no_answer": "不要求反馈",
    "any_seized_goods_move": "有查封扣押的物品随案移送",
    "seizures_move": "有立案前或者当场查封扣押的物品随案移送",
    "hearing_is_open": "听证公开举行",
    "means_is_promise": "当事人书面承诺",
    "means_is_talk": "约谈、说服教育",
    "no_other_receipt_is_open": "其他收件部门都已签收、反馈",
    "passes_on_information": "通报情况",
    "seized_goods_move": "有查封扣押的物品随案移送",
    "was_handed_in": "由其他机关送来",
    "writes_to_the_desk": "申请部门不是登记部门",
}
