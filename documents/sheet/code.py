"""The code by which a printed paper is checked: in words, and as a QR code under the text."""

from io import BytesIO

from docx.document import Document as WordDocument

from documents.sheet.blocks import paragraph, when
from documents.sheet.keeping import kept
from documents.sheet.phrases import copies_to
from documents.values.codes import QR, SPECIMEN
from documents.values.qr_code import HARD, qr_png

# 11.8 mm square right under the type area, clear of the last rule of a letter, in English
# metric units.
_QR_SIZE = round(11.8 * 36_000)
_DRAWINGML = "http://schemas.openxmlformats.org/drawingml/2006"
_PICTURE = f"{_DRAWINGML}/picture"
_DRAWING_NAMES = (
    f'xmlns:wp="{_DRAWINGML}/wordprocessingDrawing" xmlns:a="{_DRAWINGML}/main"'
    f' xmlns:pic="{_PICTURE}"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_REMARK = '<w:p><w:pPr><w:pStyle w:val="Remark"/>'
_TEXT = '<w:t xml:space="preserve">'


CODE_IN_LINE = "{% if 校验码 %}校验码：{{ 校验码 }}　{% endif %}"
"""The code before other small text: behind it, it would be left alone on a line."""


def code_note() -> str:
    """The code as the note (附注) of a letter or official document."""
    return when("校验码", paragraph("Contact", "（校验码：{{ 校验码 }}）"))


def with_note(blocks: str) -> str:
    """A letter with the code as its note, above those who receive a copy."""
    copies = copies_to() if blocks.endswith(copies_to()) else ""
    return blocks.removesuffix(copies) + code_note() + copies


def with_code(blocks: str) -> str:
    """The code stands in the form's last remark, so that it never needs a page of its own."""
    if "校验码" in blocks:
        return blocks
    copies = copies_to() if blocks.endswith(copies_to()) else ""
    head, begins, last = blocks.removesuffix(copies).rpartition(_REMARK)
    if begins and last.count("</w:p>") == 1:
        noted = begins + last.replace(_TEXT, _TEXT + CODE_IN_LINE, 1)
        return head + (kept(noted) if copies else noted) + copies
    code = paragraph("Remark", "校验码：{{ 校验码 }}")
    return blocks.removesuffix(copies) + when("校验码", code) + copies


def with_qr(document: WordDocument, blocks: str, under: float) -> str:
    """The QR code of the verification code, in the lower margin of the page that prints the code.

    Between the page numbers and above the last rule of a letter there is nothing else. `under`:
    where the type area ends, in millimetres from the upper edge of the sheet.
    """
    before, code, after = blocks.partition("{{ 校验码 }}")
    if not code:
        return blocks
    relation, _ = document.part.get_or_add_image(BytesIO(qr_png(SPECIMEN, HARD)))
    rest, ends, behind = after.partition("</w:p>")
    return f"{before}{code}{rest}{_qr_runs(relation, under)}{ends}{behind}"


def _qr_runs(relation: str, under: float) -> str:
    top = round((under + 0.2) * 36_000)
    size = f'cx="{_QR_SIZE}" cy="{_QR_SIZE}"'
    return (
        f"<w:r><w:t>{{% if 校验码 %}}</w:t></w:r><w:r><w:drawing><wp:anchor {_DRAWING_NAMES}"
        ' distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" behindDoc="0"'
        ' locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>center</wp:align></wp:positionH>'
        f'<wp:positionV relativeFrom="page"><wp:posOffset>{top}</wp:posOffset></wp:positionV>'
        f'<wp:extent {size}/><wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapNone/>'
        f'<wp:docPr id="1" name="{QR}" descr="{QR}"/><wp:cNvGraphicFramePr/><a:graphic>'
        f'<a:graphicData uri="{_PICTURE}"><pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="{QR}"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch>'
        "<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>"
        f'<a:off x="0" y="0"/><a:ext {size}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
        "</a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:anchor></w:drawing>"
        "</w:r><w:r><w:t>{% endif %}</w:t></w:r>"
    )
