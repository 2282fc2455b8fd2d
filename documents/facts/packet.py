"""The packet of a referral as a list for the police: the parts the law names, then the rest."""

from collections.abc import Iterable

from documents.facts.makers import Facts, Known, number_and_day
from documents.facts.paper import Paper
from domain.situation.listed_materials import (
    GOODS,
    OPINION,
    PENALTY,
    WORDS,
    Row,
    copies_of,
    counted_pages,
    name_of,
    part_of,
    rows_of,
)


def materials_of(paper: Paper, facts: Known) -> list[Facts]:
    """Every part that has to go along; where the handler lists one, his copies and pages hold."""
    own = rows_of(facts.get("移送材料清单"))
    named = {id(row) for part in WORDS for row in _listed(own, part)}
    parts = [row for part in WORDS for row in _listed(own, part) or _added(paper, facts, part)]
    parts = [_with_number(paper, row) for row in parts]
    rest = (row for row in own if id(row) not in named)
    return [_with_pages(paper, row) for row in (*parts, *rest)]


def _with_pages(paper: Paper, row: Row) -> Facts:
    """The row with the pages of the file itself where one copy of it lies here and was counted.

    A figure that the handler wrote and that is another was refused before
    (`domain.guards.paperwork.pages_are_those_of_the_files`).
    """
    files = ((_title(one), one["页数"]) for one in paper.files)
    known = [(title, pages) for title, pages in files if isinstance(pages, int)]
    counted = counted_pages(name_of(row), paper.issued, known)
    return {**row, "页数": counted} if counted and copies_of(row) == 1 else dict(row)


def _title(file: Row) -> str:
    """The title as it was uploaded; a row of a catalogue adds the kind of evidence."""
    return str(file.get("题名") or "").rpartition("（")[0]


def _with_number(paper: Paper, row: Row) -> Row:
    """The handler's row for a paper that bears a number shows it."""
    if row.get("文号") or part_of(name_of(row)) != GOODS:
        return row
    return {**row, "文号": number_and_day(paper, "goods_list")[0]}


def _listed(rows: Iterable[Row], part: str) -> list[Row]:
    """The handler's rows for a part; a row is counted for the first part it names."""
    return [row for row in rows if part_of(name_of(row)) == part]


def _added(paper: Paper, facts: Known, part: str) -> list[Row]:
    """The part as one row, a copy of it; its pages are written in by hand."""
    if part == OPINION:
        told = str(facts.get("检验鉴定情况") or "")
        nothing = {"份数": None, "页数": "/"} if "无需" in told else {"份数": 1}
        return [{"名称": part, **nothing, "备注": told}] if told else []
    if part == PENALTY:
        imposed = [one for one in paper.issued if one.kind == "penalty_decision"]
        return [{"名称": part, "文号": one.number, "份数": 1} for one in imposed]
    number = number_and_day(paper, "goods_list")[0] if part == GOODS else None
    return [{"名称": part, "文号": number, "份数": 1}]
