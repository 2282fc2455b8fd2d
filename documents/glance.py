"""A finished document at a glance: its text in order, for a page that shows it before it is taken.

No layout: who wants to see that takes the file itself.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.table import Table
from docx.text.paragraph import Paragraph

Side = Literal["left", "center", "right"]
SIDES: dict[object, Side] = {
    WD_ALIGN_PARAGRAPH.CENTER: "center",
    WD_ALIGN_PARAGRAPH.RIGHT: "right",
}


@dataclass(frozen=True)
class Line:
    """A paragraph, and on which side it stands."""

    text: str
    side: Side = "left"
    bold: bool = False


@dataclass(frozen=True)
class Grid:
    """A table: rows of cells; a cell that spans several columns is one cell."""

    rows: tuple[tuple[tuple[str, int], ...], ...]


def glance(content: bytes) -> tuple[Line | Grid, ...]:
    """The paragraphs and tables of a Word file, in their order."""
    return tuple(_blocks(content))


def _blocks(content: bytes) -> Iterator[Line | Grid]:
    for one in Document(io.BytesIO(content)).iter_inner_content():
        if isinstance(one, Table):
            yield Grid(tuple(_row(row.cells) for row in one.rows))
        elif isinstance(one, Paragraph) and one.text.strip():
            yield Line(one.text, SIDES.get(one.alignment, "left"), _is_bold(one))


def _row(cells: tuple[object, ...]) -> tuple[tuple[str, int], ...]:
    found: list[tuple[str, int]] = []
    last: object = None
    for cell in cells:
        inner = cell._tc  # type: ignore[attr-defined]
        if inner is last:
            text, span = found[-1]
            found[-1] = (text, span + 1)
        else:
            found.append((cell.text, 1))  # type: ignore[attr-defined]
        last = inner
    return tuple(found)


def _is_bold(paragraph: Paragraph) -> bool:
    runs = [one for one in paragraph.runs if one.text.strip()]
    return bool(runs) and all(one.bold for one in runs)
