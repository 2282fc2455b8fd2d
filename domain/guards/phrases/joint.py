"""The guards and conditions of 联合行政处罚 as an official reads them."""

from collections.abc import Mapping

GUARDS: Mapping[str, str] = {
    "joint_partners_are_others": "请参加的部门不包括本部门",
    "joint_answers_are_in": "被请参加的部门已经答复，或者答复期限届满",
    "others_take_part": "有其他部门参加",
    "not_the_proposing_department": "不是发起部门",
    "joint_acts_can_be_read": "每个参加部门写明拟处理的违法行为、依据和金额",
    "one_act_has_one_fine": "同一违法行为只由一个部门罚款",
    "fined_acts_are_told_apart": "两个部门各有罚款的，逐对写明两个违法行为的区别",
    "decided_fines_stand": "已经作出决定的部门，违法行为和罚款与其决定一致",
    "act_with_police_is_not_fined_jointly": "共同讨论认定为同一违法行为、涉嫌犯罪的，不罚款",
    "the_higher_fine_is_chosen": "同一违法行为按罚款数额高的规定罚款，或者写明理由",
    "joint_discussion_is_agreed": "参加联合行政处罚的，本部门已同意共同讨论的意见",
    "act_is_fined_by_one_organ": "共同讨论确定由其他部门罚款的同一违法行为，不再罚款",
    "fine_was_discussed_jointly": "罚款不超过共同讨论中本部门的拟罚款",
}
CONDITIONS: Mapping[str, str] = {"last_joint_case": "各参加部门均已办结"}
