"""The guards and conditions of draws as an official reads them."""

from collections.abc import Mapping

GUARDS: Mapping[str, str] = {
    "items_are_led_here": "抽查事项在本地区有牵头部门，其他牵头部门已列为参加部门",
    "shares_can_be_read": "抽查比例写作百分比，每个类别一行",
    "witnesses_are_others": "见证单位不参加本次抽查",
    "witnesses_are_enough": "见证单位达到规定的个数",
    "freezer_did_not_prepare": "封存人不是编制人",
    "all_parts_agreed": "参加部门都已同意",
    "number_is_digits": "见证数为至少四位数字",
    "witness_is_another_person": "每个见证数由不同的人录入，编制人、封存人不见证",
    "object_is_drawn": "对象在抽中之列，没有替换",
    "officer_is_sent": "执法人员派往该对象",
}
CONDITIONS: Mapping[str, str] = {
    "no_other_number_is_open": "其他见证数都已录入",
}
