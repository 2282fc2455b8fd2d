"""The modules of a QR code as the library makes them, in rows of a PNG."""

from typing import Any, NamedTuple

from zxingcpp import BarcodeFormat, create_barcode

MASK = 1
"""Always the same of the standard's eight patterns, each of which every reader reads: to try them
all and take the evenest costs more than to draw the code."""
_FOUR_DOTS = b"0" + b"f" * 255
"""A module's grey as the four bits of its dots: black is nothing, all else is light."""


class Rows(NamedTuple):
    """Rows of modules, each module four dots wide, each row behind its filter's byte.

    `wide`: how many modules a row has, and how many rows there are.
    """

    dots: bytes
    wide: int


def encoded_rows(text: str) -> Rows:
    """A text encoded by the library, error correction M."""
    code = create_barcode(text, BarcodeFormat.QRCode, ec_level="M", data_mask=MASK)
    # Its type does not say that it is a buffer.
    picture: Any = code.to_image(scale=1)
    view: Any = memoryview(picture)
    wide = len(view)
    modules = view.tobytes().translate(_FOUR_DOTS).decode("ascii")
    odd = "0" * (wide % 2)
    lines = ("00" + modules[at : at + wide] + odd for at in range(0, wide * wide, wide))
    return Rows(bytes.fromhex("".join(lines)), wide)
