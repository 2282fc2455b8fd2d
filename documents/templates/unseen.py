"""What lies in a Word file and is seen on no page: printer settings, spare pictures, rubbish.

A picture that Word keeps only for other programs (an SVG behind its PNG, the original of an effect)
and one that nothing shows are taken out; one that is shown stays, for the lint to judge.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath
from zipfile import ZipFile

from lxml import etree

from documents.templates.markup import parse_part

_SPARE = re.compile(r"(?i)word/media/[^/]+\.(svg|wdp|webp|jxr)")
_PRINTER = re.compile(r"(?i)word/printersettings/[^/]+\.bin")
_RUBBISH = re.compile(r"(?i)\[trash\]/.*|docProps/thumbnail\.(?!emf$|wmf$|jpe?g$|png$)\w+")
_LINKS = re.compile(r"word/_rels/([^/]+\.xml)\.rels")
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ASIDE = (
    "{http://schemas.openxmlformats.org/drawingml/2006/main}ext",
    "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
)
"""What only other programs look at: extensions, and what stands for those that know less."""
LARGEST = 8 << 20


@dataclass
class Unseen:
    """What changes: parts written anew, parts that go, and what is told of it in Chinese."""

    changed: dict[str, bytes] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    dropped: list[str] = field(default_factory=list)


def unseen(archive: ZipFile) -> Unseen:
    """What of the package is seen on no page, taken out of its parts; ValueError for huge ones."""
    names = archive.namelist()
    spare = {one for one in names if _SPARE.fullmatch(one)}
    printer = {one for one in names if _PRINTER.fullmatch(one)}
    found = Unseen(gone={one for one in names if _RUBBISH.fullmatch(one)})
    if not spare and not printer:
        return found
    shown: set[str] = set()
    for name in names:
        if (links := _LINKS.fullmatch(name)) and (part := f"word/{links[1]}") in names:
            shown |= _cleared(archive, (name, part), spare | printer, found)
    found.gone |= (spare | printer) - shown
    if pictures := len(spare - shown):
        found.dropped.append(f"打印时看不到的图片{pictures}张")
    if printer:
        found.dropped.append("本机打印机的设置")
    return found


def _cleared(
    archive: ZipFile, names: tuple[str, str], unwanted: Collection[str], found: Unseen
) -> set[str]:
    """Takes a part's uses of what is unwanted away; what of it the part really shows."""
    name, part = names
    relations = parse_part(_read(archive, name))
    aims = {
        one.get("Id", ""): one
        for one in relations.iterchildren(etree.Element)
        if _aim(part, one.get("Target", "")) in unwanted
    }
    if not aims:
        return set()
    root = parse_part(_read(archive, part))
    shown: set[str] = set()
    for one in list(root.iter(etree.Element)):
        used = {value for key, value in one.attrib.items() if str(key).startswith(_R)} & set(aims)
        if used and not _taken_out(one):
            shown |= used
    for key, relation in aims.items():
        if key not in shown:
            relations.remove(relation)
    found.changed[name], found.changed[part] = _bytes(relations), _bytes(root)
    return {_aim(part, aims[key].get("Target", "")) for key in shown}


def _taken_out(element: etree._Element) -> bool:
    """Whether the element is looked at by other programs only; it is gone then."""
    if element.tag == f"{_W}printerSettings":
        aside: etree._Element | None = element
    else:
        aside = next((one for one in element.iterancestors() if one.tag in _ASIDE), None)
    parent = None if aside is None else aside.getparent()
    if aside is None:
        return False
    if parent is not None:
        parent.remove(aside)
    return True


def _aim(part: str, target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else normpath(join(dirname(part), target))


def _read(archive: ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST or b"<!" in content:
        raise ValueError(name)
    return content


def _bytes(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
