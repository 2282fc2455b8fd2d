"""QR codes as pictures."""

import zlib
from struct import pack
from typing import Any

from zxingcpp import BarcodeFormat, create_barcode

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_BITS = b"0" + b"1" * 255
"""A module's grey as a digit: black is nothing, all else is light."""
_ONE_BIT_GREY = (1, 0, 0, 0, 0)
"""Bits of a dot, kind of colour, and the usual packing, filter and order of lines."""


def qr_png(text: str, scale: int = 4) -> bytes:
    """A QR code of a text as PNG, error correction M, with the white edge of four modules.

    `scale` is the width of a module in dots. The same text makes the same bytes.
    """
    code = create_barcode(text, BarcodeFormat.QRCode, ec_level="M")
    # Its type does not say that it is a buffer.
    picture: Any = code.to_image(scale=1)
    view: Any = memoryview(picture)
    modules, wide = view.tobytes().translate(_BITS), len(view)
    dots = wide * scale
    rows = (modules[at : at + wide] for at in range(0, len(modules), wide))
    lines = b"".join(_line(row, scale) for row in rows)
    header = pack(">IIBBBBB", dots, dots, *_ONE_BIT_GREY)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_part(name, content) for name, content in parts)


def _line(modules: bytes, scale: int) -> bytes:
    """The lines of dots that a row of modules becomes, each behind its filter's byte."""
    bits = modules.replace(b"0", b"0" * scale).replace(b"1", b"1" * scale)
    octets = -(-len(bits) // 8)
    return (b"\0" + int(bits.ljust(octets * 8, b"0"), 2).to_bytes(octets, "big")) * scale


def _part(name: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + name + content + pack(">I", zlib.crc32(name + content))
