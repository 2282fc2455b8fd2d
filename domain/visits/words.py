"""The guards and conditions of inspections as an official reads them."""

from collections.abc import Mapping

GUARDS: Mapping[str, str] = {
    "visit_names_its_matters": "写明检查事项",
    "says_why_on_site": "现场检查的，写明不能以非现场方式完成的理由",
    "visit_partners_are_others": "其他参加部门不包括本部门",
    "within_the_published_cap": "日常检查、专项检查没有达到已公布的频次上限",
    "repetition_is_justified": "达到上限或者另有检查的，写明仍须进行的理由",
    "another_result_is_there": "有其他部门可以采用的检查结果，本次是日常、专项的现场检查",
    "another_result_is_named": "采用的是列出的检查结果",
    "visit_is_off_site": "检查方式为非现场检查",
    "visit_is_on_site": "检查方式为现场检查",
    "every_department_agreed": "参加部门的负责人都已批准",
    "notice_comes_before": "检查前通知，或者写明不事先通知的情形和理由",
    "no_objection_is_pending": "没有待决定的回避申请",
    "objection_is_pending": "有待决定的回避申请",
    "certificate_is_in_the_team": "该证号在检查人员中",
    "late_entry_is_explained": "检查当天录入，或者写明补录理由",
    "result_follows_the_door": "检查开始时间不早于进入时间",
    "entry_keeps_the_told_time": "不早于通知的检查时间进入，或者写明理由",
    "every_result_is_in": "各部门都已录入检查结果",
    "no_result_is_in": "还没有录入检查结果",
    "every_result_is_public_or_exempt": "检查结果都已公示或者经批准不公示",
    "corrections_have_ended": "责令改正都已复查",
    "problems_were_passed_on": "待后续处理、复查不合格的已登记为线索",
    "crimes_were_passed_on": "涉嫌犯罪的已登记为线索",
    "crime_is_asked_of_problems": "发现问题的，写明是否涉嫌犯罪，与检查情况相符",
    "item_results_can_be_read": "每个检查事项一行，结果为四种之一，不合格的写明问题",
    "outcome_fits_the_items": "检查结果与逐项结果相符",
    "a_problem_was_found": "检查发现了问题，尚未登记为线索",
    "site_visits_have_results": "现场核查都已取得结果",
    "a_problem_is_on_record_here": "本部门已录入发现问题的检查结果",
}
CONDITIONS: Mapping[str, str] = {
    "last_result_of_a_running_visit": "各部门结果已齐，检查经过批准",
    "visit_was_drawn": "由双随机抽取产生",
    "organ_is_market": "检查部门为市场监管部门",
    "organ_is_not_market": "检查部门为市场监管以外的部门",
    "equipment_was_inspected": "市场监管部门检查特种设备",
}
