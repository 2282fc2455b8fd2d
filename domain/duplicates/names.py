"""Names of companies and places, and who reports, as they are compared between clues."""

import re

from domain.files.identifiers import NOBODY, half_width, is_masked, is_placeholder
from domain.files.work_order import IncomingClue

_AREA = re.compile(
    r"^(?:[\w]{2,7}?(?:省|自治区))?(?:[^\W市]{1,5}市(?![场民政]))?"
    r"(?:[^\W区县]{1,5}(?:(?<![小社园校景厂库院片])区|县))?"
)
_PROVINCE = re.compile(
    r"^(?:北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南"
    r"|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门)(?=.{3})"
)
"""A province as a company's name bears it, without 省; what follows must be enough of a name."""
_LEGAL_FORM = re.compile(
    r"(?:(?:集团)?(?:股份)?有限(?:责任)?(?:总)?公司|股份公司|集团公司|总公司|集团|(?<!分)公司"
    r"|个体工商户|个人独资企业|普通合伙企业|普通合伙|有限合伙)$"
)
_BRANCH = re.compile(r"(.{3,}?(?<!分)公司)(?=.)(?![集总]团?公司)")
"""The head office before the name of a shop or branch: …有限公司海滨路店."""
_BRACKETS = re.compile(r"\([^()]*\)|[【\[][^】\]]*[】\]]")
_SIGNS = re.compile(r"[\W_]+")
_NEARBY = re.compile(
    r"(?:附近|旁边|对面|门口|周边|一带|东侧|西侧|南侧|北侧|路边|底商|门面|楼下|楼上|一楼|旁|内|处)+$"
)
_BUILDING = re.compile(r"(?<=\d)(?:号楼|幢|座)")
_YARD = re.compile(r"(?<=\d号)(?:大院|院)$")


def company_key(name: str) -> str | None:
    """A company's name as it is compared: without area, brackets and legal form.

    None where the column names nobody in particular (`NOBODY`, 不详, 无 …).
    """
    if is_placeholder(name) or half_width(name).strip() in NOBODY:
        return None
    whole = _SIGNS.sub("", half_width(name)).casefold()
    core = _SIGNS.sub("", _BRACKETS.sub("", half_width(name))).casefold() or whole
    named = core
    core = _stripped(_LEGAL_FORM, core)
    core = _stripped(_AREA, _stripped(_LEGAL_FORM, core))
    if core != named:
        core = _PROVINCE.sub("", core)
    return None if not core or core in NOBODY else core


def family_key(name: str) -> str | None:
    """The key of the company that a name is a branch of, else its own (`company_key`)."""
    branch = _BRANCH.match(half_width(name).strip())
    return company_key(branch[1] if branch else name)


def place_key(place: str) -> str | None:
    """An address without its area and without 附近 or 门口, or None when it names no place.

    A building is called 栋 however it was written.
    """
    if is_placeholder(place):
        return None
    core = _SIGNS.sub("", half_width(place)).casefold()
    core = _YARD.sub("", _NEARBY.sub("", _AREA.sub("", core)))
    core = _BUILDING.sub("栋", core)
    return core if len(core) >= 3 else None


def reporter_identity(clue: IncomingClue) -> str | None:
    """What tells the reporter from others: phone, account, or name with address; else None.

    In clear: the caller hashes it with the site's key before it is kept. A masked phone and a name
    alone fit too many people to tell anybody by.
    """
    phone = clue.reporter_phone
    if len(phone) >= 7 and not is_masked(phone):
        return f"phone:{phone}"
    if clue.reporter_account:
        return f"account:{clue.channel}:{clue.reporter_account}"
    address = place_key(clue.reporter_address)
    if clue.reporter_name and address:
        return f"name:{clue.reporter_name}:{address}"
    return None


def _stripped(pattern: re.Pattern[str], name: str) -> str:
    """The name without what the pattern finds, unless too little would be left to tell it by."""
    rest = pattern.sub("", name)
    return rest if len(rest) >= 2 else name
