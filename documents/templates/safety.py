"""The safety of an uploaded Word file: no bombs, macros, outside links or active fields."""

import re
import zlib
from collections.abc import Callable, Iterator
from typing import cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from lxml import etree

from documents.templates.complaint import Complaint, part_name
from documents.templates.fields import field_fault
from documents.templates.markup import parse_part
from documents.templates.package import NotAWordFile, open_zip
from documents.templates.picture_kinds import picture_fault
from domain.files.confined import Budget, Unreadable, confined

_MEMBERS, _MEMBER_BYTES, _ALL_BYTES, _RATIO = 200, 8 << 20, 32 << 20, 100
_SMALL = 64 << 10
_MOST_TAGS = 300_000
"""Of all parts together, opening and closing ones; a hundred pages have a third of it."""
Read = Callable[[bytes], tuple[dict[str, bytes], tuple[Complaint, ...]]]
WITHIN = Budget(memory=1 << 30, seconds=20)
"""What reading one Word file from outside may use."""
_COMPLAINT = frozenset({(Complaint.__module__, Complaint.__qualname__)})
_CHUNK = 64 << 10
_ALLOWED = re.compile(r"(?i)[^\\:*?\"<>|\x00-\x1f]+\.(xml|rels|png|jpe?g|gif|tiff?|emf|wmf|bmp)")
_THUMBNAIL = re.compile(r"(?i)docProps/thumbnail\.(emf|wmf)")
"""The small picture that Word keeps of the first page: printed nowhere, opened by no reader."""
_FORBIDDEN = re.compile(r"(?i)vbaproject|activex|embeddings|oleobject|\.bin$|attachedtoolbars")
_DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_DECLARATION = re.compile(rb"(?i)<!\s*(doctype|entity)")
_HARMLESS_LINK = re.compile(r"(?i)(https?|mailto):")
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHANGES = re.compile(r"(ins|del|moveFrom|moveTo|cellIns|cellDel|cellMerge|\w+Change)$")
_ACTIVE = {
    "object": "嵌入的对象",
    "OLEObject": "嵌入的对象",
    "control": "ActiveX 控件",
    "altChunk": "插入的外部文档",
    "subDoc": "子文档",
    "movie": "视频",
    "commentRangeStart": "批注",
    "attachedTemplate": "链接的模板",
    "mailMerge": "邮件合并",
}
REMEDIES = {
    "attachedTemplate": "请在 Word「开发工具－文档模板」中把模板清空"
    "（WPS 另存为 .docx 并选择不附模板），再保存",
    "image": "请把图片粘贴进文件：Word「文件－信息－编辑指向文件的链接」中断开链接",
    "mailMerge": "请在「邮件－开始邮件合并」中选择「普通 Word 文档」",
    "commentRangeStart": "请在「审阅－批注」中全部删除",
}
"""What to switch off in Word or WPS, by the kind of what is refused."""
PARTS_REFUSED = (
    (
        re.compile(r"(?i)\.odttf$|word/fonts/"),
        "文件嵌入了字体，请在 Word「文件－选项－保存」（WPS「文件－选项－常规与保存」）中取消"
        "「将字体嵌入文件」后重新保存",
    ),
    (
        re.compile(r"(?i)\.(svg|webp|wdp|jxr)$"),
        "请把图片另存为 png 或者 jpg 再插入",
    ),
)


def read_safely(raw: bytes) -> tuple[dict[str, bytes], tuple[Complaint, ...]]:
    """The unpacked members, never more than the limits, and what is unsafe about the package.

    Any bytes may come. Where there are complaints the members are not to be used.
    """
    try:
        with open_zip(raw) as archive:
            return _read(archive)
    except NotAWordFile as error:
        return {}, (Complaint("文件", "", str(error)),)
    except (BadZipFile, zlib.error, EOFError, RuntimeError, ValueError):
        return {}, (Complaint("文件", "", "不是有效的 Word 文档（.docx），内容已损坏"),)


def read_outside(raw: bytes) -> tuple[dict[str, bytes], tuple[Complaint, ...]]:
    """As `read_safely`, for a file that somebody sent in: in a process of its own."""
    try:
        (told,) = confined(f"{__name__}:safe_pieces", raw, WITHIN, _COMPLAINT)
    except Unreadable as fault:
        return {}, (Complaint("文件", "", str(fault)),)
    return cast("tuple[dict[str, bytes], tuple[Complaint, ...]]", told)


def safe_pieces(raw: bytes) -> Iterator[object]:
    """What `read_safely` says, as the only piece of a confined reading."""
    contents, complaints = read_safely(raw)
    yield ({} if complaints else contents), complaints


def _read(archive: ZipFile) -> tuple[dict[str, bytes], tuple[Complaint, ...]]:
    infos = archive.infolist()
    complaints = list(_check_names(infos))
    contents: dict[str, bytes] = {}
    total = 0
    if not complaints:
        for info in infos:
            content = _inflate(archive, info)
            total += len(content or b"")
            if content is None or total > _ALL_BYTES:
                complaints.append(Complaint("文件", info.filename, "解压后过大，疑似压缩炸弹"))
                break
            contents[info.filename] = content
    if not complaints:
        complaints += _check_contents(contents)
    return contents, tuple(complaints)


def _check_names(infos: list[ZipInfo]) -> Iterator[Complaint]:
    if len(infos) > _MEMBERS:
        yield Complaint("文件", "", f"部件有{len(infos)}个，最多允许{_MEMBERS}个")
    seen: set[str] = set()
    for info in infos:
        name = info.filename
        if name.lower() in seen:
            yield Complaint("文件", name, "部件重名")
        seen.add(name.lower())
        if info.orig_filename != name or ".." in name.split("/") or name.startswith("/"):
            yield Complaint("文件", name, "部件名称不安全")
        elif _FORBIDDEN.search(name):
            yield Complaint("文件", name, "含有宏、控件或者嵌入的对象，请删除后另存为 .docx")
        elif not (_ALLOWED.fullmatch(name) or _THUMBNAIL.fullmatch(name) or name.endswith("/")):
            yield Complaint("文件", name, _part_refused(name))
        yield from _check_packing(info)


def _check_packing(info: ZipInfo) -> Iterator[Complaint]:
    # bzip2 and LZMA give nothing before they have unpacked all: no limit could stop them.
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        yield Complaint("文件", info.filename, "压缩方式不常见，请用 Word 打开后另存为 .docx")
    if info.flag_bits & 1:
        yield Complaint("文件", info.filename, "部件已加密，请取消文档密码")


def _part_refused(name: str) -> str:
    """Why a part is not taken, and what to switch off in Word or WPS."""
    told = "不允许的部件，只能有文字（xml）和图片（png、jpg、gif、bmp、tiff、emf、wmf）"
    for pattern, remedy in PARTS_REFUSED:
        if pattern.search(name):
            return f"{told}：{remedy}"
    return told


def _inflate(archive: ZipFile, info: ZipInfo) -> bytes | None:
    """The content, or None as soon as it is larger than its limits (the header may lie)."""
    content = bytearray()
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            content += chunk
            if len(content) > _MEMBER_BYTES:
                return None
            if len(content) > _SMALL and len(content) > _RATIO * max(info.compress_size, 1):
                return None
    return bytes(content)


def _check_contents(contents: dict[str, bytes]) -> Iterator[Complaint]:
    if "word/document.xml" not in contents or "[Content_Types].xml" not in contents:
        yield Complaint("文件", "", "缺少正文，不是 Word 文档（.docx）")
        return
    tags = sum(content.count(b"<") for name, content in contents.items() if _is_xml(name))
    if tags > _MOST_TAGS:
        yield Complaint("文件", "", "内容过多，超过一份文书可以有的篇幅，请分成几份")
        return
    for name, content in contents.items():
        if not _is_xml(name):
            yield from _check_picture(name, content)
            continue
        root, complaint = _parse(name, content)
        if complaint is not None:
            yield complaint
        elif name == "[Content_Types].xml":
            yield from _check_types(root)
        elif name.endswith(".rels"):
            yield from _check_relations(name, root)
        else:
            yield from _check_elements(part_name(name), root)


def _check_picture(name: str, content: bytes) -> Iterator[Complaint]:
    if fault := picture_fault(name, content):
        yield Complaint("文件", name, fault)


def _is_xml(name: str) -> bool:
    return name.lower().endswith((".xml", ".rels"))


def _parse(name: str, content: bytes) -> tuple[etree._Element | None, Complaint | None]:
    if _DECLARATION.search(content) or b"\x00" in content:
        return None, Complaint(part_name(name), "", "含有 DTD 或者实体声明，不允许")
    try:
        content.decode("utf-8")
        return parse_part(content), None
    except UnicodeDecodeError:
        return None, Complaint(part_name(name), "", "不是 UTF-8 编码的 XML，请用 Word 重新保存")
    except etree.XMLSyntaxError as error:
        place = f"第{error.lineno}行"
        return None, Complaint(part_name(name), place, "不是有效的 XML，请用 Word 重新保存")


def _check_types(root: etree._Element) -> Iterator[Complaint]:
    types = {item.get("ContentType", "") for item in root.iterchildren(etree.Element)}
    if _DOCUMENT not in types:
        yield Complaint("文件", "", "不是普通 Word 文档（.docx），请另存为 .docx")
    for kind in sorted(types):
        if re.search(r"(?i)macro|vba|oleobject|activex", kind):
            yield Complaint("文件", "", f"含有宏或者控件（{kind}）")


def _check_relations(name: str, root: etree._Element) -> Iterator[Complaint]:
    for relation in root.iterchildren(etree.Element):
        target = relation.get("Target", "")
        kind = relation.get("Type", "").rsplit("/", 1)[-1]
        outside = relation.get("TargetMode") == "External"
        if outside and not (kind == "hyperlink" and _HARMLESS_LINK.match(target)):
            told = REMEDIES.get(kind, "请嵌入或者删除")
            yield Complaint("文件", name, f"引用了文件以外的内容（{kind}：{target[:60]}），{told}")
        elif kind in ("attachedTemplate", "aFChunk", "subDocument", "oleObject", "control"):
            yield Complaint("文件", name, f"含有不允许的引用（{kind}）")


def _check_elements(part: str, root: etree._Element) -> Iterator[Complaint]:
    changed = False
    field = ""
    for element in root.iter(etree.Element):
        name = etree.QName(element).localname
        if _CHANGES.match(name) and element.tag.startswith(_W) and not changed:
            changed = True
            yield Complaint(part, "", "含有修订痕迹，请全部接受或者拒绝修订")
        elif name in _ACTIVE:
            yield Complaint(part, "", f"含有{_ACTIVE[name]}，{REMEDIES.get(name, '请删除')}")
        elif name == "fldSimple":
            yield from _check_field(part, element.get(f"{_W}instr", ""))
        elif name == "instrText":
            field += element.text or ""
        elif name == "fldChar" and element.get(f"{_W}fldCharType") in ("separate", "end"):
            yield from _check_field(part, field)
            field = ""
    yield from _check_field(part, field)


def _check_field(part: str, instruction: str) -> Iterator[Complaint]:
    if fault := field_fault(instruction):
        yield Complaint(part, "", fault)
