"""Reading one cell: as text, number or choice; one that cannot be so is a `WrongCell`."""

import re
from collections.abc import Mapping
from datetime import datetime

from domain.files.identifiers import half_width, is_placeholder
from domain.files.rows import Cell

EXACT_DIGITS = 10**15
"""A spreadsheet keeps no more than 15 figures of a number; longer ones are no longer true."""
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\ufeff]")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
_DECIMAL = re.compile(r"(\d{4,})\.0+")
"""A number that a program made a decimal one; 1.0 may be a chapter."""


class WrongCell(Exception):
    """A cell that cannot be what its column promises: what is wrong, and what would be right."""

    def __init__(self, wrong: str, right: str) -> None:
        super().__init__(f"{wrong}；{right}")
        self.wrong, self.right = wrong, right


def text_of(cell: Cell) -> str:
    """The cell as printable text on one or more tidy lines; a figure keeps all its digits.

    An empty cell is an empty text. Control characters, zero-width signs and lone surrogates, which
    neither a database nor a Word file takes, are dropped.
    """
    if cell is None or isinstance(cell, bool):
        return "" if cell is None else ("是" if cell else "否")
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else repr(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S")
    text = _LONE_SURROGATE.sub("", _UNPRINTABLE.sub("", str(cell)))
    lines = (" ".join(line.split()) for line in text.splitlines())
    return "\n".join(line for line in lines if line)


def line_of(cell: Cell) -> str:
    """The cell as one line; words that stand for nothing are nothing."""
    text = text_of(cell).replace("\n", " ")
    return "" if is_placeholder(text) else text


def number_text(cell: Cell) -> str:
    """An order number, phone or code as text; WrongCell for one that the spreadsheet has rounded.

    Formulas that keep a number as text (`="0123"`), leading quotes and the `.0` of a program that
    took the column for decimals are undone.
    """
    # Excel keeps 15 figures: of a longer number the last ones are noughts, and two different orders
    # would bear one number.
    if isinstance(cell, int | float) and not isinstance(cell, bool) and abs(cell) >= EXACT_DIGITS:
        if isinstance(cell, float):
            raise WrongCell(
                f"{text_of(cell)} 超过15位，末尾数字已被电子表格改写",
                "请把该列设为文本格式后重新导出",
            )
        return str(cell)
    text = half_width(line_of(cell)).strip().strip("'`")
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1]
    if _SCIENTIFIC.fullmatch(text):
        raise WrongCell(f"{text} 是科学计数，末尾数字已丢失", "请把该列设为文本格式后重新导出")
    if decimal := _DECIMAL.fullmatch(text):
        text = decimal[1]
        if len(text) > len(str(EXACT_DIGITS)) - 1:
            raise WrongCell(
                f"{text}.0 超过15位，末尾数字已被改写", "请把该列设为文本格式后重新导出"
            )
    return text


def choice_of(cell: Cell, values: Mapping[str, str]) -> str | None:
    """The value that a word of the platform stands for, or None for an unknown word."""
    text = half_width(line_of(cell)).casefold().strip()
    return values.get(text)
