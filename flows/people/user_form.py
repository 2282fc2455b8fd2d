"""The particulars of a user as an administrator fills them in, and what is wrong with them."""

import re
from dataclasses import dataclass
from datetime import date

from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import SYSTEM
from domain.tables.people import User
from flows.people.chairs import ENTRUSTED
from flows.people.mail_addresses import WANTED, is_mail_address

LONGEST = 64
APART = ("administrator", "security_administrator", "auditor")
"""Chairs that watch over the others: whoever holds one holds no other."""
LIAISONS = {
    "police_liaison": ("police", "公安机关"),
    "procuratorate_liaison": ("procuratorate", "检察机关"),
}
"""Chairs that speak for an organ of another kind: who holds one serves in such an organ."""
PHONE = re.compile(r"(?=.*\d)[\d+\-－—()（） 、,，;；/转]+")


@dataclass(frozen=True)
class Particulars:
    """What an administrator fills in about a user."""

    name: str
    department: str
    roles: tuple[str, ...]
    certificate_no: str = ""
    phone: str = ""
    email: str = ""
    stand_role: str = ""
    stand_from: str = ""
    stand_until: str = ""
    stand_ground: str = ""

    @classmethod
    def of(cls, row: User) -> "Particulars":
        """A user's particulars as stored."""
        return cls(
            name=row.name,
            department=row.department_id,
            roles=tuple(sorted(row.roles)),
            certificate_no=row.certificate_no,
            phone=row.phone,
            email=row.email,
            stand_role=row.stand_role,
            stand_from=row.stand_from,
            stand_until=row.stand_until,
            stand_ground=row.stand_ground,
        )


def complaints_about(
    rules: Rulebook, given: Particulars, *, chairs_later: bool = False
) -> dict[str, str]:
    """Everything that is wrong with a user's particulars, in Chinese by field; empty if nothing.

    `chairs_later`: another than who registers a user gives him his chairs.
    """
    found: dict[str, str] = {}
    if not given.name.strip():
        found["name"] = "请填写姓名"
    if given.department not in rules.departments:
        found["department"] = "请选择部门"
    if problem := _roles(rules, given.roles, chairs_later=chairs_later) or _seat(rules, given):
        found["roles"] = problem
    if given.email and not is_mail_address(given.email):
        found["email"] = f"电子{WANTED}"
    if given.phone and not PHONE.fullmatch(given.phone.strip()):
        found["phone"] = "电话只用数字和 + - ( ) 空格，多个号码用顿号分开，如 0000-1234567"
    found |= _substitution(given)
    labels = {
        "name": "姓名",
        "certificate_no": "执法证号",
        "phone": "电话",
        "email": "电子邮箱",
        "stand_ground": "委托依据",
    }
    for field, label in labels.items():
        if len(getattr(given, field)) > LONGEST:
            found[field] = f"{label}不超过{LONGEST}个字符"
    return found


def _substitution(given: Particulars) -> dict[str, str]:
    """What is wrong with an authority to head the organ for a while: chair, days and paper."""
    told = (given.stand_role, given.stand_from, given.stand_until, given.stand_ground)
    if not any(told):
        return {}
    found: dict[str, str] = {}
    if given.stand_role not in ENTRUSTED:
        found["stand_role"] = "请选择受委托主持工作的岗位；不再委托的，四项都清空"
    elif given.stand_role in given.roles:
        found["stand_role"] = "本人已担任这一岗位，不需要委托"
    if set(APART) & set(given.roles):
        found["stand_role"] = "管理员、安全管理员、审计员不得受委托主持工作"
    if not given.stand_ground.strip():
        found["stand_ground"] = "请填写委托文件的名称、文号"
    return found | _days(given)


def _days(given: Particulars) -> dict[str, str]:
    names = ("stand_from", "stand_until")
    found = {one: "请填写日期，如2026-11-22" for one in names if _day(getattr(given, one)) is None}
    first, last = _day(given.stand_from), _day(given.stand_until)
    if first and last and last < first:
        found["stand_until"] = "截止日期不能早于起始日期"
    return found


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _roles(rules: Rulebook, roles: tuple[str, ...], *, chairs_later: bool) -> str:
    unknown = [one for one in roles if one not in rules.roles or one == SYSTEM]
    if unknown:
        return f"没有岗位{'、'.join(unknown)}"
    if not roles and not chairs_later:
        return "请至少选择一个岗位"
    for one in APART:
        if one in roles and len(roles) > 1:
            return f"{rules.roles[one].label}不得兼任其他岗位"
    return ""


def _seat(rules: Rulebook, given: Particulars) -> str:
    department = rules.departments.get(given.department)
    if department is None:
        return ""
    return "；".join(
        f"{rules.roles[role].label}由{organ}的人员担任，{department.name}不是{organ}"
        for role, (kind, organ) in LIAISONS.items()
        if role in given.roles and department.kind != kind
    )
