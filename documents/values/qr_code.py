"""QR codes as pictures."""

import zlib
from struct import pack

from documents.values.code_rows import rows_of

SCALE = 4
"""The width of a module in dots: one digit of a hexadecimal number."""
QUICK, HARD = 3, 9
"""How hard zlib tries, of nine: sixty bytes more in a quarter of the time, or the fewest."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_ONE_BIT_GREY = (1, 0, 0, 0, 0)
"""Bits of a dot, kind of colour, and the usual packing, filter and order of lines."""


def qr_png(text: str, effort: int = QUICK) -> bytes:
    """A QR code of a text as PNG, error correction M, with the white edge of four modules.

    The same text makes the same bytes.
    """
    rows, wide = rows_of(text)
    dots, long = wide * SCALE, len(rows) // wide
    lines = b"".join([rows[at : at + long] * SCALE for at in range(0, len(rows), long)])
    header = pack(">IIBBBBB", dots, dots, *_ONE_BIT_GREY)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, effort)), (b"IEND", b""))
    return _SIGNATURE + b"".join([_part(name, content) for name, content in parts])


def _part(name: bytes, content: bytes) -> bytes:
    return pack(">I", len(content)) + name + content + pack(">I", zlib.crc32(name + content))
