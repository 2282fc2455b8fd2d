"""Markup of a template: Word's XML becomes a Jinja2 source, tags broken over runs whole again.

Word splits a typed `{{ 案号 }}` into several runs as it likes (spelling, language, an edit in the
middle), so that a tag is looked for in a paragraph's whole text and not run by run.
A tag may stand in any text of the body, headers, footers and notes. `{%tr … %}` stands for the
table row it lies in and `{%p … %}` for its paragraph: the row or paragraph itself disappears.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count, pairwise

from lxml import etree

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BEGIN = re.compile(r"\{[{%#]")
_ENDS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_SCOPED = re.compile(r"\{%-?\s*(tr|p)\s+(.*?)-?%\}", re.DOTALL)
_TYPED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})
# A literal keeps its wide spaces: they are the places that are filled in by hand.
_LITERAL_OR_SPACE = re.compile(r""" "[^"]*" | '[^']*' | [\xa0\u3000] """, re.VERBOSE)
# Noncharacters: legal in XML, impossible in a real text, so they can mark where a tag goes.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARK = re.compile(f"{_OPEN}(\\d+){_CLOSE}")
_STRAY = re.compile(r"\{(?=[{%#])")
_TAGGED_PART = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")


class BadMarkup(ValueError):
    """A tag stands where it cannot be carried out; the message says which one and why."""


@dataclass(frozen=True, slots=True)
class TemplateSource:
    """A part of the Word file as Jinja2 source, and the tags found in it."""

    text: str
    tags: tuple[str, ...]


def may_hold_tags(name: str) -> bool:
    """Whether tags in this member of the package are carried out."""
    return _TAGGED_PART.fullmatch(name) is not None


def parse_part(content: bytes) -> etree._Element:
    """The XML of a part; nothing outside it is ever loaded."""
    # An uploaded file could name entities that read files of this machine or grow without end.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    return etree.fromstring(content, parser)


def paragraph_texts(root: etree._Element) -> Iterator[tuple[etree._Element, list[etree._Element]]]:
    """Each paragraph with its own runs' texts (a text box inside it is a paragraph by itself)."""
    for paragraph in root.iter(f"{_W}p"):
        yield paragraph, list(_own_texts(paragraph))


def _own_texts(element: etree._Element) -> Iterator[etree._Element]:
    for child in element:
        if child.tag == f"{_W}t":
            yield child
        elif child.tag != f"{_W}p":
            yield from _own_texts(child)


def find_tags(text: str) -> list[str]:
    """The tags in a paragraph's text."""
    return [text[begin:end] for begin, end in _spans(text)]


def outside_tags(text: str) -> str:
    """What is left of a paragraph's text when its tags are taken out."""
    spans = [(0, 0), *_spans(text), (len(text), len(text))]
    return "".join(text[end:begin] for (_, end), (begin, _) in pairwise(spans))


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """Where each tag begins and ends; found in one pass, however many are left open."""
    place = 0
    never: set[str] = set()
    while begin := _BEGIN.search(text, place):
        close = _ENDS[begin[0]]
        end = -1 if close in never else text.find(close, begin.end())
        if end < 0:
            never.add(close)
            place = begin.start() + 1
        else:
            place = end + len(close)
            yield begin.start(), place


def to_source(content: bytes) -> TemplateSource:
    """The Jinja2 source of one part; the same XML as before when it holds no tag."""
    root = parse_part(content)
    tags: list[str] = []
    numbers = count()
    scoped: list[tuple[etree._Element, str, str]] = []
    for paragraph, texts in list(paragraph_texts(root)):
        for number, tag in _mark_tags(texts, numbers):
            tags.append(tag)
            if match := _SCOPED.fullmatch(tag):
                scoped.append((paragraph, match[1], f"{_OPEN}{number}{_CLOSE}"))
    if not tags:
        return TemplateSource(_protect(content.decode()), ())
    for paragraph, scope, mark in scoped:
        _replace(paragraph, scope, mark, tags)
    xml = etree.tostring(root, encoding="unicode")
    source = _MARK.sub(lambda match: _jinja(tags[int(match[1])]), _protect(xml))
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return TemplateSource(declaration + source, tuple(_jinja(tag) for tag in tags))


def _protect(xml: str) -> str:
    """Braces outside any tag, in an attribute for example, stay what they are."""
    return _STRAY.sub("&#123;", xml)


def _jinja(tag: str) -> str:
    return _SCOPED.sub(r"{% \2 %}", _LITERAL_OR_SPACE.sub(_narrow, tag.translate(_TYPED)))


def _narrow(found: re.Match[str]) -> str:
    return found[0] if found[0][0] in "\"'" else " "


def _mark_tags(texts: list[etree._Element], numbers: Iterator[int]) -> list[tuple[int, str]]:
    """Puts a mark where each tag begins and takes its characters out of the runs it was in."""
    pieces = [text.text or "" for text in texts]
    whole = "".join(pieces)
    found: list[tuple[int, str]] = []
    marks: dict[int, str] = {}
    gone: set[int] = set()
    for begin, end in _spans(whole):
        number = next(numbers)
        found.append((number, whole[begin:end]))
        marks[begin] = f"{_OPEN}{number}{_CLOSE}"
        gone.update(range(begin, end))
    if not found:
        return found
    position = 0
    for element, piece in zip(texts, pieces, strict=True):
        span = range(position, position + len(piece))
        element.text = "".join(
            marks.get(index, "" if index in gone else whole[index]) for index in span
        )
        element.set(_SPACE, "preserve")
        position = span.stop
    return found


def _replace(paragraph: etree._Element, scope: str, mark: str, tags: list[str]) -> None:
    """Puts the mark in the place of the whole row or paragraph."""
    tag = tags[int(mark[1:-1])]
    element = paragraph if scope == "p" else next(paragraph.iterancestors(f"{_W}tr"), None)
    if element is None:
        raise BadMarkup(f"标记 {tag} 不在表格的行内，{{%tr … %}} 只能写在表格里")
    parent = element.getparent()
    if parent is None:
        raise BadMarkup(f"标记 {tag} 所在的行或段落还有另一个 tr 或 p 标记，每行（段）只能写一个")
    before = element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + mark + (element.tail or "")
    else:
        before.tail = (before.tail or "") + mark + (element.tail or "")
    element.tail = None
    parent.remove(element)
