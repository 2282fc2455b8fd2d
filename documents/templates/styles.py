"""Styles of a Word file: how each says that paragraphs look, with what it inherits."""

from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
RED = frozenset({"FF0000", "C00000", "E60012", "RED"})
LARGE, SMALL = 40, 24
"""Half-points: from where on a text is a heading's, and up to where it is a note's."""


@dataclass(frozen=True)
class Looks:
    """What of a paragraph's layout a reader has to see; None: not said, as the style before."""

    align: str | None = None
    half_points: int | None = None
    indented: bool | None = None
    bold: bool | None = None
    red: bool | None = None
    ruled: bool | None = None

    def over(self, below: "Looks") -> "Looks":
        """These looks, and where they say nothing those below."""
        return Looks(
            align=below.align if self.align is None else self.align,
            half_points=below.half_points if self.half_points is None else self.half_points,
            indented=below.indented if self.indented is None else self.indented,
            bold=below.bold if self.bold is None else self.bold,
            red=below.red if self.red is None else self.red,
            ruled=below.ruled if self.ruled is None else self.ruled,
        )


@dataclass(frozen=True)
class Style:
    """A style of a Word file: its name, and its looks with everything inherited."""

    name: str
    looks: Looks


def styles_of(root: etree._Element | None) -> Mapping[str, Style]:
    """The styles by id; the default style also stands under the empty id."""
    if root is None:
        return {}
    elements = {one.get(f"{W}styleId", ""): one for one in root.iter(f"{W}style")}
    found: dict[str, Style] = {}
    for identity, element in elements.items():
        found[identity] = Style(
            value_of(element, "name") or identity, _inherited(element, elements)
        )
        if (element.get(f"{W}type"), element.get(f"{W}default")) == ("paragraph", "1"):
            found[""] = found[identity]
    return found


def _inherited(element: etree._Element, elements: Mapping[str, etree._Element]) -> Looks:
    looks, seen = Looks(), set()
    current: etree._Element | None = element
    while current is not None and current not in seen:
        seen.add(current)
        looks = looks.over(looks_of(current))
        current = elements.get(value_of(current, "basedOn") or "")
    return looks


def looks_of(element: etree._Element) -> Looks:
    """What an element's own paragraph and run properties say."""
    size = value_of(element, "rPr/sz")
    colour = value_of(element, "rPr/color")
    border = element.find(f"{W}pPr/{W}pBdr/{W}bottom")
    indent = element.find(f"{W}pPr/{W}ind")
    return Looks(
        align=value_of(element, "pPr/jc"),
        half_points=int(size) if size and size.isdecimal() else None,
        indented=None if indent is None else _is_indented(indent),
        bold=is_on(element.find(f"{W}rPr/{W}b")),
        red=None if colour is None else colour.upper() in RED,
        ruled=None if border is None else border.get(f"{W}color", "").upper() in RED,
    )


def _is_indented(indent: etree._Element) -> bool:
    return any(indent.get(f"{W}{one}", "0") != "0" for one in ("firstLine", "firstLineChars"))


def value_of(element: etree._Element, path: str) -> str | None:
    """The value that a property of an element has, by the property's path."""
    found = element.find("/".join(f"{W}{step}" for step in path.split("/")))
    return None if found is None else found.get(f"{W}val")


def is_on(element: etree._Element | None) -> bool | None:
    """Whether a switch is on; None where there is none."""
    if element is None:
        return None
    return element.get(f"{W}val", "1") not in {"0", "false", "off"}
