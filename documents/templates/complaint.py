"""A complaint about a template: what is wrong, where, in words its author can act on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Complaint:
    """One thing that has to be put right before a template may be used."""

    part: str
    place: str
    message: str

    def __str__(self) -> str:
        where = "，".join(filter(None, (self.part, self.place)))
        return f"{where}：{self.message}" if where else self.message


_PARTS = {"document": "正文", "footnotes": "脚注", "endnotes": "尾注", "styles": "样式"}


def part_name(member: str) -> str:
    """The member of the package as Word's user knows it."""
    stem = member.removeprefix("word/").removesuffix(".xml")
    if stem.startswith("header"):
        return f"页眉{stem.removeprefix('header')}"
    if stem.startswith("footer"):
        return f"页脚{stem.removeprefix('footer')}"
    return _PARTS.get(stem, member)
