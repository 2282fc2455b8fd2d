"""The guards and conditions of 失信信息 as an official reads them."""

from collections.abc import Mapping

GUARDS: Mapping[str, str] = {
    "breach_code_is_right": "统一社会信用代码正确",
    "publicity_does_not_start_again": "更正以后公示期连续计算，不重新起算",
    "publicity_fits_the_level": "公示期与失信程度相符",
    "publicity_is_over": "公示期已满",
    "no_repair_is_open": "没有尚未决定的信用修复申请",
    "no_other_repair_is_open": "没有其他尚未决定的信用修复申请",
    "no_objection_is_open": "没有尚未处理的信用异议",
    "objection_was_answered": "信用异议已经处理",
    "heavier_correction_is_grounded": "因异议更正而加重的，写明依据",
    "open_objection_is_weighed": "异议处理期间仍采取措施的，写明理由",
    "objection_follows_the_finding": "异议在认定以后",
    "application_follows_the_finding": "申请在认定以后",
    "breach_is_standing": "失信信息已审核记入，尚未终结",
    "shortest_publicity_is_over": "最短公示期已满",
}
CONDITIONS: Mapping[str, str] = {
    "breach_is_public": "写明公示截止日期",
    "stays_public_when_corrected": "更正后仍公示",
}
