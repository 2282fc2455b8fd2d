"""A Word file as bytes: its members are read once and put back together without being unpacked."""

import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

# Every member is dated 1980-01-01, the zip format's zero: equal facts make equal bytes, and so a
# document that is written again has the hash under which it was issued.
_TIME, _DATE = 0, 0x21
_UTF8_NAMES = 0x800
USUAL, QUICK = 6, 3
"""How hard zlib tries, of nine: the half takes half the time, for a tenth more bytes."""
_VERSION = 20
_UNIX, _PLAIN_FILE = 3 << 8, 0o100644 << 16
_LOCAL = struct.Struct("<4s5H3L2H")
_ENTRY = struct.Struct("<4s6H3L5HL")
_OFFSET = struct.Struct("<L")
_END = struct.Struct("<4s4H2LH")
LARGEST, MOST_MEMBERS = (4 << 30) - (16 << 20), 65_000
"""What a zip file without extensions can hold, with room for its directory."""
OLD_OR_LOCKED = bytes.fromhex("d0cf11e0a1b11ae1")
"""How a file of the old format begins, and one that a password locks."""


class NotAWordFile(ValueError):
    """The bytes are no zip package that this program can read."""


class TooLarge(ValueError):
    """The package is larger than a zip file may be."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of the package as it lies in it: its header and deflated bytes, ready to be copied.

    `entry` is its line in the directory without the last number, where it lies.
    """

    name: str
    local: bytes
    entry: bytes


def _member(name: str, method: int, check_sum: int, size: int, data: bytes) -> Member:
    spelled = name.encode()
    numbers = (check_sum, len(data), size, len(spelled), 0)
    head = (_VERSION, _UTF8_NAMES, method, _TIME, _DATE, *numbers)
    local = _LOCAL.pack(b"PK\3\4", *head) + spelled + data
    return Member(name, local, _ENTRY.pack(b"PK\1\2", _VERSION, *head, 0, 0, 0, 0))


def archive_member(member: Member) -> Member:
    """The member for an archive that people unpack.

    Only under a Unix host's name does every unpacker read Chinese file names as UTF-8.
    """
    signature, made_by, *numbers, _ = _ENTRY.unpack(member.entry)
    entry = _ENTRY.pack(signature, _UNIX | made_by, *numbers, _PLAIN_FILE)
    return Member(member.name, member.local, entry)


def pack_member(name: str, content: bytes, level: int = USUAL) -> Member:
    """The member that holds `content`, deflated."""
    deflate = zlib.compressobj(level, zlib.DEFLATED, -15)
    data = deflate.compress(content) + deflate.flush()
    return _member(name, ZIP_DEFLATED, zlib.crc32(content), len(content), data)


def store_member(name: str, content: bytes) -> Member:
    """The member that holds `content` as it is: what is compressed already gains nothing."""
    return _member(name, ZIP_STORED, zlib.crc32(content), len(content), content)


def _what_it_is(raw: bytes) -> str:
    """Why a file is no Word document, as far as its first bytes tell."""
    if raw.startswith(OLD_OR_LOCKED):
        return (
            "文件设有打开密码，或者是旧格式（.doc）：请在 Word「文件－信息－保护文档」或者 "
            "WPS「文件－文档加密」取消打开密码，另存为 .docx 后再试"
        )
    return "文件不是有效的 Word 文档（.docx）"


def open_zip(raw: bytes) -> ZipFile:
    """The opened package; anything but a sound zip file is refused."""
    try:
        return ZipFile(BytesIO(raw))
    except (BadZipFile, ValueError, NotImplementedError, struct.error) as error:
        raise NotAWordFile(_what_it_is(raw)) from error


def read_members(raw: bytes) -> tuple[dict[str, bytes], dict[str, Member]]:
    """The unpacked content and the raw member of each file, in the order of the package.

    Only for packages that are trusted or passed `safety.read_safely`: what they unpack to is not
    limited here. Raises NotAWordFile.
    """
    contents: dict[str, bytes] = {}
    members: dict[str, Member] = {}
    with open_zip(raw) as archive:
        for info in archive.infolist():
            contents[info.filename] = archive.read(info)
            members[info.filename] = raw_member(raw, info)
    return contents, members


def raw_member(raw: bytes, info: ZipInfo) -> Member:
    """The member as it lies in the package, not unpacked; NotAWordFile for rare compressions."""
    if info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
        raise NotAWordFile(f"文档部件 {info.filename} 使用了不支持的压缩方式")
    # The local header's own lengths: they may differ from those in the directory.
    name_length, extra_length = struct.unpack_from("<2H", raw, info.header_offset + 26)
    start = info.header_offset + 30 + name_length + extra_length
    data = raw[start : start + info.compress_size]
    return _member(info.filename, info.compress_type, info.CRC, info.file_size, data)


def write_package(members: Iterable[Member]) -> bytes:
    """The zip file of these members: the same members always make the same bytes."""
    return b"".join(stream_package(members))


def stream_package(members: Iterable[Member]) -> Iterator[bytes]:
    """The zip file in pieces, one member held at a time; `TooLarge` beyond what zip can name."""
    directory: list[bytes] = []
    offset = count = 0
    for member in members:
        directory += (member.entry, _OFFSET.pack(offset), member.name.encode())
        offset += len(member.local)
        count += 1
        if offset > LARGEST or count > MOST_MEMBERS:
            raise TooLarge(f"压缩包超过{LARGEST >> 30}GB或者{MOST_MEMBERS}个文件，请分卷")
        yield member.local
    index = b"".join(directory)
    yield from (index, _END.pack(b"PK\5\6", 0, 0, count, count, len(index), offset, 0))


def build_package(contents: Mapping[str, bytes]) -> bytes:
    """The zip file of these contents, every member deflated."""
    return write_package(pack_member(name, content) for name, content in contents.items())
