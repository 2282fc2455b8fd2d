"""Blocks that a page's end never parts: signature and text, the last rows of a form."""

import re
from dataclasses import dataclass, field

from documents.sheet.blocks import paragraph

SIGNATURE_BEGINS = "{%p if 承办部门|length <= 14 %}"
_SIGNATURES = (
    paragraph("Body", SIGNATURE_BEGINS),
    '<w:p><w:pPr><w:pStyle w:val="SignDate"/>',
)
LINES = 2
"""So many lines of text stand at least on the page that bears the signature and the seal."""
_PER_LINE = 28
_BLOCK = re.compile(r"<w:tbl>.*?</w:tbl>|<w:p>.*?</w:p>", re.DOTALL)
_STYLE = re.compile(r'<w:pStyle w:val="(\w+)"/>')
_TEXT = re.compile(r"<w:t[^>]*>([^<]*)</w:t>")
_SOMETIMES = re.compile(r"\{% if (?:(?!\{% if).)*?\{% endif %\}")
_TAG = re.compile(r"\{\{.*?\}\}")
_OPENING, _ENDING = re.compile(r"\{%p (?:if|for) "), re.compile(r"\{%p end(?:if|for) ")
_PARAGRAPHS = "|paragraphs %}"
_RUNNING = ("Body", "Party")
_BETWEEN = ("Normal", "Attachment")


def kept(block: str) -> str:
    """The same paragraph, which stays with the next; of a long one its last two lines do.

    Word's schema lets a paragraph say so once: what a block was kept by already goes.
    """
    loose = block.replace("<w:keepNext/>", "")
    return _STYLE.sub(r"\g<0><w:keepNext/><w:widowControl/>", loose, count=1)


@dataclass(slots=True)
class _Walk:
    """From the signature upwards: what is kept with it, until there is text enough."""

    lines: int = 0
    depth: int = 0
    blocks: list[str] = field(default_factory=list)

    def take(self, block: str) -> None:
        """One block more, read from below."""
        text = "".join(_TEXT.findall(block))
        if _ENDING.search(text):
            self.depth += 1
        elif _OPENING.search(text):
            self.depth -= 1
            self._take_long_text(text)
        elif "{%p" not in text:
            block = self._taken(block, text)
        self.blocks.append(block)

    def _taken(self, block: str, text: str) -> str:
        match = _STYLE.search(block)
        style = match[1] if match else ""
        if not self.depth:
            self.lines += _lines(text) if style in _RUNNING else style.startswith("Heading")
        return kept(block) if style in _RUNNING + _BETWEEN else block

    def _take_long_text(self, opening: str) -> None:
        """Of a text of many paragraphs only the last stays with what follows."""
        if not opening.endswith(_PARAGRAPHS):
            return
        ending, inner = self.blocks[-2:]
        plain = inner.replace("<w:keepNext/><w:widowControl/>", "")
        choice = ("{%p if loop.last %}", inner, "{%p else %}", plain, "{%p endif %}")
        chosen = [one if one.startswith("<") else paragraph("Body", one) for one in choice]
        self.blocks[-2:] = [ending, *reversed(chosen)]
        self.lines += not self.depth


def _lines(text: str) -> int:
    """How many lines this text takes at least, its facts being short."""
    certain = _TAG.sub("某某", _SOMETIMES.sub("", text))
    return -(-(len(certain) + 2) // _PER_LINE)


def keep_with_signature(blocks: str) -> str:
    """At least two lines of text stand on the page that bears the signature and the seal.

    Kept are the last paragraphs that are printed in any case, and what may follow them.
    """
    begins = next((one for one in _SIGNATURES if one in blocks), None)
    if begins is None:
        return blocks
    before, _, rest = blocks.rpartition(begins)
    walk, start = _Walk(), len(before)
    for match in reversed(list(_BLOCK.finditer(before))):
        if (walk.lines >= LINES and not walk.depth) or match[0].startswith("<w:tbl>"):
            break
        walk.take(match[0])
        start = match.start()
    return before[:start] + "".join(reversed(walk.blocks)) + begins + rest


def ends_with_table(blocks: str) -> bool:
    """Whether a table is the last that is printed: conditions behind it leave nothing."""
    last = ""
    for match in _BLOCK.finditer(blocks):
        if "{%p" not in match[0] or match[0].startswith("<w:tbl>"):
            last = match[0]
    return last.startswith("<w:tbl>")
