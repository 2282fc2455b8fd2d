"""What the columns of lists, plans and tables have to say, and how their words are read."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches

from domain.publications.plan_windows import window_of
from domain.shapes.entries import Department

GENERAL = ("重点事项", "一般事项")
LEVELS = ("省级", "市级", "县级")
BODY_KINDS = ("行政机关", "法律、法规授权的组织", "受委托的组织")
_ORGAN = "本系统登记的部门全称"
_ARTICLE = "写明法律名称和条款，如《中华人民共和国食品安全法》第一百零九条"
NEEDED: Mapping[str, Mapping[str, str]] = {
    "items": {
        "监管事项": "检查什么，如“餐饮服务监督检查”",
        "牵头部门": _ORGAN,
        "设定依据": _ARTICLE,
        "监管对象": "检查谁，如“餐饮服务单位”",
        "检查方式": "如“双随机抽查”“非现场检查”",
    },
    "plan": {
        "计划名称": "如“餐饮服务跨部门联合抽查”",
        "牵头部门": _ORGAN,
        "监管事项": "清单中的事项名称，几项用顿号分开",
        "监管对象": "检查谁，如“餐饮服务单位”",
        "检查数量": "比例或者户数、频次，如“5%”“不少于30户，每年一次”",
        "起止时间": "如“2026年3月至6月”“第二季度”",
    },
    "borders": {
        "审批事项": "由审批部门办理的许可事项，如“食品经营许可”",
        "衔接边界": "审批和监管的界限，如“发证以前由审批部门核查，以后由监管部门检查”",
        "责任单位": "审批、监管各由谁负责，写部门全称",
        "协作方式": "怎样通报、移交、会商，如“发证当日推送；每季度会商一次”",
    },
    "caps": {
        "检查机关": _ORGAN,
        "检查事项": "对哪些事项的检查",
        "检查对象": "对谁的检查，如“同一企业”",
        "年度上限": "一年最多几次，写整数，如“2”",
    },
    "check_bodies": {
        "检查主体": "机关、组织的全称",
        "主体类别": "、".join(BODY_KINDS) + "之一",
        "设定依据": _ARTICLE,
    },
}
"""By body, the columns that every row has to fill in, and what would be right."""
KEYS: Mapping[str, tuple[str, ...]] = {
    "items": ("监管事项", "牵头部门"),
    "plan": ("计划名称", "牵头部门"),
    "borders": ("审批事项",),
    "caps": ("检查机关", "检查事项", "检查对象"),
    "check_bodies": ("检查主体",),
}
"""By body, the columns by which rows of two files are told to be the same; the first names it."""
ORGANS: Mapping[str, bool] = {"牵头部门": True, "配合部门": False, "检查机关": True}
"""Columns that name departments, and whether one only."""
PART = "、"
_BETWEEN = re.compile(r"[，,；;/|\s]+")
_ARTICLE_OF = re.compile(r"第[〇零一二三四五六七八九十百千\d]+条")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)[%％﹪]")
_FRACTION = re.compile(r"\d+/\d+")
_TIMES = re.compile(r"(?:每年)?(?:不超过|最多)?(\d{1,3})(?:次)?(?:/年|每年)?")
WHOLE = 100
SHORTEST = 4
"""Signs of a name without its city; a shorter word may be the end of many."""


@dataclass(frozen=True)
class Known:
    """What a row is read against: the departments of the site, and the year of a plan."""

    departments: Mapping[str, Department]
    year: int


@dataclass(frozen=True)
class Organs:
    """Departments that a cell names, by full name; what is wrong with it, and what is right."""

    text: str
    wrong: str = ""
    right: str = ""
    remarks: tuple[str, ...] = ()


def parts_of(text: str) -> list[str]:
    """The names in a cell, parted by any of the usual marks."""
    return [one for one in _BETWEEN.sub(PART, text).split(PART) if one]


def organs_of(text: str, known: Known, *, single: bool) -> Organs:
    """The departments of a cell by full name: a lead has to be known, a partner may be another's.

    A partner that the site does not know, or knows several of, stays as written and is remarked.
    """
    named = parts_of(text)
    if single and len(named) > 1:
        return Organs(text, "写了几个部门", f"只写一个部门：{_ORGAN}；其他部门写在“配合部门”")
    meant = {one: _called(one, known) for one in named}
    if single and (strange := [one for one in named if len(meant[one]) != 1]):
        return _unclear(text, meant[strange[0]], known)
    full = {one: fit[0] for one, fit in meant.items() if len(fit) == 1}
    remarks = [f"“{one}”按“{full[one]}”登记" for one in named if full.get(one, one) != one]
    remarks += [_left(one, meant[one]) for one in named if one not in full]
    return Organs(PART.join(full.get(one, one) for one in named), remarks=tuple(remarks))


def _called(word: str, known: Known) -> list[str]:
    """The full names of the departments that a word may mean: its own name before all others."""
    there = [one for one in known.departments.values() if not one.closed]
    for fits in (
        lambda one: word == one.name,
        lambda one: word in (one.short, *one.aliases),
        lambda one: len(word) >= SHORTEST and one.name.endswith(word),
    ):
        if found := [one.name for one in there if fits(one)]:
            return found
    return []


def _unclear(text: str, meant: list[str], known: Known) -> Organs:
    if meant:
        return Organs(text, "可以指几个部门", f"全称：{'、'.join(meant)}之一")
    names = [one.name for one in known.departments.values()]
    near = get_close_matches(text, names, 1, 0.4)
    hint = f"，是否指“{near[0]}”" if near else ""
    return Organs(text, "不是本系统登记的部门", f"{_ORGAN}{hint}")


def _left(word: str, meant: list[str]) -> str:
    if meant:
        return f"“{word}”可以指{'、'.join(meant)}，照原文列出，请写全称"
    return f"“{word}”不是本系统登记的部门，照原文列出"


def article_of(text: str) -> tuple[str, str]:
    """What is wrong with a basis, and what would be right: it names the article, not only a law."""
    return ("", "") if _ARTICLE_OF.search(text) else ("没有写明第几条", _ARTICLE)


def _one_of(text: str, known: tuple[str, ...]) -> tuple[str, str, str]:
    fit = [one for one in known if text == one or (len(text) > 1 and one.startswith(text))]
    if len(fit) == 1:
        return fit[0], "", ""
    return text, "不在可用的写法里", f"{'、'.join(known)}之一"


def _category(text: str, known: Known) -> tuple[str, str, str]:
    return _one_of(text, GENERAL)


def _body_kind(text: str, known: Known) -> tuple[str, str, str]:
    return _one_of(text, BODY_KINDS)


def _level(text: str, known: Known) -> tuple[str, str, str]:
    read = [_one_of(one if one.endswith("级") else f"{one}级", LEVELS) for one in parts_of(text)]
    if wrong := next((one for one in read if one[1]), None):
        return text, wrong[1], f"{'、'.join(LEVELS)}，几级用顿号分开"
    return PART.join(one[0] for one in read), "", ""


def _number(text: str, known: Known) -> tuple[str, str, str]:
    """A share is between 0 and 100 per cent; 3/100 could mean two things, the rest is prose."""
    plain = unicodedata.normalize("NFKC", text)
    above = [one for one in _PERCENT.findall(plain) if Decimal(one) > WHOLE]
    if above:
        return text, "的比例超过100%", "比例在0%至100%之间，如“5%”"
    if _FRACTION.fullmatch(plain.strip()):
        return text, "不能确定是比例还是户数", "写作百分比或者户数，如“3%”“3户”"
    return text.replace("％", "%").replace("﹪", "%"), "", ""


def _window(text: str, known: Known) -> tuple[str, str, str]:
    if window_of(text, known.year) is not None:
        return text, "", ""
    told = f"“{text}”读不出起止日期，不按期提醒；可写作“{known.year}年3月至6月”“第二季度”"
    return text, "", told


def _times(text: str, known: Known) -> tuple[str, str, str]:
    found = _TIMES.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    if found is None or int(found[1]) == 0:
        return text, "不是次数", "一年最多几次，写整数，如“2”"
    return found[1], "", ""


Shape = Callable[[str, Known], tuple[str, str, str]]
SHAPED: Mapping[str, Shape] = {
    "事项类别": _category,
    "主体类别": _body_kind,
    "监管层级": _level,
    "检查数量": _number,
    "起止时间": _window,
    "年度上限": _times,
}
"""How a column's words are read: as written in the usual way, what is wrong, what is right."""
