"""Guards against a fine in the place of a referral, as an official reads them."""

from collections.abc import Mapping

GUARDS: Mapping[str, str] = {
    "no_crime_is_left_unreferred": "已达涉嫌犯罪标准的，已经提出移送，"
    "或者主要负责人书面不批准并记录理由；此后数额增加或者新达到标准的，重新决定",
    "sums_taken_meet_no_threshold": "没收的数额没有达到涉嫌犯罪标准，或者已经登记",
    "crime_elsewhere_is_weighed": "同一当事人另有线索涉嫌犯罪的，写明是否同一违法行为",
    "crime_stays_with_its_finder": "商定改由他人主办的，已经对是否移送公安机关作出决定",
    "a_finding_was_dropped": "有涉嫌犯罪的认定后来更正、改变，没有决定是否移送",
    "lowering_is_grounded": "更正之后不再达到涉嫌犯罪标准的，写明理由和证据",
    "no_question_of_crime_is_open": "涉嫌犯罪初筛的定性问题均已回答",
    "facts_are_recorded": "已经登记违法事实并对照涉刑门槛",
    "unfiled_act_was_screened": "有违法行为而不立案的，先对照涉嫌犯罪标准",
    "amounts_are_told": "填写涉案数额，或者写明没有可以计量的数额",
    "offences_are_chosen": "选定监管事项或者对照罪名，或者具名写明无对应罪名的理由",
    "answers_fit_their_questions": "定性问题的罪名、情形确有其项，答“是”或者“否”",
    "penalties_are_told_in_full": "曾受的行政处罚写明日期、机关和违法行为种类",
    "justice_has_it": "案件在司法机关办理中",
    "fine_waits_for_justice": "司法机关处理完毕之前只给予警告、责令停产停业、暂扣或者吊销许可证件",
}
CONDITIONS: Mapping[str, str] = {"no_case_was_measured": "案件没有登记违法事实并对照"}
