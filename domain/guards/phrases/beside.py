"""Conditions of what goes on beside a case, as an official reads them."""

from collections.abc import Mapping

GUARDS: Mapping[str, str] = {
    "days_to_fetch_are_over": "公告领取的期限已经届满",
    "disposed_goods_are_in_custody": "先行处置的物品在查封扣押之中",
    "goods_are_in_custody": "有正在查封扣押的物品",
    "goods_are_not_taken_for_good": "处罚决定还没有没收该物品",
    "goods_may_be_identified": "线索在核查中，或者案件在调查中",
    "goods_were_released": "已经解除查封扣押、登记保存",
    "market_rule_binds": "承办部门为市场监管部门",
    "no_disposal_is_left": "没有尚未办结的先行处置",
    "other_organs_name_their_rule": "市场监管以外的机关写明先行处置的依据",
    "owner_has_spoken": "写明同意、申请的权利人和日期",
    "owner_was_sought": "寻找权利人的公告已经期满",
    "party_was_heard_on_its_refund": "已经听取当事人意见，或者陈述申辩、要求听证的期限已满",
    "proceeds_end_as_the_case_does": "所得款项的处理与案件的结果一致",
    "proceeds_have_their_receipt": "所得款项有入账凭证",
    "refund_is_awaited": "已经责令退还多收价款",
    "refund_is_no_more_than_told": "责令退还的数额不多于告知的数额",
    "refund_is_within_its_sum": "退还的数额不多于责令退还的数额",
    "refund_rests_on_an_article": "拟责令退还的，写明数额和依据的条款",
    "refund_was_ordered_and_ran": "告知了责令退款的，已经责令退款，并且已经退还或者期满",
    "refund_was_told": "已经告知拟责令退还的数额",
    "right_to_look_is_told": "代理人、利害关系人、机关写明查阅的权限",
    "there_is_a_file": "已经立案，或者有当场处罚",
    "surrender_is_receipted": "拍卖的，写明所得款项",
}
CONDITIONS: Mapping[str, str] = {
    "drugs_are_held": "有依药品管理法查封扣押的药品",
    "drugs_are_taken": "依药品管理法查封扣押，尚未决定是否立案",
    "last_drugs_are_released": "依药品管理法查封扣押的药品全部解除，尚未决定是否立案",
    "case_awaits_the_owner": "市场监管部门的案件在调查中",
    "case_goes_on": "市场监管部门的案件在调查中，没有其他待出的辨认、检验结果",
    "verification_awaits_the_owner": "市场监管部门的线索在核查中",
    "verification_goes_on": "市场监管部门的线索在核查中，没有其他待出的辨认、检验结果",
}
