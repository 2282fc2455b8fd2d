"""A document as LibreOffice is given it: what it sets unlike Word is written in its own way."""

import re
from unicodedata import east_asian_width

from documents.templates.package import build_package, read_members

_JUSTIFIED, _LEFT = b'<w:jc w:val="both"/>', b'<w:jc w:val="left"/>'
_BODY = "word/document.xml"
_FLOATING = re.compile(rb"<w:tbl><w:tblPr><w:tblpPr .*?</w:tbl>", re.DOTALL)
_FULL, _FLOATS = b'w:w="8845"', b'w:w="8540"'
_KEPT = re.compile(
    rb"<w:p><w:pPr>(?P<looks>(?:(?!</w:pPr>).)*<w:keepNext/>(?:(?!</w:pPr>).)*)</w:pPr>"
    rb'<w:r><w:t xml:space="preserve">(?P<text>[^<]*)</w:t></w:r></w:p>'
)
_LONG, _ENOUGH, _PER_LINE = 84, 30, 28
"""A kept paragraph of more characters is parted, so that its end has as many at least."""
_HANGING = "，。；：、？！）》”’〕】"
_INDENT = re.compile(rb"<w:ind [^>]*/>")


def ragged(word: bytes) -> bytes:
    """The document for LibreOffice's eyes, its justified paragraphs set flush left.

    LibreOffice 7 drops a comma that hangs over the right edge of a justified line: the PDF would
    not say what the document says. It also sets a floating table as wide as the type area where
    the text ends; the imprint (版记) floats to the foot of the page when it is a little narrower.
    Where Word keeps the last lines of a long paragraph with the signature, LibreOffice moves all of
    it and leaves half a page empty: its last sentences, or lines, become a paragraph of their own.
    """
    contents, _ = read_members(word)
    for name in contents:
        if name.startswith("word/") and name.endswith(".xml"):
            flush = contents[name].replace(_JUSTIFIED, _LEFT)
            contents[name] = _FLOATING.sub(lambda one: one[0].replace(_FULL, _FLOATS), flush)
    contents[_BODY] = _KEPT.sub(_parted, contents[_BODY])
    return build_package(contents)


def _parted(kept: re.Match[bytes]) -> bytes:
    text, looks = kept["text"].decode(), kept["looks"]
    if len(text) <= _LONG:
        return kept[0]
    cut = text.rfind("。", 0, len(text) - _ENOUGH) + 1
    goes_on = looks
    if not cut:
        # One long sentence, an address: its last lines go on at the margin, where a line begins.
        cut = _line_begins(text, len(text) - _ENOUGH)
        goes_on = _INDENT.sub(b"", looks) + b'<w:ind w:firstLineChars="0" w:firstLine="0"/>'
    loose = looks.replace(b"<w:keepNext/>", b"")
    begins, ends = b'</w:pPr><w:r><w:t xml:space="preserve">', b"</w:t></w:r></w:p>"
    first = b"<w:p><w:pPr>" + loose + begins + text[:cut].encode() + ends
    return first + b"<w:p><w:pPr>" + goes_on + begins + text[cut:].encode() + ends


def _line_begins(text: str, last: int) -> int:
    """The last place up to `last` where a line of 28 characters begins, the first indented by two.

    A stop or comma that would begin a line hangs on the one before.
    """
    found, used = 0, 2.0
    for place, one in enumerate(text[: last + 1]):
        width = 1.0 if east_asian_width(one) in "WFA" else 0.5
        if used + width > _PER_LINE and one not in _HANGING:
            found, used = place, 0.0
        used += width
    return found
