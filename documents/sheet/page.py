"""The sheet of paper: margins, grid, page numbers, red heads; blocks become a Word file."""

from datetime import UTC, datetime
from io import BytesIO

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part, XmlPart
from docx.oxml import parse_xml
from docx.section import Section, _BaseHeaderFooter

from documents.facts.codes import QR, SPECIMEN
from documents.sheet.blocks import Cell, Row, paragraph, row_when, table, when
from documents.sheet.keeping import ends_with_table, keep_with_signature, kept
from documents.sheet.styles import LINE, NAMESPACE, font_table_xml, styles_xml
from documents.templates.package import build_package, read_members
from documents.values.qr_code import qr_png

# Twentieths of a point: margins 37, 35, 28 and 26 mm; the page number 7 mm under the type area;
# the mark of a letter 30 mm under the upper and its last rule 20 mm above the lower edge.
_PAGE = '<w:pgSz w:w="11906" w:h="16838"/>'
_PLAIN_FOOT, _LETTER_HEAD, _LETTER_FOOT = 1387, 1701, 1134
_USELESS = ("stylesWithEffects", "theme", "customXml", "thumbnail", "webSettings", "numbering")
_PAGE_FIELD = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
_IMPRINT_RULES = {"top": 8, "left": 0, "bottom": 8, "right": 0, "insideH": 6, "insideV": 0}
_AT_THE_FOOT = (
    '<w:tblpPr w:vertAnchor="margin" w:horzAnchor="margin" w:tblpXSpec="center"'
    ' w:tblpYSpec="bottom"/>'
)
# 11.8 mm square right under the type area, clear of the last rule of a letter, in English
# metric units.
_QR_SIZE, _QR_TOP = round(11.8 * 36_000), round((297 - 35 + 0.2) * 36_000)
_DRAWINGML = "http://schemas.openxmlformats.org/drawingml/2006"
_PICTURE = f"{_DRAWINGML}/picture"
_DRAWING_NAMES = (
    f'xmlns:wp="{_DRAWINGML}/wordprocessingDrawing" xmlns:a="{_DRAWINGML}/main"'
    f' xmlns:pic="{_PICTURE}"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_TEXT_END = "</w:t></w:r></w:p>"
_DRAFTED = datetime(2026, 11, 22, tzinfo=UTC)


CODE_IN_LINE = "{% if 校验码 %}　校验码：{{ 校验码 }}{% endif %}"
"""The code by which a printed paper is checked, behind other small text."""


def _code_note() -> str:
    """The code as the note (附注) of a letter or official document."""
    return when("校验码", paragraph("Contact", "（校验码：{{ 校验码 }}）"))


def _with_code(blocks: str) -> str:
    """The code stands in the form's last remark, so that it never needs a page of its own."""
    if "校验码" in blocks:
        return blocks
    head, begins, last = blocks.rpartition('<w:p><w:pPr><w:pStyle w:val="Remark"/>')
    if begins and last.count("</w:p>") == 1 and last.endswith(_TEXT_END):
        last = last.removesuffix(_TEXT_END) + CODE_IN_LINE + _TEXT_END
        return head + begins + last
    return blocks + when("校验码", paragraph("Remark", "校验码：{{ 校验码 }}"))


def form_page(blocks: str, title: str) -> bytes:
    """A form or an official document with page numbers and the place of its code."""
    return plain_page(_with_code(blocks), title)


def plain_page(blocks: str, title: str) -> bytes:
    """A sheet with page numbers."""
    document = _empty(title)
    section = document.sections[0]
    _number_pages(section, lift=0)
    return _finish(document, blocks, header=851, footer=_PLAIN_FOOT, first_differs=False)


def official_letter(blocks: str, title: str) -> bytes:
    """A letter with the place of its code as a note."""
    return letter_page(blocks + _code_note(), title)


def letter_page(blocks: str, title: str) -> bytes:
    """A letter (信函格式): red mark and double rules on the first page, which bears no number."""
    document = _empty(title)
    section = document.sections[0]
    section.different_first_page_header_footer = True
    _number_pages(section, lift=_PLAIN_FOOT - _LETTER_FOOT)
    mark = when(
        "承办部门|length <= 12",
        paragraph("LetterMark", "{{ 承办部门 }}"),
        otherwise=paragraph("LetterMarkLong", "{{ 承办部门 }}"),
    )
    _write(section.first_page_header, mark)
    _write(section.first_page_footer, paragraph("LetterFoot"))
    return _finish(document, blocks, header=_LETTER_HEAD, footer=_LETTER_FOOT, first_differs=True)


def red_head(number: str) -> str:
    """The red head of an official document: mark, number and red rule."""
    mark = when(
        "承办部门|length <= 10",
        paragraph("Mark", "{{ 承办部门 }}文件"),
        otherwise=paragraph("MarkLong", "{{ 承办部门 }}文件"),
    )
    blank = paragraph("Normal")
    return paragraph("Room") + mark + blank * 2 + number + blank * 2


def imprint() -> str:
    """The 版记: copies to, printed by and when, between black rules."""
    copies = Cell(paragraph("Copies", "抄送：{{ 抄送机关|join('，') }}。"))
    printed = Cell(paragraph("Imprint", "{{ 承办部门 }}\t{{ 成文日期|cn_date }}印发"))
    rows = (*row_when("抄送机关", Row((copies,))), Row((printed,)))
    lines = table((156,), *rows, rules=_IMPRINT_RULES, place=_AT_THE_FOOT)
    return _code_note() + kept(paragraph("Normal")) + lines


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


def _with_qr(document: WordDocument, blocks: str) -> str:
    """The QR code of the verification code, in the lower margin of the page that prints the code.

    Between the page numbers and above the last rule of a letter there is nothing else.
    """
    before, code, after = blocks.partition("{{ 校验码 }}")
    if not code:
        return blocks
    relation, _ = document.part.get_or_add_image(BytesIO(qr_png(SPECIMEN)))
    rest, ends, behind = after.partition("</w:p>")
    return f"{before}{code}{rest}{_qr_runs(relation)}{ends}{behind}"


def _qr_runs(relation: str) -> str:
    size = f'cx="{_QR_SIZE}" cy="{_QR_SIZE}"'
    return (
        f"<w:r><w:t>{{% if 校验码 %}}</w:t></w:r><w:r><w:drawing><wp:anchor {_DRAWING_NAMES}"
        ' distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0"'
        ' locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>center</wp:align></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{_QR_TOP}</wp:posOffset></wp:positionV>'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="1" name="{QR}" descr="{QR}"/><wp:cNvGraphicFramePr/><a:graphic>'
        f'<a:graphicData uri="{_PICTURE}"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="{QR}"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch>'
        "<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        "</w:r><w:r><w:t>{% endif %}</w:t></w:r>"
    )


def _finish(
    document: WordDocument, blocks: str, *, header: int, footer: int, first_differs: bool
) -> bytes:
    blocks = _with_qr(document, keep_with_signature(blocks))
    if ends_with_table(blocks):
        blocks += paragraph("End")  # Word wants a paragraph after the last table
    body = document.element.body
    old = body.sectPr
    references = [child for child in old if child.tag.endswith("Reference")]
    first = "<w:titlePg/>" if first_differs else ""
    content = parse_xml(
        f'<w:body {NAMESPACE}>{blocks}<w:sectPr>{_PAGE}<w:pgMar w:top="2098" w:right="1474"'
        f' w:bottom="1984" w:left="1587" w:header="{header}" w:footer="{footer}" w:gutter="0"/>'
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
