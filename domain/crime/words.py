"""The guards against 以罚代刑, and of who is proceeded against, as an official reads them."""

from collections.abc import Mapping

GUARDS: Mapping[str, str] = {
    "spot_measures_are_approved": "当场采取的措施已经补办批准或者解除",
    "pages_are_those_of_the_files": "移送材料清单写的页数与已上传的文件、已计页的文书一致",
    "handed_goods_are_those_listed": "移交的数量与涉案物品清单一致，或者在备注写明原因",
    "seized_goods_are_named": "查封扣押的物品写明具体名称，不写“涉案设备”之类",
    "goods_are_kept_where_the_decision_says": "决定书的保管地点与清单的存放地点一致",
    "party_is_somebody": "填写的当事人是姓名或者单位全称",
    "goes_to_supervisory_organ": "受移送机关是监察机关",
    "judgement_is_told": "有罪判决写明罚金数额和被判处罚金的是否本案当事人",
    "no_fine_after_criminal_fine": "人民法院没有对当事人判处罚金，或者不再给予罚款",
    "police_had_filed": "移送未终结，或者公安机关曾经立案",
    "no_question_of_crime_is_open": "涉嫌犯罪初筛的定性问题均已回答",
    "facts_are_recorded": "已经登记违法事实并对照涉刑门槛",
    "amounts_are_told": "填写涉案数额，或者写明没有可以计量的数额",
    "offences_are_chosen": "选定监管事项或者对照罪名，或者具名写明无对应罪名的理由",
    "answers_fit_their_questions": "定性问题的罪名、情形确有其项，答“是”或者“否”",
    "penalties_are_told_in_full": "曾受的行政处罚写明日期、机关和违法行为种类",
    "no_crime_is_fined_on_spot": "违法事实没有达到涉嫌犯罪标准，初筛的问题已经逐题回答",
    "crime_is_not_left_lying": "公安机关没有答复不属其管辖，或者已经另行移送",
    "finding_is_not_criminal": "核查结论为涉嫌犯罪的，先对是否移送作出决定",
    "offences_are_for_the_police": "所选罪名不含职务犯罪",
    "justice_has_it": "案件在司法机关办理中",
    "fine_waits_for_justice": "司法机关处理完毕之前只给予警告、责令停产停业、暂扣或者吊销许可证件",
}
