"""The building blocks of a template: paragraphs, conditions, loops and tables as Word XML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

WIDTH, WIDE = 8845, 12757
"""The width of the type area, 156 mm upright and 225 mm lying, in twentieths of a point."""

FORM_RULES = {"top": 8, "left": 8, "bottom": 8, "right": 8, "insideH": 4, "insideV": 4}
"""The rules of a form, in eighths of a point; 0 is no rule."""


def paragraph(style: str, text: str = "") -> str:
    """One paragraph; a tab character is a tab, a new line breaks the line."""
    runs = escape(text).replace("\t", '</w:t><w:tab/><w:t xml:space="preserve">')
    runs = runs.replace("\n", '</w:t><w:br/><w:t xml:space="preserve">')
    run = f'<w:r><w:t xml:space="preserve">{runs}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def slashed(fact: str) -> str:
    """The tag of a fact that is struck with a slash when it is empty."""
    return f"{{{{ {fact}|default('/') }}}}"


def body(*texts: str) -> str:
    """Paragraphs of running text, each indented by two characters."""
    return "".join(paragraph("Body", text) for text in texts)


def lines(*texts: str) -> str:
    """Short lines of a label and a value, never stretched to the margin."""
    return "".join(paragraph("Party", text) for text in texts)


def heading(text: str) -> str:
    """A first-level heading (一、)."""
    return paragraph("Heading1", text)


def subheading(text: str) -> str:
    """A second-level heading（（一））."""
    return paragraph("Heading2", text)


def when(condition: str, *blocks: str, otherwise: str = "") -> str:
    """Blocks that are printed only when the condition holds."""
    other = paragraph("Body", "{%p else %}") + otherwise if otherwise else ""
    opening, ending = f"{{%p if {condition} %}}", "{%p endif %}"
    return paragraph("Body", opening) + "".join(blocks) + other + paragraph("Body", ending)


def each(name: str, rows: str, *blocks: str) -> str:
    """Blocks that are printed once for every row."""
    opening = f"{{%p for {name} in {rows} %}}"
    return paragraph("Body", opening) + "".join(blocks) + paragraph("Body", "{%p endfor %}")


def long_text(fact: str, style: str = "Body") -> str:
    """A long text, each of its lines a paragraph of its own; a slash when there is none."""
    return each("段", f"{fact}|default('/')|paragraphs", paragraph(style, "{{ 段 }}"))


_STYLED = re.compile(r'(<w:pStyle w:val="\w+"/>)(?!<w:keepNext/>)')
_MOMENT = re.compile("\\|cn_datetime|日　时　分")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its blocks, how many columns it spans, and whether it hangs from the one above."""

    blocks: str
    span: int = 1
    merge: str = ""
    top: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A table row; `height` in millimetres is its least height, `head` repeats it on every page."""

    cells: tuple[Cell, ...]
    height: int = 0
    head: bool = False
    breakable: bool = False


def label(text: str, span: int = 1, merge: str = "") -> Cell:
    """A cell that names what stands beside it."""
    return Cell(paragraph("CellCenter", text), span, merge)


def value(text: str, span: int = 1) -> Cell:
    """A cell that holds a fact; a moment is set smaller, so that it stays on one line."""
    return Cell(paragraph("CellTime" if _MOMENT.search(text) else "Cell", text), span)


def writing(*blocks: str, span: int = 1) -> Cell:
    """A cell of running text, written from its top."""
    return Cell("".join(blocks), span, top=True)


def hanging(span: int = 1) -> Cell:
    """The continuation of the label above."""
    return Cell(paragraph("CellCenter"), span, "continue")


def row(*cells: Cell, height: int = 8) -> Row:
    """A row of a form."""
    return Row(cells, height)


def pairs(*texts: str, height: int = 8) -> Row:
    """A row of labels, each followed by what stands beside it."""
    cells = (label(text) if place % 2 == 0 else value(text) for place, text in enumerate(texts))
    return Row(tuple(cells), height)


def tall(*cells: Cell, height: int = 40) -> Row:
    """A row with room for an opinion; it may run over the page."""
    return Row(cells, height, breakable=True)


def _borders(rules: Mapping[str, int]) -> str:
    return "".join(
        f'<w:{side} w:val="{"single" if size else "nil"}" w:sz="{size}" w:space="0"'
        ' w:color="000000"/>'
        for side, size in rules.items()
    )


def table(
    widths: tuple[int, ...], *rows: Row, rules: Mapping[str, int] = FORM_RULES, place: str = ""
) -> str:
    """A table over the whole type area; `widths` in millimetres, made to fit exactly.

    Widths of more than an upright sheet holds are those of a lying one.
    """
    total = sum(widths)
    whole = WIDE if total > 180 else WIDTH
    columns = [width * whole // total for width in widths]
    columns[-1] += whole - sum(columns)
    grid = "".join(f'<w:gridCol w:w="{column}"/>' for column in columns)
    return (
        f'<w:tbl><w:tblPr>{place}<w:tblW w:w="{whole}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_borders(rules)}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/>'
        f"</w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(_row(item, columns) for item in _last_kept(rows))}</w:tbl>"
    )


def _last_kept(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The last row of a form never stands alone on a page: the one before it goes along.

    One that may run over the page does not: it would be moved whole, and leave its page empty. A
    last row that may begins on the page of the one before by itself.
    """
    if len(rows) < 2 or any(row.head for row in rows) or any(one.breakable for one in rows[-2:]):
        return rows
    *first, before, last = rows
    cells = tuple(replace(cell, blocks=kept_together(cell.blocks)) for cell in before.cells)
    return (*first, replace(before, cells=cells), last)


def parted_tables(blocks: str) -> str:
    """The same blocks with room between tables that follow one another.

    Word and LibreOffice would make one table of them, and repeat the heads of the first above the
    second.
    """
    return blocks.replace("</w:tbl><w:tbl>", f"</w:tbl>{paragraph('Remark')}<w:tbl>")


def kept_together(blocks: str) -> str:
    """The same blocks, none of which is parted from the next by a page's end."""
    return _STYLED.sub(r"\1<w:keepNext/>", blocks)


def _row(item: Row, columns: list[int]) -> str:
    keep = "" if item.breakable else "<w:cantSplit/>"
    least = f'<w:trHeight w:val="{item.height * 567 // 10}" w:hRule="atLeast"/>'
    height = least if item.height else ""
    head = "<w:tblHeader/>" if item.head else ""
    cells = ""
    start = 0
    for cell in item.cells:
        cells += _cell(cell, sum(columns[start : start + cell.span]))
        start += cell.span
    if start != len(columns):
        raise ValueError(f"一行有{start}栏，表格有{len(columns)}栏：{cells[:200]}")
    return f"<w:tr><w:trPr>{keep}{height}{head}</w:trPr>{cells}</w:tr>"


def _cell(cell: Cell, width: int) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    merge = f'<w:vMerge w:val="{cell.merge}"/>' if cell.merge else ""
    place = "" if cell.top else '<w:vAlign w:val="center"/>'
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merge}{place}</w:tcPr>'
        f"{cell.blocks}</w:tc>"
    )


def head_row(*names: str) -> Row:
    """The heads of a list; Word repeats them on every page."""
    cells = tuple(Cell(paragraph("ListHead", name)) for name in names)
    return Row(cells, 9, head=True)


def row_loop(name: str, rows: str, item: Row) -> tuple[Row, Row, Row]:
    """A row that is printed once for every item of a list."""
    span = sum(cell.span for cell in item.cells)
    return (
        Row((Cell(paragraph("Small", f"{{%tr for {name} in {rows} %}}"), span),)),
        item,
        Row((Cell(paragraph("Small", "{%tr endfor %}"), span),)),
    )


def row_when(condition: str, item: Row) -> tuple[Row, Row, Row]:
    """A row that is printed only when the condition holds."""
    span = sum(cell.span for cell in item.cells)
    return (
        Row((Cell(paragraph("Small", f"{{%tr if {condition} %}}"), span),)),
        item,
        Row((Cell(paragraph("Small", "{%tr endif %}"), span),)),
    )


def list_row(*texts: str) -> Row:
    """A row of a list; what begins with a minus sign is set flush left."""
    return Row(tuple(_list_cell(text) for text in texts), 8)


def _list_cell(text: str) -> Cell:
    style = "SmallLeft" if text.startswith("-") else "Small"
    return Cell(paragraph(style, text.removeprefix("-")))
