"""The header of a table: found among titles and filters above it, of one row or of two."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Literal

from domain.files.rows import heading as plain
from domain.files.rows import is_blank

GROUP_SIGN = "·"
"""Stands between the heading of a group of columns and that of one of them."""
LONGEST_HEADING = 20
"""A cell with more signs is an entry rather than a heading."""
_PARTIES = (
    (
        "subject",
        re.compile(
            r"被(?:反映|投诉|举报|诉求|申诉|诉)?(?:人|方|者|单位|对象|主体|企业|商家|机构)"
            r"|(?:涉事|涉诉|涉案|责任)(?:人|方|单位|对象|主体|企业|商家)|当事人|企业|商家|经营者"
        ),
    ),
    (
        "reporter",
        re.compile(
            r"(?:反映|投诉|举报|诉求|申诉|来电|来访|来信|联系|报案)(?:人|方|者)|市民|群众|居民|诉求者"
        ),
    ),
)
_ABOUT = re.compile(r"(?:基本)?(?:信息|情况|资料)$")


@dataclass(frozen=True)
class Header:
    """Where the header's last row is (from 0), how its columns are called, and what to say of it.

    A column of a group that names a party is called by both: 「被反映单位·联系电话」.
    """

    last: int
    columns: tuple[str, ...]
    remarks: tuple[str, ...] = ()


def party_of(group: str) -> Literal["subject", "reporter"] | None:
    """Of whom the columns of a group tell: the party complained of, who reported, or neither."""
    bare = _ABOUT.sub("", plain(group))
    for party, words in _PARTIES:
        if words.fullmatch(bare):
            return "subject" if party == "subject" else "reporter"
    return None


def find_header(rows: Sequence[Sequence[object]], known: frozenset[str]) -> Header | None:
    """The header among the first rows: the row with most known headings, two at least; or None."""
    counts = [sum(plain(cell) in known for cell in row if isinstance(cell, str)) for row in rows]
    if max(counts, default=0) < 2:
        return None
    return _header(rows, counts.index(max(counts)), known)


def likely_header(rows: Sequence[Sequence[object]]) -> Header | None:
    """What seems to be the header of an unknown table: the first row about as wide as the widest.

    None where all rows are empty.
    """
    widths = [sum(not is_blank([cell]) for cell in row) for row in rows]
    widest = max(widths, default=0)
    if not widest:
        return None
    place = next(at for at, width in enumerate(widths) if 2 * width > widest)
    return _header(rows, place, frozenset())


def _header(rows: Sequence[Sequence[object]], place: int, known: frozenset[str]) -> Header:
    top = [_text(cell) for cell in rows[place]]
    below = [_text(cell) for cell in rows[place + 1]] if place + 1 < len(rows) else []
    above = [_text(cell) for cell in rows[place - 1]] if place else []
    if _continues(top, below, known):
        names = [_joined(*pair) for pair in zip_longest(_spread(top), below, fillvalue="")]
        last = place + 1
    else:
        groups = _spread(above) if _has_groups(above) else []
        pairs = zip_longest(groups, top, fillvalue="")
        names, last = [_joined(group if one else "", one) for group, one in pairs], place
    return Header(last, column_names(names), tuple(repeated_headings(names)))


def _text(cell: object) -> str:
    return " ".join(str(cell).split()) if cell is not None else ""


def _continues(top: list[str], below: list[str], known: frozenset[str]) -> bool:
    """Whether the row below a header divides its groups: it stands under them and nowhere else."""
    there = {place for place, one in enumerate(below) if one}
    named = [*top, *[""] * (len(below) - len(top)), ""]
    divided = all(
        not named[place] or (not named[place + 1] and place + 1 in there) for place in there
    )
    words = [below[place] for place in there]
    return (
        len(there) >= 2
        and divided
        and any(not named[place] for place in there)
        and all(len(one) <= LONGEST_HEADING and not one[0].isdigit() for one in words)
        and (not known or any(plain(one) in known for one in words))
    )


def _has_groups(above: list[str]) -> bool:
    """Whether a row above the header names parties over two columns or more."""
    pairs = pairwise(above)
    return any(one and not following and party_of(one) for one, following in pairs)


def _spread(cells: list[str]) -> list[str]:
    """Each cell's text, or the one to its left that reaches over it."""
    found, current = [], ""
    for one in cells:
        current = one or current
        found.append(current)
    return found


def _joined(group: str, name: str) -> str:
    if not name or plain(name) == plain(group):
        return name or group
    return f"{group}{GROUP_SIGN}{name}" if party_of(group) else name


def column_names(header: Sequence[str]) -> tuple[str, ...]:
    """Column names without line breaks; an empty or repeated heading is told by its place."""
    names: list[str] = []
    taken: set[str] = set()
    for place, name in enumerate(header, start=1):
        one = name or f"第{place}列"
        names.append(one if one not in taken else f"{one}（第{place}列）")
        taken.add(names[-1])
    return tuple(names)


def repeated_headings(header: Sequence[str]) -> list[str]:
    """What to say of headings that stand there more than once: only the first column is read."""
    counts = Counter(name for name in header if name)
    return [
        f"表头“{name}”有{count}列，只读取第一列，其余各列没有读取"
        for name, count in counts.items()
        if count > 1
    ]
