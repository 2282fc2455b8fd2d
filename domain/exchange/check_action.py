"""行政检查行为 as the 互联网+监管 table `t_jgxw_check_action` asks for it, with its checks.

Fields, lengths and checks are those of running systems that were seen second-hand (待核); the code
lists of check type, mode and result were not seen, so a site enters its own.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.files.identifiers import credit_code_fault

Record = Mapping[str, str]
LONGEST: Mapping[str, int] = {
    "record_unique_identity": 64,
    "plan_id": 50,
    "check_action_name": 200,
    "check_action_code": 50,
    "implement_institution": 200,
    "supervise_object": 200,
    "administrative_cp": 200,
    "administrative_cp_ui_code": 20,
    "address_registered": 400,
    "address_operating": 400,
}
LABELS: Mapping[str, str] = {
    "record_unique_identity": "记录唯一标识",
    "plan_id": "双随机计划编号",
    "supervise_item_implement_code": "监管事项目录编码",
    "supervise_item_check_icode": "检查实施清单编码",
    "check_action_name": "检查行为名称",
    "check_action_code": "检查行为编号",
    "implement_institution": "实施机构",
    "implement_institution_code": "实施机构编码",
    "supervise_object": "监管对象",
    "administrative_cp": "行政相对人名称",
    "administrative_cp_na": "行政相对人性质",
    "administrative_cp_ui_code": "行政相对人证件号码",
    "address_registered": "登记地址",
    "address_operating": "经营地址",
    "area_number": "行政区划代码",
    "check_form": "检查形式",
    "check_mode": "检查方式",
    "check_result": "检查结果",
    "check_date": "检查日期",
    "check_personnel": "检查人员",
    "check_personnel_code": "执法证号",
    "submitted_date": "报送日期",
    "cd_time": "数据时间",
    "cd_source": "数据来源",
    "cd_batch": "数据批次",
    "cd_operation": "数据操作",
}
"""Every field in the order of a file, and how it is called."""
REQUIRED = (
    *("record_unique_identity", "supervise_item_implement_code", "supervise_item_check_icode"),
    *("check_action_name", "implement_institution", "implement_institution_code"),
    *("supervise_object", "administrative_cp", "area_number", "check_form", "check_result"),
    *("check_date", "check_personnel", "check_personnel_code", "submitted_date", "cd_source"),
)
ORGANISATION = "法人"
BETWEEN = "、"
FORMS: Mapping[str, str] = {"daily": "1", "special": "2"}
"""日常 and 专项 of the table; it has no other, so 个案 counts as 日常."""
_ITEM, _AREA = re.compile(r"\d{14}"), re.compile(r"\d{6}")
_LIST = re.compile(r"[0-9A-Z]{18}[1-5]\w*")


OF_THE_SITE = frozenset({
    "supervise_item_implement_code",
    "supervise_item_check_icode",
    "implement_institution_code",
    "area_number",
    "cd_source",
})  # fmt: skip
"""Codes that the other platform gave this site; an administrator enters them once for all."""
ASK = "，请管理员登记"


@dataclass(frozen=True)
class Checked:
    """A record, and every reason why it cannot be sent."""

    record: Record
    faults: tuple[str, ...]


def checked(record: Record) -> Checked:
    """The record with everything that is wrong with it at once, each with who mends it."""
    faults = [
        f"没有{LABELS[one]}{ASK if one in OF_THE_SITE else ''}"
        for one in REQUIRED
        if not record.get(one)
    ]
    faults += [
        f"{LABELS[one]}超过{most}个字"
        for one, most in LONGEST.items()
        if len(record.get(one, "")) > most
    ]
    faults += _formed(record)
    if record.get("submitted_date", "") < record.get("check_date", ""):
        faults.append("报送日期早于检查日期")
    people = [one for one in record.get("check_personnel_code", "").split(BETWEEN) if one]
    if record.get("check_personnel_code") and len(people) < 2:
        faults.append("检查人员不足两名")
    return Checked(record, tuple(faults))


def _formed(record: Record) -> Sequence[str]:
    """Codes that are there and cannot be right."""
    found = []
    item = record.get("supervise_item_implement_code", "")
    if item and not _ITEM.fullmatch(item):
        found.append(f"监管事项目录编码“{item}”不是14位数字")
    listed = record.get("supervise_item_check_icode", "")
    if listed and not _LIST.fullmatch(listed):
        found.append(f"检查实施清单编码“{listed}”应以18位统一社会信用代码和一位1至5的数字开头")
    area = record.get("area_number", "")
    if area and not _AREA.fullmatch(area):
        found.append(f"行政区划代码“{area}”不是6位数字")
    for one in ("implement_institution_code", "administrative_cp_ui_code"):
        code = record.get(one, "")
        if (
            one == "administrative_cp_ui_code"
            and record.get("administrative_cp_na") != ORGANISATION
        ):
            continue
        if code and (fault := credit_code_fault(code)):
            found.append(f"{LABELS[one]}{fault}")
    return found
