"""Blocks that a page's end never parts: signature and text, the last rows of a form."""

import re
from dataclasses import dataclass, field

from documents.sheet.blocks import kept_together, paragraph
from documents.sheet.phrases import SHORT

SIGNATURE_BEGINS = f"{{%p if 承办部门|length <= {SHORT} %}}"
_SIGNATURES = (
    paragraph("Body", SIGNATURE_BEGINS),
    '<w:p><w:pPr><w:pStyle w:val="SignDate"/>',
)
LINES = 2
"""So many lines of text stand on the page that bears the signature and the seal, and no more."""
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
_ASKED = "Contact"
_SIGNED = ("签名</w:t>", "年　月　日</w:t>")
"""By which a table of places to sign is known."""
_SHORTEST = 8
"""A last sentence of fewer characters would look lost as a paragraph of its own."""


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
    running: bool = False
    depth: int = 0
    blocks: list[str] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        """Lines enough, and not only whom to ask."""
        return self.running and self.lines >= LINES and not self.depth

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
            self._count(style, text)
        if style == "Body" and not self.depth:
            return _last_sentence_kept(block, text)
        return kept(block) if style in _RUNNING + _BETWEEN else block

    def _count(self, style: str, text: str) -> None:
        if style in _RUNNING:
            self.lines += _lines(text)
            self.running = True
        else:
            self.lines += style == _ASKED or style.startswith("Heading")

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
        self.running |= not self.depth


def _certain(text: str) -> str:
    """What is printed in any case, the facts being short."""
    return _TAG.sub("某某", _SOMETIMES.sub("", text))


def _lines(text: str) -> int:
    """How many lines this text takes at least."""
    return -(-(len(_certain(text)) + 2) // _PER_LINE)


def _last_sentence_kept(block: str, text: str) -> str:
    """Of a long paragraph the last sentence becomes one of its own, and only that is kept.

    LibreOffice moves a whole paragraph that is kept with the next, however long it is.
    """
    whole = "|tick" in text or block.count("<w:t ") != 1  # a box and what it says are one
    cut = _last_cut(text) if _lines(text) > LINES and not whole else 0
    if not cut:
        return kept(block)
    before, _, after = block.partition(text)
    return before + text[:cut] + after + kept(before + text[cut:] + after)


def _last_cut(text: str) -> int:
    """Behind the last sentence but one, where no tag is open; 0 where there is only one."""
    for match in reversed(list(re.finditer("。", text))):
        head, tail = text[: match.end()], text[match.end() :]
        closed = (
            head.count("{% if") == head.count("{% endif") and "{% e" not in tail.split("{% if")[0]
        )
        if closed and head.count("{{") == head.count("}}") and len(_certain(tail)) >= _SHORTEST:
            return match.end()
    return 0


def keep_with_signature(blocks: str) -> str:
    """Two lines of text stand on the page that bears the signature and the seal.

    Kept are the last paragraphs that are printed in any case, and what may follow them.
    """
    begins = next((one for one in _SIGNATURES if one in blocks), None)
    if begins is None:
        return blocks
    before, _, rest = blocks.rpartition(begins)
    walk, start = _Walk(), len(before)
    for match in reversed(list(_BLOCK.finditer(before))):
        if walk.is_over or match[0].startswith("<w:tbl>"):
            break
        walk.take(match[0])
        start = match.start()
    return before[:start] + "".join(reversed(walk.blocks)) + begins + rest


def keep_with_signing(blocks: str) -> str:
    """What people sign never stands alone on a page: the words before the places go along.

    Those are the last two paragraphs, or the last row of the table before, if it is always printed.
    """
    found = [match[0] for match in _BLOCK.finditer(blocks)]
    if "".join(found) != blocks:
        return blocks
    for place, block in enumerate(found):
        if block.startswith("<w:tbl>") and all(one in block for one in _SIGNED):
            for before in range(place - 1, max(place - 1 - LINES, -1), -1):
                if found[before].startswith("<w:tbl>"):
                    found[before] = _last_row_kept(found[before])
                    break
                if "{%p" in found[before]:
                    break
                found[before] = kept(found[before])
    return "".join(found)


def _last_row_kept(table: str) -> str:
    """A row that may run over the page stays as it is: LibreOffice would move all of it."""
    before, row, last = table.rpartition("<w:tr>")
    stays = "{%tr" not in last and "<w:cantSplit/>" in last
    return before + row + kept_together(last) if stays else table


def ends_with_table(blocks: str) -> bool:
    """Whether a table is the last that is printed: conditions behind it leave nothing."""
    last = ""
    for match in _BLOCK.finditer(blocks):
        if "{%p" not in match[0] or match[0].startswith("<w:tbl>"):
            last = match[0]
    return last.startswith("<w:tbl>")
