"""Rows of a published table of caps, read as what binds: whose, how often, for what and whom."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.publications.row_merging import lines_of_text
from domain.publications.row_words import parts_of
from domain.shapes.entries import Department, Matter
from domain.shapes.rosters import SubjectKind

BODY = "caps"
ORGAN, MATTERS, OBJECTS, YEARLY = "检查机关", "检查事项", "检查对象", "年度上限"
_ALL = "(?:全部|所有|各类|各项|一切)"
EVERYTHING = re.compile(f"{_ALL}(?:的?(?:行政)?(?:检查|监管)?(?:事项)?)|行政检查|检查事项|不限")
"""Words for all matters; 日常检查 is none of them, for it names a kind of inspection."""
LEADING = re.compile(f"^(?:同一家?|同1家?|每一?[家户个]|单[家户个]|{_ALL})的?")
ANYBODY = frozenset({"对象", "检查对象", "监管对象", "主体", "单位", "不限", ""})
CODED = frozenset({"经营主体", "市场主体", "经营者"})
"""Words for whoever has a credit code."""
SHORTEST = 4


@dataclass(frozen=True)
class CapRow:
    """What a row binds: an organ, times a year at one subject; `scope`: in the row's own words.

    `matters`, `kinds` (of subjects): by id; none: all of them.
    """

    organ: str
    yearly: int
    scope: str = ""
    matters: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    def covers(self, matters: Iterable[str], kind: str) -> bool:
        """Whether an inspection of these matters at a subject of a kind is one of those capped."""
        about = not self.matters or bool(self.matters & set(matters))
        return about and (not self.kinds or kind in self.kinds)


@dataclass(frozen=True)
class Known:
    """What rows are read against: departments, matters and kinds of subjects, by id.

    `agreed`: whose caps bind: the department that publishes, and those whose opinion it asked.
    """

    departments: Mapping[str, Department]
    matters: Mapping[str, Matter]
    kinds: Mapping[str, SubjectKind]
    agreed: frozenset[str]


@dataclass(frozen=True)
class ReadCaps:
    """The rows that bind, and in Chinese why the others are left to people."""

    rows: tuple[CapRow, ...] = ()
    unclear: tuple[str, ...] = ()


def read_caps(text: str, known: Known) -> ReadCaps:
    """The rows of a published text of caps; what a row leaves open binds nobody by itself."""
    rows: list[CapRow] = []
    unclear: list[str] = []
    for cells in lines_of_text(BODY, text)[1]:
        found = _read(cells, known)
        if isinstance(found, CapRow):
            rows.append(found)
        else:
            told = "、".join(cells.get(one) or "没有填写" for one in (ORGAN, MATTERS, OBJECTS))
            unclear.append(f"{told}：{'；'.join(found)}")
    return ReadCaps(tuple(rows), tuple(unclear))


def _read(cells: Mapping[str, str], known: Known) -> CapRow | list[str]:
    names = {one.name: key for key, one in known.departments.items()}
    organ = names.get(cells[ORGAN].strip())
    yearly = cells.get(YEARLY, "").strip()
    matters, kinds = _matters(cells[MATTERS], known), _kinds(cells[OBJECTS], known)
    wrong = []
    if organ is None:
        wrong.append("检查机关不是本系统登记的部门全称")
    elif organ not in known.agreed:
        wrong.append("检查机关不是公布的部门，也没有向其征求意见")
    if not yearly.isdecimal():
        wrong.append("年度上限不是整数")
    if matters is None:
        wrong.append("检查事项不是全部检查，也不是清单中的事项名称")
    if kinds is None:
        wrong.append("检查对象不是名录中的类别")
    if wrong or organ is None or matters is None or kinds is None:
        return wrong
    scope = "、".join(
        cells[name].strip() for name, part in ((MATTERS, matters), (OBJECTS, kinds)) if part
    )
    return CapRow(organ, int(yearly), scope, matters, kinds)


def _matters(text: str, known: Known) -> frozenset[str] | None:
    """The matters named, none for all; None where a name is no matter's or several matters'."""
    if EVERYTHING.fullmatch("".join(text.split())):
        return frozenset()
    found = [_named(one, known) for one in parts_of(text)]
    if not found or any(len(one) != 1 for one in found):
        return None
    return frozenset(one[0] for one in found)


def _named(word: str, known: Known) -> list[str]:
    same = [key for key, one in known.matters.items() if one.name == word]
    if same or len(word) < SHORTEST:
        return same
    return [key for key, one in known.matters.items() if one.name.startswith(word)]


def _kinds(text: str, known: Known) -> frozenset[str] | None:
    """The kinds of subjects named, none for all; None where a word is no kind's."""
    found: set[str] = set()
    for part in parts_of(text):
        word = LEADING.sub("", part)
        if word in ANYBODY:
            return frozenset()
        meant = {key for key, one in known.kinds.items() if word == one.label}
        if word in CODED:
            meant |= {key for key, one in known.kinds.items() if one.coded}
        if not meant:
            return None
        found |= meant
    return frozenset(found) or None
