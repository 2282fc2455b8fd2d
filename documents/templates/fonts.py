"""The check that every Chinese character of a template has a Chinese font by name."""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from documents.templates.complaint import Complaint
from documents.templates.markup import outside_tags, paragraph_texts

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_CHINESE_FONT = re.compile(r"[\u3400-\u9fff]|^(Sim(Sun|Hei)|(New)?FangSong|KaiTi|ST|FZ|Noto)", re.I)


def check_fonts(
    part: str, root: etree._Element, styles: etree._Element | None
) -> Iterator[Complaint]:
    """A complaint for each paragraph whose Chinese text Word would set in a font of its choice."""
    named = _named_fonts(styles)
    for number, (paragraph, texts) in enumerate(paragraph_texts(root), 1):
        for text in texts:
            if not _CHINESE.search(outside_tags(text.text or "")):
                continue
            font = _font_of(paragraph, text.getparent(), named)
            if font is None or not _CHINESE_FONT.search(font):
                yield Complaint(
                    part,
                    f"第{number}段“{(text.text or '')[:12]}”",
                    f"没有指定中文字体（现为“{font or '未指定'}”），请设为仿宋_GB2312 等中文字体",
                )
                break


def _named_fonts(styles: etree._Element | None) -> Mapping[str, str]:
    """The East Asian font of each style by id, inherited ones included; "" is the default."""
    if styles is None:
        return {}
    default = styles.find(f"{_W}docDefaults/{_W}rPrDefault/{_W}rPr")
    fonts: dict[str, str] = {}
    if font := _own_font(default):
        fonts[""] = font
    elements = {style.get(f"{_W}styleId", ""): style for style in styles.iter(f"{_W}style")}
    for identity, style in elements.items():
        seen: set[str] = set()
        current: etree._Element | None = style
        while current is not None and (found := _own_font(current.find(f"{_W}rPr"))) is None:
            based = current.find(f"{_W}basedOn")
            parent = "" if based is None else based.get(f"{_W}val", "")
            current = None if parent in seen else elements.get(parent)
            seen.add(parent)
        if current is not None and found:
            fonts[identity] = found
            if (style.get(f"{_W}type"), style.get(f"{_W}default")) == ("paragraph", "1"):
                fonts[""] = found  # what a paragraph without a style of its own is set in
    return fonts


def _own_font(properties: etree._Element | None) -> str | None:
    fonts = None if properties is None else properties.find(f"{_W}rFonts")
    return None if fonts is None else fonts.get(f"{_W}eastAsia")


def _font_of(
    paragraph: etree._Element, run: etree._Element, named: Mapping[str, str]
) -> str | None:
    own = _own_font(run.find(f"{_W}rPr"))
    if own:
        return own
    for element, path in ((run, f"{_W}rPr/{_W}rStyle"), (paragraph, f"{_W}pPr/{_W}pStyle")):
        style = element.find(path)
        if style is not None and (font := named.get(style.get(f"{_W}val", ""))):
            return font
    return named.get("")
