"""The packet of a referral as a list for the police: the parts the law names, then the rest."""

from collections.abc import Iterable, Mapping

from documents.facts.makers import Facts, Known, number_and_day
from documents.facts.paper import Paper

Row = Mapping[str, object]
_REPORT, _GOODS = "涉嫌犯罪案件情况的调查报告", "涉案物品清单"
_OPINION = "检验报告或者鉴定意见"
_PENALTY = "行政处罚决定书"
_WORDS: Mapping[str, tuple[str, ...]] = {
    _REPORT: ("调查报告",),
    _GOODS: ("物品清单",),
    _OPINION: ("检验", "鉴定", "检测", "辨认"),
    _PENALTY: ("处罚决定书",),
}
"""By part of the packet, how the handler's own list may call it."""
_ISSUED: Mapping[str, str] = {
    _REPORT: "crime_investigation_report",
    _GOODS: "goods_list",
    _PENALTY: "penalty_decision",
}
"""By part of the packet, the kind of document that it is where it was issued here."""


def materials_of(paper: Paper, facts: Known) -> list[Facts]:
    """Every part that has to go along; where the handler lists one, his copies and pages hold."""
    own = _rows(facts.get("移送材料清单"))
    named = {id(row) for part in _WORDS for row in _listed(own, part)}
    parts = [row for part in _WORDS for row in _listed(own, part) or _added(paper, facts, part)]
    parts = [_with_number(paper, row) for row in parts]
    rest = (row for row in own if id(row) not in named)
    return [_with_pages(paper, row) for row in (*parts, *rest)]


def _with_pages(paper: Paper, row: Row) -> Facts:
    """The row with the pages of the file itself where one copy of it lies here and was counted."""
    name = str(row.get("名称") or "")
    kind = _ISSUED.get(_part_of(name) or "")
    drawn = [one.pages for one in paper.issued if one.kind == kind and one.pages]
    sent = [one["页数"] for one in paper.files if _is_called(one, name) and one.get("页数")]
    counted = drawn[-1:] or sent[-1:]
    alone = str(row.get("份数") or 1) == "1"
    return {**row, "页数": counted[0]} if counted and alone else dict(row)


def _is_called(file: Row, name: str) -> bool:
    title, _, _ = str(file.get("题名") or "").rpartition("（")
    return bool(name) and title.strip() == name.strip()


def _with_number(paper: Paper, row: Row) -> Row:
    """The handler's row for a paper that bears a number shows it."""
    if row.get("文号") or _part_of(str(row.get("名称") or "")) != _GOODS:
        return row
    return {**row, "文号": number_and_day(paper, "goods_list")[0]}


def _rows(value: object) -> list[Row]:
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def _listed(rows: Iterable[Row], part: str) -> list[Row]:
    """The handler's rows for a part; a row is counted for the first part it names."""
    return [row for row in rows if _part_of(str(row.get("名称") or "")) == part]


def _part_of(name: str) -> str | None:
    return next((part for part, words in _WORDS.items() if any(w in name for w in words)), None)


def _added(paper: Paper, facts: Known, part: str) -> list[Row]:
    """The part as one row, a copy of it; its pages are written in by hand."""
    if part == _OPINION:
        told = str(facts.get("检验鉴定情况") or "")
        nothing = {"份数": None, "页数": "/"} if "无需" in told else {"份数": 1}
        return [{"名称": part, **nothing, "备注": told}] if told else []
    if part == _PENALTY:
        imposed = [one for one in paper.issued if one.kind == "penalty_decision"]
        return [{"名称": part, "文号": one.number, "份数": 1} for one in imposed]
    number = number_and_day(paper, "goods_list")[0] if part == _GOODS else None
    return [{"名称": part, "文号": number, "份数": 1}]
