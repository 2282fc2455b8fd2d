"""Pictures of a Word file by their alternative text, so that one can be exchanged for another."""

import re
from collections.abc import Mapping

_DOCUMENT, _RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
_DRAWING = re.compile(r"<w:drawing\b.*?</w:drawing>", re.DOTALL)
_DESCRIPTION = re.compile(r'<wp:docPr\b[^>]*\bdescr="([^"]*)"')
_EMBEDDED = re.compile(r'\br:embed="([^"]*)"')
_RELATION = re.compile(r"<Relationship\b[^>]*>")
_ID, _TARGET = re.compile(r'\bId="([^"]*)"'), re.compile(r'\bTarget="([^"]*)"')


def described_pictures(contents: Mapping[str, bytes]) -> dict[str, str]:
    """The member that holds each picture of the text which has an alternative text."""
    targets = _targets(contents.get(_RELATIONS, b"").decode("utf-8", "replace"))
    found: dict[str, str] = {}
    text = contents.get(_DOCUMENT, b"").decode("utf-8", "replace")
    for drawing in _DRAWING.findall(text):
        description, embedded = _DESCRIPTION.search(drawing), _EMBEDDED.search(drawing)
        if description and embedded and (target := targets.get(embedded[1])):
            found[description[1]] = target
    return {name: member for name, member in found.items() if member in contents}


def _targets(relations: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for relation in _RELATION.findall(relations):
        key, target = _ID.search(relation), _TARGET.search(relation)
        if key and target:
            found[key[1]] = target[1].lstrip("/") if target[1][0] == "/" else f"word/{target[1]}"
    return found
