"""Pictures of a Word file by their alternative text, so that one can be exchanged for another."""

from collections.abc import Iterator, Mapping

from lxml import etree

from documents.templates.markup import parse_part

_DOCUMENT, _RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_EMBED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}embed"


def described_pictures(contents: Mapping[str, bytes]) -> dict[str, str]:
    """The member that holds each picture of the text which has an alternative text."""
    targets = dict(_targets(contents.get(_RELATIONS, b"")))
    found: dict[str, str] = {}
    for drawing in _elements(contents.get(_DOCUMENT, b""), f"{_W}drawing"):
        described = drawing.find(f".//{_WP}docPr[@descr]")
        embedded = next((one.get(_EMBED) for one in drawing.iter() if one.get(_EMBED)), None)
        if described is not None and (target := targets.get(embedded or "")):
            found[described.get("descr", "")] = target
    return {name: member for name, member in found.items() if member in contents}


def _targets(relations: bytes) -> Iterator[tuple[str, str]]:
    for relation in _elements(relations, "{*}Relationship"):
        target = relation.get("Target", "")
        yield relation.get("Id", ""), target.lstrip("/") if target[:1] == "/" else f"word/{target}"


def _elements(part: bytes, tag: str) -> Iterator[etree._Element]:
    """The elements of that tag, none where the part cannot be read."""
    try:
        yield from parse_part(part).iter(tag)
    except etree.XMLSyntaxError:
        return
