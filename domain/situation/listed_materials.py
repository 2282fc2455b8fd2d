"""Which papers and files the rows of a referral's list of materials stand for, and their pages."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Protocol

Row = Mapping[str, object]

REPORT, GOODS = "涉嫌犯罪案件情况的调查报告", "涉案物品清单"
OPINION = "检验报告或者鉴定意见"
PENALTY = "行政处罚决定书"
WORDS: Mapping[str, tuple[str, ...]] = {
    REPORT: ("调查报告",),
    GOODS: ("物品清单",),
    OPINION: ("检验", "鉴定", "检测", "辨认"),
    PENALTY: ("处罚决定书",),
}
"""By part of the packet, how the handler's own list may call it."""
ISSUED: Mapping[str, str] = {
    REPORT: "crime_investigation_report",
    GOODS: "goods_list",
    PENALTY: "penalty_decision",
}
"""By part of the packet, the kind of document that it is where it was issued here."""


_ABOUT = ("资质", "委托", "聘请", "资格")


class Drawn(Protocol):
    """A document of the clue with its pages, where they were counted."""

    @property
    def kind(self) -> str:
        """The kind of document."""

    @property
    def pages(self) -> int | None:
        """How many pages it has; None where nobody counted them."""


def rows_of(value: object) -> list[Row]:
    """The rows of a list; what is no list has none."""
    return [row for row in value if isinstance(row, Mapping)] if isinstance(value, list) else []


def name_of(row: Row) -> str:
    """What the row is called."""
    return str(row.get("名称") or "").strip()


@lru_cache(maxsize=1024)
def part_of(name: str) -> str | None:
    """The part of the packet that a name stands for; the first that it names.

    Papers about who examined, or on whose behalf, are no result of the examination.
    """
    if any(word in name for word in _ABOUT):
        return None
    return next((part for part, words in WORDS.items() if any(w in name for w in words)), None)


def counted_pages(
    name: str, papers: Iterable[Drawn], files: Iterable[tuple[str, int]]
) -> int | None:
    """The pages of what a row names: of the document issued here, else of the file so called.

    `files` are titles with their pages, oldest first; the newest of a name holds. What is called
    more than the document itself (调查报告及附表) is not that document alone.
    """
    part = part_of(name) or ""
    kind = ISSUED.get(part) if name.endswith(WORDS.get(part, ())) else None
    drawn = [one.pages for one in papers if one.kind == kind and one.pages]
    sent = [pages for title, pages in files if name and title.strip() == name and pages]
    return next(iter((*drawn[-1:], *sent[-1:])), None)


def copies_of(row: Row) -> int:
    """How many copies a row hands over; one where it says nothing that is a number."""
    told = str(row.get("份数") or "").strip()
    return int(told) if told.isdecimal() and int(told) else 1
