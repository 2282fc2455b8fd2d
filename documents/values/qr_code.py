"""QR codes as pictures."""

import zlib
from struct import pack
from typing import Any

from zxingcpp import BarcodeFormat, create_barcode

SCALE = 4
"""The width of a module in dots: one digit of a hexadecimal number."""
QUICK, HARD = 3, 9
"""How hard zlib tries, of nine: sixty bytes more in a quarter of the time, or the fewest."""
MASK = 1
"""Always the same of the standard's eight patterns, each of which every reader reads: to try them
all and take the evenest costs more than to draw the code."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_FOUR_DOTS = b"0" + b"f" * 255
"""A module's grey as the four bits of its dots: black is nothing, all else is light."""
_ONE_BIT_GREY = (1, 0, 0, 0, 0)
"""Bits of a dot, kind of colour, and the usual packing, filter and order of lines."""


def qr_png(text: str, effort: int = QUICK) -> bytes:
    """A QR code of a text as PNG, error correction M, with the white edge of four modules.

    The same text makes the same bytes.
    """
    code = create_barcode(text, BarcodeFormat.QRCode, ec_level="M", data_mask=MASK)
    # Its type does not say that it is a buffer.
    picture: Any = code.to_image(scale=1)
    view: Any = memoryview(picture)
    wide, dots = len(view), len(view) * SCALE
    modules = view.tobytes().translate(_FOUR_DOTS).decode("ascii")
    odd = "0" * (wide % 2)
    # Each line of dots stands behind its filter's byte.
    rows = bytes.fromhex(
        "".join("00" + modules[at : at + wide] + odd for at in range(0, wide * wide, wide))
    )
    long = len(rows) // wide
    lines = b"".join(rows[at : at + long] * SCALE for at in range(0, len(rows), long))
    header = pack(">IIBBBBB", dots, dots, *_ONE_BIT_GREY)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, effort)), (b"IEND", b""))
    return _SIGNATURE + b"".join(_part(name, content) for name, content in parts)


def _part(name: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + name + content + pack(">I", zlib.crc32(name + content))
