"""Conditions of steps of several subjects, as an official reads them."""

from collections.abc import Mapping

GUARDS: Mapping[str, str] = {}
CONDITIONS: Mapping[str, str] = {
    "brings_new_facts": "并入的线索有新的事实",
    "brings_no_new_facts": "并入的线索没有新的事实",
    "came_by_hotline": "来自12345热线",
    "day_is_stated": "文书载明届满日期",
    "has_case_to_move": "有尚未作出决定的案件",
    "has_case_to_settle": "有尚未作出决定的案件",
    "has_case_with_police": "案件已随移送中止",
    "has_no_open_case": "没有在办案件",
    "has_open_case": "有在办案件",
    "has_open_transfer": "转办尚待签收",
    "has_open_verification": "核查尚未终结",
    "is_consultation_of_procuratorate": "向检察机关书面咨询",
    "is_drug_crime": "药品犯罪案件",
    "is_environmental_crime": "环境犯罪案件",
    "is_economic_crime": "涉嫌经济犯罪",
    "is_joint": "有协办部门",
    "is_market_assistance": "市场监管部门之间协助调查",
    "is_ordinary_crime": "不涉嫌经济犯罪",
    "lead_is_market": "承办部门为市场监管部门",
    "lead_is_market_and_is_owed": "承办部门为市场监管部门且有罚款或者没收违法所得",
    "lead_is_not_market": "承办部门不是市场监管部门",
    "lead_is_not_market_and_is_owed": "承办部门不是市场监管部门且有罚款或者没收违法所得",
    "materials_are_incomplete": "回执注明材料不齐全",
    "means_is_correction": "责令改正",
    "environment_is_not_for_police": "环境犯罪案件，回执注明不属公安机关管辖",
    "is_consultation_of_police": "生态环境部门向公安机关书面咨询",
    "police_lacks_jurisdiction": "回执注明不属本机关管辖",
    "refused_with_open_case": "公安机关未立案且有在办案件",
    "refused_without_open_case": "公安机关未立案且没有在办案件",
    "sender_is_enforcement": "由行政执法部门转出",
    "sender_is_hotline_or_government": "由热线受理机构或者政府转出",
    "owes_money": "决定有罚款或者没收违法所得",
}
