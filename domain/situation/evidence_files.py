"""Files that may become evidence: judged by what they contain, by their suffix and their size."""

import re
from collections.abc import Callable, Mapping
from io import BytesIO
from math import ceil
from pathlib import PurePath
from zipfile import BadZipFile, ZipFile

from pydantic import field_validator

from domain.shapes.entries import Record

MOST_MEMBERS = 5000
_MACRO = re.compile(r"(?i)vbaproject|activex|\.bin$")
_PRINTER = re.compile(r"(?i)/printersettings/printersettings\d*\.bin$")
"""What runs. The settings of a printer, which Excel keeps with every page set-up, do not."""
_PDF_WITHIN = 1024
"""A reader of PDF finds its head within so many bytes."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
Sign = Callable[[bytes], bool]


def _starts(*heads: bytes) -> Sign:
    return lambda content: content.startswith(heads)


def _riff(form: bytes) -> Sign:
    return lambda content: content[:4] == b"RIFF" and content[8:12] == form


def _runs(name: str) -> bool:
    return bool(_MACRO.search(name)) and not _PRINTER.search(name)


def _package(part: str) -> Sign:
    """A zip package with that part and nothing in it that runs."""

    def sign(content: bytes) -> bool:
        if not content.startswith(b"PK\3\4"):
            return False
        try:
            with ZipFile(BytesIO(content)) as package:
                names = package.namelist()
        except (BadZipFile, ValueError, NotImplementedError):
            return False
        # Only the list of members is read: a package that unpacks to gigabytes does no harm here.
        sound = len(names) <= MOST_MEMBERS and not any(map(_runs, names))
        return sound and part in names

    return sign


def _text(content: bytes) -> bool:
    marked = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            return not _CONTROL.search(content.decode(encoding))
        except UnicodeDecodeError:
            continue
    return False


SIGNS: Mapping[str, Sign] = {
    "pdf": lambda content: b"%PDF-" in content[:_PDF_WITHIN],
    "ofd": _package("OFD.xml"),
    "docx": _package("word/document.xml"),
    "xlsx": _package("xl/workbook.xml"),
    "text": _text,
    "jpeg": _starts(b"\xff\xd8\xff"),
    "png": _starts(b"\x89PNG\r\n\x1a\n"),
    "tiff": _starts(b"II*\0", b"MM\0*"),
    "mp3": _starts(b"ID3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf2"),
    "wav": _riff(b"WAVE"),
    "mp4": lambda content: content[4:8] == b"ftyp",
    "avi": _riff(b"AVI "),
}
"""How each type is told from its bytes."""


class FileType(Record):
    """A type of file by its name and suffixes."""

    label: str
    suffixes: tuple[str, ...]


class AttachmentRules(Record):
    """What attachments.yaml says: kinds of evidence, types of files, and how large they may be."""

    basis: str
    largest_megabytes: int
    kinds: dict[str, str]
    types: dict[str, FileType]

    @field_validator("types")
    @classmethod
    def _known(cls, types: dict[str, FileType]) -> dict[str, FileType]:
        unknown = sorted(set(types) - set(SIGNS))
        if unknown:
            raise ValueError(f"无法识别的文件类型{'、'.join(unknown)}；可用：{'、'.join(SIGNS)}")
        return types

    @property
    def suffixes(self) -> tuple[str, ...]:
        """Every suffix that is taken."""
        return tuple(one for kind in self.types.values() for one in kind.suffixes)


NO_ATTACHMENTS = AttachmentRules(basis="", largest_megabytes=0, kinds={}, types={})
"""What is taken where nothing says what may be taken."""


def too_large(size: int, rules: AttachmentRules) -> str:
    """Why a file of so many bytes is not taken, in Chinese."""
    # Rounded up: a file a little too large must not read as being just as large as is allowed.
    return f"文件有{ceil(size * 10 / (1 << 20)) / 10:.1f}MB，最大{rules.largest_megabytes}MB"


def file_complaints(name: str, content: bytes, rules: AttachmentRules) -> list[str]:
    """Why the file may not be taken, in Chinese with what would be right; empty when it may.

    The name only serves for its suffix; the bytes have to be of a type that bears this suffix, with
    no macro in them.
    """
    suffix = PurePath(name).suffix.lower()
    largest = rules.largest_megabytes << 20
    if not content:
        return ["文件是空的"]
    if len(content) > largest:
        return [too_large(len(content), rules)]
    named = [key for key, kind in rules.types.items() if suffix in kind.suffixes]
    if not named:
        what = f"「{suffix}」文件" if suffix else "没有扩展名的文件"
        return [f"不能上传{what}，可以上传：{'、'.join(rules.suffixes)}"]
    if not any(SIGNS[key](content) for key in named):
        label = rules.types[named[0]].label
        return [f"文件内容不是{label}（{suffix}），或者含有宏、已经损坏，请核对后重新上传"]
    return []
