"""Fields of a Word file: page numbers and links are taken, others told what to switch off."""

import re

_TAKEN = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION"})
_LINK = re.compile(
    r'(?i)\s*HYPERLINK\s+("(https?://|mailto:)[^"]*"|\\l\s+"[^"]*")(\s+\\[a-z](\s+"[^"]*")?)*\s*'
)
"""A link to a page, an address or a place in the text, as Word and WPS write it in a field."""
PLAIN = "选中后按 Ctrl+Shift+F9（Word、WPS 相同）即变为普通文字"
_LIST = f"这是自动生成的目录：在「引用」（WPS 同）中删除目录，或者{PLAIN}"
_REFERENCE = f"这是交叉引用：{PLAIN}"
_DATE = (
    "这是自动更新的日期，会随打开的日子变化：插入日期时不勾选「自动更新」，"
    "文书的日期请写成 {{ 成文日期 }} 这样的标记"
)
_CAPTION = f"这是自动编号的题注：{PLAIN}"
_MERGE = "这是邮件合并的域：在「邮件」中选择普通 Word 文档，要填的事实写成 {{ 事实 }}"
_FORM = "这是窗体域：在「开发工具」中删除，要填的事实写成 {{ 事实 }}"
_OUTSIDE = f"它引用文件以外的内容：把内容直接粘贴进来，或者{PLAIN}"
_KINDS = {
    _LIST: ("TOC", "TOA", "INDEX", "TC", "XE"),
    _REFERENCE: ("REF", "PAGEREF", "NOTEREF", "STYLEREF"),
    _DATE: ("DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE"),
    _CAPTION: ("SEQ", "AUTONUM", "AUTONUMLGL", "LISTNUM"),
    _MERGE: (
        "MERGEFIELD",
        "MERGEREC",
        "MERGESEQ",
        "NEXT",
        "NEXTIF",
        "ADDRESSBLOCK",
        "GREETINGLINE",
    ),
    _FORM: ("FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "FILLIN", "ASK"),
    _OUTSIDE: ("INCLUDETEXT", "INCLUDEPICTURE", "LINK", "EMBED", "DDE", "DDEAUTO", "HYPERLINK"),
}
_REMEDIES = {word: remedy for remedy, words in _KINDS.items() for word in words}


def field_fault(instruction: str) -> str:
    """Why the field may not stay, and what to switch off or press; empty where it may."""
    words = instruction.split()
    if not words or words[0].upper() in _TAKEN or _LINK.fullmatch(instruction):
        return ""
    remedy = _REMEDIES.get(words[0].upper(), PLAIN)
    allowed = "只允许页码和网页、邮箱、文内位置的链接"
    return f"含有不允许的域“{words[0][:20]}”，{allowed}；{remedy}"
