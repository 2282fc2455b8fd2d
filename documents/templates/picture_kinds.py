"""Pictures that Word and WPS keep in a file: TIFF, EMF, WMF and BMP, taken if they are such.

Metafiles are lists of drawing orders; one that speaks to the printer itself is refused, for that is
how metafiles have been made to run programs.
"""

import re
import struct
from collections.abc import Iterator

_STARTS = {
    "tif": (b"II*\x00", b"MM\x00*"),
    "tiff": (b"II*\x00", b"MM\x00*"),
    "bmp": (b"BM",),
    "emf": (b"\x01\x00\x00\x00",),
    "wmf": (b"\xd7\xcd\xc6\x9a", b"\x01\x00\x09\x00", b"\x02\x00\x09\x00"),
}
_NAME = re.compile(r"(?i)word/media/[^/]+\.(tiff?|bmp|emf|wmf)")
_EMF_SIGNATURE, _EMF_AT = b" EMF", 40
_EMF_ESCAPES = frozenset({105, 106, 110})
_PLACEABLE, _HEADER = 22, 18
_WMF_ESCAPE = 0x0626
_SHORTEST = 6


def picture_fault(name: str, content: bytes) -> str:
    """Why a part that is such a picture by its name may not stay; empty where it may."""
    named = _NAME.fullmatch(name)
    if named is None:
        return ""
    kind = named[1].lower()
    is_one = content.startswith(_STARTS[kind])
    if kind == "emf":
        is_one = is_one and content[_EMF_AT : _EMF_AT + len(_EMF_SIGNATURE)] == _EMF_SIGNATURE
    if not is_one:
        return "图片内容与后缀名不符，请另存为 png 或者 jpg 再插入"
    escapes = {"emf": _speaks_in_emf, "wmf": _speaks_in_wmf}.get(kind)
    if escapes is not None and escapes(content):
        return "图片含有直接发给打印机的指令，请另存为 png 或者 jpg 再插入"
    return ""


def _speaks_in_emf(content: bytes) -> bool:
    return any(kind in _EMF_ESCAPES for kind in _emf_records(content))


def _emf_records(content: bytes) -> Iterator[int]:
    place = 0
    while place + 8 <= len(content):
        kind, size = struct.unpack_from("<II", content, place)
        yield kind
        if size < 8:
            return
        place += size


def _speaks_in_wmf(content: bytes) -> bool:
    return any(function == _WMF_ESCAPE for function in _wmf_records(content))


def _wmf_records(content: bytes) -> Iterator[int]:
    place = _HEADER + (_PLACEABLE if content.startswith(_STARTS["wmf"][0]) else 0)
    while place + _SHORTEST <= len(content):
        words, function = struct.unpack_from("<IH", content, place)
        yield function
        if words < _SHORTEST // 2:
            return
        place += 2 * words
