"""What Word and WPS keep in a file beside its text, taken out of a template that is sent in.

Embedded fonts, the link to the writer's own Normal.dotm, printer settings, pictures that no page
shows, and who wrote it on which machine change nothing that is printed here; everything else that a
template may not hold is left for the lint to refuse.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast
from zipfile import BadZipFile, ZipFile

from lxml import etree

from documents.templates.markup import parse_part
from documents.templates.package import (
    NotAWordFile,
    open_zip,
    pack_member,
    raw_member,
    write_package,
)
from documents.templates.safety import WITHIN
from documents.templates.unseen import unseen
from documents.templates.writer import TOLD, without_writer
from domain.files.confined import Unreadable, confined

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FONT = re.compile(r"(?i)word/fonts/[^/]+\.(odttf|ttf)")
_FONT_LINKS, _FONT_TABLE = "word/_rels/fontTable.xml.rels", "word/fontTable.xml"
_SETTINGS, _SETTINGS_LINKS = "word/settings.xml", "word/_rels/settings.xml.rels"
_OWN_TEMPLATE = re.compile(r"(?i)(file:///)?([a-z]:[\\/]([^\\/].*)?)?normal\.(dotm|dotx|dot)")
"""On a drive of the writer's machine, or by its bare name; never a share or an address."""
_EMBEDS = ("embedRegular", "embedBold", "embedItalic", "embedBoldItalic")
_EMBEDDING = ("embedTrueTypeFonts", "embedSystemFonts", "saveSubsetFonts")
_LARGEST = 4 << 20


@dataclass(frozen=True, slots=True)
class Tidied:
    """The file without them, and what was taken out, in Chinese."""

    word: bytes
    dropped: tuple[str, ...] = ()


def tidied(raw: bytes) -> Tidied:
    """The file without what is harmless and of no use here; any bytes may come.

    Read in a process of its own. What cannot be read comes back as it is, for the lint to refuse.
    """
    try:
        word, *dropped = confined(f"{__name__}:pieces", raw, WITHIN)
    except Unreadable:
        return Tidied(raw)
    return Tidied(cast("bytes", word), tuple(map(str, dropped)))


def pieces(raw: bytes) -> Iterator[object]:
    """The file, then what was taken out of it, as pieces of a confined reading."""
    try:
        with open_zip(raw) as archive:
            word, dropped = _without(raw, archive)
    except (NotAWordFile, BadZipFile, EOFError, RuntimeError, ValueError, etree.XMLSyntaxError):
        word, dropped = raw, []
    yield word
    yield from dropped


def _without(raw: bytes, archive: ZipFile) -> tuple[bytes, list[str]]:
    fonts = [one.filename for one in archive.infolist() if _FONT.fullmatch(one.filename)]
    beside = unseen(archive)
    changed, dropped = beside.changed, beside.dropped
    if fonts:
        changed[_FONT_TABLE] = _removed(archive, _FONT_TABLE, _EMBEDS)
        changed[_SETTINGS] = _removed(archive, _SETTINGS, _EMBEDDING)
        dropped.append(f"嵌入的字体{len(fonts)}个：打印时使用本机的同名字体")
    if links := _own_template(archive):
        changed[_SETTINGS_LINKS] = links
        settings = changed.get(_SETTINGS) or _small(archive, _SETTINGS)
        changed[_SETTINGS] = _removed_from(settings, ("attachedTemplate",))
        dropped.append("对本机 Normal 模板的链接")
    if without_writer(archive, changed):
        dropped.append(TOLD)
    gone = {*fonts, *([_FONT_LINKS] if fonts else []), *beside.gone}
    if not dropped and not gone:
        return raw, []
    members = (
        pack_member(one.filename, changed[one.filename])
        if one.filename in changed
        else raw_member(raw, one)
        for one in archive.infolist()
        if one.filename not in gone
    )
    return write_package(members), dropped


def _small(archive: ZipFile, name: str) -> bytes:
    """The content of a part that is never large; ValueError where it is."""
    with archive.open(name) as stream:
        content = stream.read(_LARGEST + 1)
    if len(content) > _LARGEST or b"<!" in content:
        raise ValueError(name)
    return content


def _removed(archive: ZipFile, name: str, tags: tuple[str, ...]) -> bytes:
    return _removed_from(_small(archive, name), tags)


def _removed_from(content: bytes, tags: tuple[str, ...]) -> bytes:
    root = parse_part(content)
    for one in list(root.iter(*(f"{_W}{tag}" for tag in tags))):
        parent = one.getparent()
        if parent is not None:
            parent.remove(one)
    return _bytes(root)


def _own_template(archive: ZipFile) -> bytes:
    """The settings' relations without the link to Normal.dotm; empty where there is none."""
    if _SETTINGS_LINKS not in archive.namelist():
        return b""
    root = parse_part(_small(archive, _SETTINGS_LINKS))
    found = [
        one
        for one in root.iterchildren(etree.Element)
        if one.get("Type", "").endswith("/attachedTemplate")
        and _OWN_TEMPLATE.fullmatch(one.get("Target", "").replace("%20", " "))
    ]
    for one in found:
        root.remove(one)
    return _bytes(root) if found else b""


def _bytes(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))
