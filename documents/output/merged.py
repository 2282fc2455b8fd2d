"""Many Word files as one, to be printed on both sides: each begins on the front of a sheet.

Text, heads, feet, pictures and styles of every paper stay its own; page numbers begin with 1 again.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from lxml import etree

from documents.templates.markup import parse_part
from documents.templates.package import build_package, read_members

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_W, _R = f"{{{_WORD}}}", f"{{{_OFFICE}}}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_DOCUMENT, _RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
_STYLES, _SETTINGS, _CONTENT = "word/styles.xml", "word/settings.xml", "[Content_Types].xml"
_PARTS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_BOUND = ("numPr", "footnoteReference", "endnoteReference", "commentReference", "altChunk")
"""What lives in parts of the whole file and cannot be taken over alone."""
_STYLED = ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link")
_VERSIONS = re.compile(r"\{http://schemas\.microsoft\.com/office/word/20[^}]*\}")
_BEHIND_NUMBERS = ("cols", "formProt", "vAlign", "noEndnote", "titlePg", "textDirection", "bidi",
                   "rtlGutter", "docGrid", "printerSettings", "sectPrChange")  # fmt: skip
_TINY = (
    f'<w:p xmlns:w="{_WORD}"><w:pPr><w:spacing w:before="0" w:after="0" w:line="20"'
    ' w:lineRule="exact"/><w:rPr><w:sz w:val="2"/></w:rPr></w:pPr></w:p>'
)


def why_apart(word: bytes) -> str:
    """Why this file has to be printed by itself; empty where it can be merged."""
    contents, _ = read_members(word)
    for name, content in contents.items():
        used = name in (_DOCUMENT, _STYLES) or re.match(r"word/(header|footer)\d*\.xml", name)
        if used and any(f"<w:{one}".encode() in content for one in _BOUND):
            return "含有自动编号、脚注或者批注，请单独打印"
    return ""


def merged(words: Sequence[bytes]) -> bytes:
    """One Word file of all of them in their order, at least one; `why_apart` said nothing of any.

    For printing on both sides: a paper that ends on a front page leaves the back empty.
    """
    papers = [_Paper(number, read_members(word)[0]) for number, word in enumerate(words)]
    contents = dict(papers[0].contents)
    names = {prefix: uri for one in papers for prefix, uri in one.root.nsmap.items()}
    root = etree.Element(papers[0].root.tag, nsmap=names)
    body = etree.SubElement(root, f"{_W}body")
    package = _Package(
        contents,
        parse_part(contents[_RELATIONS]),
        parse_part(contents[_CONTENT]),
        parse_part(contents[_STYLES]),
    )
    for paper in papers:
        blocks = package.taken(paper)
        if paper is not papers[-1]:
            _close_section(blocks)
        body.extend(blocks)
    for place, picture in enumerate(body.iter(_DOC_PR), 1):
        picture.set("id", str(place))
    contents[_DOCUMENT] = _bytes(root)
    contents[_RELATIONS], contents[_CONTENT] = _bytes(package.relations), _bytes(package.types)
    contents[_STYLES] = _bytes(package.styles)
    told = (one.contents.get(_SETTINGS, b"") for one in papers)
    contents[_SETTINGS] = next((one for one in told if _SIDES in one), contents[_SETTINGS])
    return build_package(contents)


_SIDES = b"<w:evenAndOddHeaders"


def _bytes(root: etree._Element) -> bytes:
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


@dataclass
class _Paper:
    """One of the files, taken apart."""

    number: int
    contents: dict[str, bytes]
    root: etree._Element = field(init=False)

    def __post_init__(self) -> None:
        self.root = parse_part(self.contents[_DOCUMENT])

    def called(self, name: str) -> str:
        """A name of this paper's own."""
        return f"p{self.number}-{name}"

    @property
    def has_sides(self) -> bool:
        """Whether its heads differ on the two sides of a sheet."""
        return _SIDES in self.contents.get(_SETTINGS, b"")


@dataclass
class _Package:
    """The one file that grows."""

    contents: dict[str, bytes]
    relations: etree._Element
    types: etree._Element
    styles: etree._Element

    def taken(self, paper: _Paper) -> list[etree._Element]:
        """The paper's blocks, the last of them its section, with all they refer to taken over."""
        renamed: dict[str, str] = {}
        if paper.number:
            self._take_styles(paper)
            renamed = self._take_parts(paper)
        blocks = next(iter(paper.root.iterchildren(f"{_W}body")))
        for element in blocks.iter(etree.Element):
            for name, value in list(element.attrib.items()):
                if str(name).startswith(_R) and value in renamed:
                    element.set(name, renamed[str(value)])
                elif _VERSIONS.match(str(name)):
                    del element.attrib[name]
        if paper.number:
            self._begin(next(blocks.iter(f"{_W}sectPr")))
        for name in ("header", "footer"):
            self._complete(next(blocks.iter(f"{_W}sectPr")), name, paper)
        return list(blocks)

    def _take_styles(self, paper: _Paper) -> None:
        """Its styles under names of their own, unless they are those of the first paper."""
        if paper.contents[_STYLES] == self.contents[_STYLES]:
            return
        own = parse_part(paper.contents[_STYLES])
        default = ""
        for style in own.iterchildren(f"{_W}style"):
            identity = style.get(f"{_W}styleId", "")
            if style.get(f"{_W}default") and style.get(f"{_W}type") == "paragraph":
                default = paper.called(identity)
            style.set(f"{_W}styleId", paper.called(identity))
            style.attrib.pop(f"{_W}default", None)
            for name in style.iterchildren(f"{_W}name"):
                name.set(f"{_W}val", f"{name.get(f'{_W}val')} {paper.number + 1}")
            self.styles.append(_with_own_styles(style, paper))
        _with_own_styles(paper.root, paper)
        _name_default(paper.root, default)
        for name in list(paper.contents):
            if re.fullmatch(r"word/(header|footer)\d*\.xml", name):
                part = parse_part(paper.contents[name])
                _name_default(_with_own_styles(part, paper), default)
                paper.contents[name] = _bytes(part)

    def _take_parts(self, paper: _Paper) -> dict[str, str]:
        """Heads, feet and pictures under names of their own; the old ids and the new ones."""
        renamed: dict[str, str] = {}
        for relation in parse_part(paper.contents[_RELATIONS]).iter(_RELATION):
            kind = relation.get("Type", "").rpartition("/")[2]
            if kind not in ("header", "footer", "image", "hyperlink"):
                continue
            old = relation.get("Id", "")
            renamed[old] = paper.called(old)
            relation.set("Id", renamed[old])
            if relation.get("TargetMode") != "External":
                relation.set("Target", self._take_part(paper, relation.get("Target", ""), kind))
            self.relations.append(relation)
        return renamed

    def _take_part(self, paper: _Paper, target: str, kind: str) -> str:
        path = PurePosixPath("word") / target.removeprefix("/word/")
        own = path.with_name(paper.called(path.name))
        self.contents[str(own)] = paper.contents[str(path)]
        beside = path.parent / "_rels" / f"{path.name}.rels"
        if str(beside) in paper.contents:
            self._take_beside(paper, beside, own)
        if kind in ("header", "footer"):
            told = {"PartName": f"/{own}", "ContentType": f"{_PARTS}.{kind}+xml"}
            etree.SubElement(self.types, f"{_TYPES}Override", told)
        else:
            self._name_pictures(path.suffix.removeprefix("."))
        return str(own.relative_to("word"))

    def _take_beside(self, paper: _Paper, beside: PurePosixPath, own: PurePosixPath) -> None:
        """What a head or foot refers to: its pictures."""
        root = parse_part(paper.contents[str(beside)])
        for relation in root.iter(_RELATION):
            if relation.get("TargetMode") != "External":
                relation.set("Target", self._take_part(paper, relation.get("Target", ""), "image"))
        self.contents[str(own.parent / "_rels" / f"{own.name}.rels")] = _bytes(root)

    def _name_pictures(self, suffix: str) -> None:
        known = {one.get("Extension", "").lower() for one in self.types.iter(f"{_TYPES}Default")}
        if suffix.lower() not in known:
            kind = "jpeg" if suffix.lower() == "jpg" else suffix.lower()
            told = {"Extension": suffix, "ContentType": f"image/{kind}"}
            self.types.insert(0, etree.Element(f"{_TYPES}Default", told))

    def _begin(self, section: etree._Element) -> None:
        """The section begins on an odd page with number 1."""
        for old in (*section.iterchildren(f"{_W}type", f"{_W}pgNumType"),):
            section.remove(old)
        size = section.find(f"{_W}pgSz")
        place = list(section).index(size) if size is not None else len(section)
        section.insert(place, etree.Element(f"{_W}type", {f"{_W}val": "oddPage"}))
        behind = (one for one in section if etree.QName(one).localname in _BEHIND_NUMBERS)
        numbers = etree.Element(f"{_W}pgNumType", {f"{_W}start": "1"})
        following = next(behind, None)
        section.append(numbers) if following is None else following.addprevious(numbers)

    def _complete(self, section: etree._Element, name: str, paper: _Paper) -> None:
        """What a paper lacks it would take over from the one before it."""
        given = {
            one.get(f"{_W}type", ""): one.get(f"{_R}id", "")
            for one in section.iterchildren(f"{_W}{name}Reference")
        }
        default = given.get("default") or self._empty(name)
        wanted = {"default": default, "even": default, "first": self._empty(name)}
        for kind, identity in wanted.items():
            if kind == "even" and not paper.has_sides:
                for one in section.findall(f"{_W}{name}Reference[@{_W}type='even']"):
                    section.remove(one)
                given.pop("even", None)
            if kind not in given:
                told = {f"{_W}type": kind, f"{_R}id": identity}
                section.insert(0, etree.Element(f"{_W}{name}Reference", told))

    def _empty(self, name: str) -> str:
        identity, path = f"empty-{name}", f"word/empty-{name}.xml"
        if path not in self.contents:
            tag = "hdr" if name == "header" else "ftr"
            text = f'<w:{tag} xmlns:w="{_WORD}"><w:p/></w:{tag}>'
            self.contents[path] = f'<?xml version="1.0" encoding="UTF-8"?>{text}'.encode()
            told = {"Id": identity, "Type": f"{_OFFICE}/{name}", "Target": f"empty-{name}.xml"}
            etree.SubElement(self.relations, _RELATION, told)
            kind = {"PartName": f"/{path}", "ContentType": f"{_PARTS}.{name}+xml"}
            etree.SubElement(self.types, f"{_TYPES}Override", kind)
        return identity


def _with_own_styles(root: etree._Element, paper: _Paper) -> etree._Element:
    for one in root.iter(*(f"{_W}{name}" for name in _STYLED)):
        one.set(f"{_W}val", paper.called(one.get(f"{_W}val", "")))
    return root


def _name_default(root: etree._Element, default: str) -> None:
    """Paragraphs without a style of their own name the one that was this paper's default."""
    for one in _unstyled(root) if default else ():
        properties = one.find(f"{_W}pPr")
        if properties is None:
            properties = etree.Element(f"{_W}pPr")
            one.insert(0, properties)
        properties.insert(0, etree.Element(f"{_W}pStyle", {f"{_W}val": default}))


def _unstyled(root: etree._Element) -> Iterator[etree._Element]:
    return (one for one in list(root.iter(f"{_W}p")) if one.find(f"{_W}pPr/{_W}pStyle") is None)


def _close_section(blocks: list[etree._Element]) -> None:
    """The body's section becomes that of its last paragraph; a table is followed by a tiny one."""
    section = blocks.pop()
    last = blocks[-1] if blocks else None
    # LibreOffice would carry a table that floats before the paragraph of a section to the next.
    floats = any(one.tag == f"{_W}tbl" for one in blocks[-2:])
    if floats or last is None or last.find(f"{_W}pPr/{_W}sectPr") is not None:
        last = etree.fromstring(_TINY)
        blocks.append(last)
    properties = last.find(f"{_W}pPr")
    if properties is None:
        properties = etree.Element(f"{_W}pPr")
        last.insert(0, properties)
    properties.append(section)
