"""Text of a template that its reader would not see: no paper may say what nobody can read."""

from collections.abc import Iterator

from lxml import etree

from documents.templates.complaint import Complaint
from documents.templates.markup import paragraph_texts

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HIDDEN = (f"{_W}vanish", f"{_W}webHidden", f"{_W}specVanish")
_OFF = ("0", "false", "off")


def check_hidden(
    part: str, root: etree._Element, styles: etree._Element | None
) -> Iterator[Complaint]:
    """A complaint for each paragraph with text that is hidden by itself or by its style."""
    hidden = _hiding_styles(styles)
    for number, (paragraph, texts) in enumerate(paragraph_texts(root), 1):
        for text in texts:
            if (text.text or "").strip() and _is_hidden(paragraph, text.getparent(), hidden):
                place = f"第{number}段“{(text.text or '')[:12]}”"
                yield Complaint(part, place, "含有隐藏文字，请取消隐藏或者删除")
                break


def _hiding_styles(styles: etree._Element | None) -> frozenset[str]:
    """The styles that hide what is set in them, inherited ones included."""
    if styles is None:
        return frozenset()
    elements = {style.get(f"{_W}styleId", ""): style for style in styles.iter(f"{_W}style")}
    return frozenset(name for name in elements if _style_hides(name, elements))


def _style_hides(name: str, elements: dict[str, etree._Element]) -> bool:
    seen: set[str] = set()
    while name in elements and name not in seen:
        seen.add(name)
        style = elements[name]
        own = _own(style.find(f"{_W}rPr"))
        if own is not None:
            return own
        based = style.find(f"{_W}basedOn")
        name = "" if based is None else based.get(f"{_W}val", "")
    return False


def _is_hidden(
    paragraph: etree._Element, run: etree._Element | None, hidden: frozenset[str]
) -> bool:
    own = None if run is None else _own(run.find(f"{_W}rPr"))
    if own is not None:
        return own
    named = (
        None if run is None else run.find(f"{_W}rPr/{_W}rStyle"),
        paragraph.find(f"{_W}pPr/{_W}pStyle"),
    )
    return any(one is not None and one.get(f"{_W}val", "") in hidden for one in named)


def _own(properties: etree._Element | None) -> bool | None:
    """Whether these properties hide; None where they do not say."""
    found = [] if properties is None else [one for one in properties if one.tag in _HIDDEN]
    return any(one.get(f"{_W}val", "1") not in _OFF for one in found) if found else None
