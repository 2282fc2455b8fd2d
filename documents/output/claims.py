"""What a Word file from outside claims to be: the codes and numbers in it, and its text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from lxml import etree

from documents.templates.markup import may_hold_tags, paragraph_texts, parse_part
from documents.templates.safety import WITHIN, read_safely
from documents.values.codes import CORE, code_inside, read_code
from domain.files.confined import Unreadable, confined

MOST_NUMBERS = 50
LONGEST_TEXT = 1_000_000
_PRINTED = re.compile(r"校验码[：:\s]*([0-9A-Za-z]{4}[\s\-－—]*[0-9A-Za-z]{4})")
_NUMBER = re.compile(r"[^\s，。、；：《》（）]{1,16}〔\d{4}〕\d+号")


@dataclass(frozen=True)
class Claims:
    """The verification codes and document numbers in a file, in their order, and its text."""

    codes: tuple[str, ...]
    numbers: tuple[str, ...]
    text: str


def claims_of(raw: bytes) -> Claims | None:
    """What the file claims; None for one that is no sound Word file. Any bytes may come.

    It is read in a process of its own: `documents.templates.safety.WITHIN` says within what.
    """
    try:
        (told,) = confined(f"{__name__}:claim_pieces", raw, WITHIN)
    except Unreadable:
        return None
    codes, numbers, text = cast("tuple[tuple[str, ...], tuple[str, ...], str]", told)
    return Claims(codes, numbers, text)


def claim_pieces(raw: bytes) -> Iterator[object]:
    """Codes, numbers and text as the only piece of a confined reading."""
    contents, unsafe = read_safely(raw)
    if unsafe:
        raise Unreadable(str(unsafe[0]))
    text = "\n".join(_texts(contents))[:LONGEST_TEXT]
    printed = _PRINTED.search(text)
    codes = (code_inside(contents.get(CORE, b"")), read_code(printed[1]) if printed else None)
    numbers = tuple(dict.fromkeys(_NUMBER.findall(text)))[:MOST_NUMBERS]
    yield tuple(filter(None, codes)), numbers, text


def _texts(contents: Mapping[str, bytes]) -> list[str]:
    found: list[str] = []
    for name, content in contents.items():
        if may_hold_tags(name):
            try:
                root = parse_part(content)
            except etree.XMLSyntaxError:
                continue
            found += ["".join(t.text or "" for t in texts) for _, texts in paragraph_texts(root)]
    return found
