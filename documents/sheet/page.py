"""The sheet of paper: margins, grid, page numbers, red heads; blocks become a Word file."""

from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.section import Section, _BaseHeaderFooter

from documents.sheet.blocks import Cell, Row, paragraph, parted_tables, row_when, table, when
from documents.sheet.code import code_note, with_code, with_note, with_qr
from documents.sheet.keeping import ends_with_table, keep_with_signature, keep_with_signing, kept
from documents.sheet.phrases import AT_THE_FOOT
from documents.sheet.styles import LINE, NAMESPACE, font_table_xml, styles_xml
from documents.templates.package import build_package, read_members


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet's size and margins; lengths in twentieths of a point, `under` in millimetres.

    Margins of 37, 35, 28 and 26 mm; the page number 7 mm under the type area, which ends `under`
    the upper edge.
    """

    size: str = '<w:pgSz w:w="11906" w:h="16838"/>'
    margins: str = 'w:top="2098" w:right="1474" w:bottom="1984" w:left="1587"'
    header: int = 851
    footer: int = 1387
    under: float = 297 - 35
    first_differs: bool = False


_UPRIGHT = _Sheet()
# Turned by a quarter: its head lies at the binding, where an upright sheet has its left margin.
_LYING = _Sheet(
    size='<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>',
    margins='w:top="1587" w:right="2098" w:bottom="1474" w:left="1983"',
    header=567,
    footer=877,
    under=210 - 26,
)
# The mark of a letter 30 mm under the upper and its last rule 20 mm above the lower edge.
_LETTER = _Sheet(header=1701, footer=1134, first_differs=True)
_USELESS = ("stylesWithEffects", "theme", "customXml", "thumbnail", "webSettings", "numbering")
_PAGE_FIELD = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
_IMPRINT_RULES = {"top": 8, "left": 0, "bottom": 8, "right": 0, "insideH": 6, "insideV": 0}
_DRAFTED = datetime(2026, 11, 22, tzinfo=UTC)


def form_page(blocks: str, title: str) -> bytes:
    """A form or an official document with page numbers and the place of its code."""
    return plain_page(with_code(blocks), title)


def plain_page(blocks: str, title: str) -> bytes:
    """A sheet with page numbers."""
    document = _empty(title)
    section = document.sections[0]
    _number_pages(section, lift=0)
    return _finish(document, blocks, _UPRIGHT)


def wide_list(blocks: str, title: str) -> bytes:
    """A list of many columns on lying sheets (横排表格), with page numbers and its code."""
    document = _empty(title)
    _number_pages(document.sections[0], lift=0)
    return _finish(document, with_code(blocks), _LYING)


def official_letter(blocks: str, title: str) -> bytes:
    """A letter with the place of its code as a note."""
    return letter_page(with_note(blocks), title)


def letter_page(blocks: str, title: str) -> bytes:
    """A letter (信函格式): red mark and double rules on the first page, which bears no number."""
    document = _empty(title)
    section = document.sections[0]
    section.different_first_page_header_footer = True
    _number_pages(section, lift=_UPRIGHT.footer - _LETTER.footer)
    mark = _sized("LetterMark", "承办部门", (12, 17, 23))
    _write(section.first_page_header, mark)
    _write(section.first_page_footer, paragraph("LetterFoot"))
    return _finish(document, blocks, _LETTER)


def red_head(number: str) -> str:
    """The red head of an official document: mark, number and red rule."""
    mark = _sized("Mark", "(承办部门 ~ '文件')", (12, 16, 21))
    blank = paragraph("Normal")
    return paragraph("Room") + mark + blank * 2 + number + blank * 2


def _sized(style: str, text: str, most: tuple[int, int, int]) -> str:
    """A mark as large as its length allows; what is longer still takes even lines.

    `most`: how many characters of each of the three sizes fill a line.
    """
    large, smaller, smallest = most
    long = when(
        f"{text}|length <= {smaller}",
        paragraph(f"{style}Long", f"{{{{ {text} }}}}"),
        otherwise=paragraph(f"{style}Longer", f"{{{{ {text}|wrapped({smallest}) }}}}"),
    )
    return when(f"{text}|length <= {large}", paragraph(style, f"{{{{ {text} }}}}"), otherwise=long)


def imprint() -> str:
    """The 版记: copies to, printed by and when, between black rules."""
    copies = Cell(paragraph("Copies", "抄送：{{ 抄送机关|join('，') }}。"))
    printed = Cell(paragraph("Imprint", "{{ 承办部门|wrapped(18) }}\t{{ 成文日期|cn_date }}印发"))
    rows = (*row_when("抄送机关", Row((copies,))), Row((printed,)))
    lines = table((156,), *rows, rules=_IMPRINT_RULES, place=AT_THE_FOOT)
    return code_note() + kept(paragraph("Normal")) + lines


def _empty(title: str) -> WordDocument:
    document = Document()
    package = document.part.package
    for source in (package, document.part):
        for key, relation in list(source.rels.items()):
            if any(word in relation.reltype for word in _USELESS):
                del source.rels[key]
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title, "", ""
    properties.last_modified_by = ""
    properties.created = properties.modified = _DRAFTED
    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    for child in list(parse_xml(styles_xml())):
        styles.append(child)
    _part(document, RELATIONSHIP_TYPE.FONT_TABLE)._blob = font_table_xml().encode()
    settings = _part(document, RELATIONSHIP_TYPE.SETTINGS)
    if isinstance(settings, XmlPart):
        settings._element = parse_xml(_settings())
    return document


def _part(document: WordDocument, kind: str) -> Part:
    return document.part.part_related_by(kind)


def _settings() -> str:
    return (
        f"<w:settings {NAMESPACE}><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>"
        '<w:defaultTabStop w:val="420"/><w:evenAndOddHeaders/>'
        f'<w:drawingGridVerticalSpacing w:val="{LINE}"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/>'
        '<w:compat><w:compatSetting w:name="compatibilityMode"'
        ' w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>'
    )


def _number_pages(section: Section, lift: int) -> None:
    """— 1 —, outside on both sides of the sheet; `lift` raises it where the foot lies lower."""
    spacing = f'<w:spacing w:after="{lift}"/>' if lift else ""
    for foot, style in ((section.footer, "PageOdd"), (section.even_page_footer, "PageEven")):
        text = paragraph(style, "— 页 —").replace(
            "页", f'</w:t></w:r>{_PAGE_FIELD}<w:r><w:t xml:space="preserve">'
        )
        _write(foot, text.replace("</w:pPr>", f"{spacing}</w:pPr>"))
    for head in (section.header, section.even_page_header):
        _write(head, paragraph("End"))


def _write(place: _BaseHeaderFooter, blocks: str) -> None:
    place.is_linked_to_previous = False
    element = place._element
    for child in list(element):
        element.remove(child)
    for child in list(parse_xml(f"<w:body {NAMESPACE}>{blocks}</w:body>")):
        element.append(child)


def _finish(document: WordDocument, blocks: str, sheet: _Sheet) -> bytes:
    blocks = keep_with_signing(keep_with_signature(parted_tables(blocks)))
    blocks = with_qr(document, blocks, sheet.under)
    if ends_with_table(blocks):
        blocks += paragraph("End")  # Word wants a paragraph after the last table
    body = document.element.body
    old = body.sectPr
    references = [child for child in old if child.tag.endswith("Reference")]
    first = "<w:titlePg/>" if sheet.first_differs else ""
    content = parse_xml(
        f"<w:body {NAMESPACE}>{blocks}<w:sectPr>{sheet.size}<w:pgMar {sheet.margins}"
        f' w:header="{sheet.header}" w:footer="{sheet.footer}" w:gutter="0"/>'
        f'<w:cols w:space="425"/>{first}<w:docGrid w:type="lines" w:linePitch="{LINE}"/>'
        "</w:sectPr></w:body>"
    )
    for position, reference in enumerate(references):
        content[-1].insert(position, reference)
    for child in list(body):
        body.remove(child)
    for child in list(content):
        body.append(child)
    stream = BytesIO()
    document.save(stream)
    contents, _ = read_members(stream.getvalue())
    return build_package(contents)
