"""A Word file as HTML: everything it says, readable in a browser without Word.

Made from the file's own bytes. All text is escaped; looks are told by classes only, so that the
page that shows it needs no style of its own in the text.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from lxml import etree
from markupsafe import Markup, escape

from documents.templates.markup import parse_part
from documents.templates.package import NotAWordFile
from documents.templates.safety import read_safely
from documents.templates.styles import (
    LARGE,
    SMALL,
    Looks,
    Style,
    W,
    is_on,
    looks_of,
    styles_of,
    value_of,
)

BODY = "word/document.xml"
STYLES = "word/styles.xml"
_IN_MARGIN = re.compile(r"word/(?:header|footer)\d*\.xml")
RELATIONS = "word/_rels/document.xml.rels"
HEADINGS: Mapping[str, str] = {
    **dict.fromkeys(("公文标题", "Title", "title"), "h2"),
    **dict.fromkeys(("一级标题", "heading 1"), "h3"),
    **dict.fromkeys(("二级标题", "heading 2"), "h4"),
}
SIGNED = frozenset({"署名", "署名（长名称）", "成文日期", "成文日期（长名称）"})
"""The styles of who signs and of the day, centred under each other far on the right."""
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
Styles = Mapping[str, Style]
MOST_COLUMNS = 63
"""As many columns as a table of Word can have."""
_PICTURES = frozenset({f"{W}drawing", f"{W}pict"})
_TOLD = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_SIGNS: Mapping[str, str] = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n"}


@dataclass
class _Cell:
    """A table's cell; it grows by the cells below that it is merged with."""

    element: etree._Element
    columns: int
    rows: int = 1


@dataclass
class _Row:
    """A table's row with its own cells."""

    heads: bool
    cells: list[_Cell] = field(default_factory=list)


def as_html(content: bytes) -> Markup:
    """The file's text as safe HTML: letterhead, title, paragraphs, tables, imprint.

    Raises NotAWordFile for bytes that are no sound Word file.
    """
    contents = _contents(content)
    root = parse_part(contents[BODY])
    styles = styles_of(parse_part(contents[STYLES]) if STYLES in contents else None)
    head = _first_header(contents, root)
    blocks = (
        []
        if head is None
        else [Markup('<div class="doc-head">{}</div>').format(_join(_blocks(styles, head)))]
    )
    body = root.find(f"{W}body")
    if body is not None:
        blocks += _blocks(styles, body)
    return _join(blocks)


def lines_of(content: bytes) -> list[str]:
    """The file's text, a line for each paragraph that says something; for comparisons."""
    root = parse_part(_contents(content)[BODY])
    texts = ("".join(text for text, _ in _runs(one)).strip() for one in root.iter(f"{W}p"))
    return [one for one in texts if one]


def all_words(content: bytes) -> str:
    """Everything the file says, its headers and footers among it, without any blank; to look for
    words in.
    """
    contents = _contents(content)
    parts = [BODY, *(one for one in sorted(contents) if _IN_MARGIN.fullmatch(one))]
    texts = (text for one in parts for text, _ in _runs(parse_part(contents[one])))
    return "".join("".join(texts).split())


def _contents(content: bytes) -> dict[str, bytes]:
    contents, unsafe = read_safely(content)
    if unsafe:
        raise NotAWordFile(str(unsafe[0]))
    return contents


def _first_header(contents: Mapping[str, bytes], root: etree._Element) -> etree._Element | None:
    """The header of the first page, which letters carry their organ's name in."""
    for reference in root.iter(f"{W}headerReference"):
        if reference.get(f"{W}type") == "first" and RELATIONS in contents:
            for one in parse_part(contents[RELATIONS]).iterchildren(etree.Element):
                name = f"word/{one.get('Target', '')}"
                if one.get("Id") == reference.get(_RELATION) and name in contents:
                    return parse_part(contents[name])
    return None


def _blocks(styles: Styles, parent: etree._Element) -> list[Markup]:
    """The paragraphs and tables of an element in their order; empty ones are left out."""
    found: list[Markup] = []
    for child in parent:
        if child.tag == f"{W}p":
            found += _paragraph(styles, child)
        elif child.tag == f"{W}tbl":
            found.append(_table(styles, child))
        elif child.tag in {f"{W}sdt", f"{W}sdtContent"}:
            found += _blocks(styles, child)
    return found


def _paragraph(styles: Styles, paragraph: etree._Element) -> Iterator[Markup]:
    runs = list(_runs(paragraph))
    text = "".join(one for one, _ in runs)
    if not text.strip():
        return
    style = styles.get(value_of(paragraph, "pPr/pStyle") or "")
    looks = looks_of(paragraph).over(style.looks if style else Looks())
    # Documents issued before the styles were there stand on the right by a tab.
    signed = text.startswith("\t") or (style is not None and style.name in SIGNED)
    names = ["doc-sign"] if signed else [*_classes(looks)]
    tag = HEADINGS.get(style.name, "p") if style else "p"
    told = f' class="{" ".join(names)}"' if names else ""
    yield Markup(f"<{tag}{told}>") + _inline(runs) + Markup(f"</{tag}>")


def _classes(looks: Looks) -> Iterator[str]:
    if looks.align in {"center", "right", "end"}:
        yield "doc-center" if looks.align == "center" else "doc-right"
    size = looks.half_points or SMALL + 1
    if size >= LARGE:
        yield "doc-large"
    elif size <= SMALL:
        yield "doc-small"
    for name, there in (
        ("doc-indent", looks.indented),
        ("doc-bold", looks.bold),
        ("doc-red", looks.red),
        ("doc-rule", looks.ruled),
    ):
        if there:
            yield name


def _inline(runs: Iterable[tuple[str, bool]]) -> Markup:
    found = Markup("")
    for bold, group in groupby(runs, key=lambda one: one[1]):
        text = _spaced("".join(one for one, _ in group))
        found += Markup("<strong>{}</strong>").format(text) if bold else text
    return found


def _spaced(text: str) -> Markup:
    lines = text.strip("\t").replace("\t", "　　").split("\n")
    return Markup("<br>").join(escape(one) for one in lines)


def _runs(paragraph: etree._Element) -> Iterator[tuple[str, bool]]:
    """The text of a paragraph's runs, and whether each is bold."""
    for run in paragraph.iter(f"{W}r"):
        bold = bool(is_on(run.find(f"{W}rPr/{W}b")))
        text = "".join(_sign(one) for one in run)
        if text:
            yield text, bold


def _sign(element: etree._Element) -> str:
    if element.tag == f"{W}t":
        return element.text or ""
    if element.tag in _PICTURES:
        told = next((one.get("descr") for one in element.iter(_TOLD) if one.get("descr")), "图片")
        return f"〔{told}〕"
    return _SIGNS.get(element.tag, "")


# --- tables --------------------------------------------------------------------------------------


def _table(styles: Styles, table: etree._Element) -> Markup:
    floats = table.find(f"{W}tblPr/{W}tblpPr") is not None
    rows = _join(_row(styles, one) for one in _rows(table))
    return Markup(
        '<div class="doc-scroll" tabindex="0" role="region" aria-label="表格，可以左右滚动">'
        '<table class="{}"><caption class="visually-hidden">文书中的表格'
        "</caption>{}<tbody>{}</tbody></table></div>"
    ).format("doc-imprint" if floats else "doc-table", _widths(table), rows)


def _widths(table: etree._Element) -> Markup:
    """The columns' shares of the width, as the file gives them."""
    told = [one.get(f"{W}w", "") for one in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    widths = [int(one) for one in told[:MOST_COLUMNS] if one.isdecimal()]
    if len(widths) != len(told) or not any(widths):
        return Markup("")
    columns = (Markup('<col width="{}%">').format(100 * one // sum(widths)) for one in widths)
    return Markup("<colgroup>{}</colgroup>").format(_join(columns))


def _rows(table: etree._Element) -> list[_Row]:
    """The rows with merged cells as one cell that spans them."""
    found: list[_Row] = []
    above: dict[int, _Cell] = {}
    for element in table.iterchildren(f"{W}tr"):
        row = _Row(bool(is_on(element.find(f"{W}trPr/{W}tblHeader"))))
        place = 0
        for cell in element.iterchildren(f"{W}tc"):
            columns = _columns(cell)
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None and merge.get(f"{W}val") != "restart" and place in above:
                above[place].rows += 1
            else:
                above[place] = _Cell(cell, columns)
                row.cells.append(above[place])
            place += columns
        found.append(row)
    return found


def _columns(cell: etree._Element) -> int:
    told = value_of(cell, "tcPr/gridSpan") or ""
    return min(int(told), MOST_COLUMNS) or 1 if told.isdecimal() else 1


def _row(styles: Styles, row: _Row) -> Markup:
    return Markup("<tr>{}</tr>").format(_join(_cell(styles, one, row.heads) for one in row.cells))


def _cell(styles: Styles, cell: _Cell, heads: bool) -> Markup:
    spans = "".join(
        f' {name}="{count}"'
        for name, count in (("colspan", cell.columns), ("rowspan", cell.rows))
        if count > 1
    )
    tag, scope = ("th", ' scope="col"') if heads else ("td", "")
    inside = _join(_blocks(styles, cell.element))
    return Markup(f"<{tag}{scope}{spans}>") + inside + Markup(f"</{tag}>")


def _join(parts: Iterable[Markup]) -> Markup:
    return Markup("").join(parts)
