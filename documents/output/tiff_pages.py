"""A picture in TIFF as a PDF, which every browser shows: its pages wrapped, none of them decoded.

Faxes and scanners write TIFF, and no browser shows it. PDF knows the same codings (CCITT, LZW,
deflate, JPEG, run lengths), so the strips are put into a PDF as they are and the browser's own
viewer reads them. The file is taken apart where its harm ends (`domain.files.confined`).
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from domain.files.confined import Budget, Unreadable, confined

MOST_PAGES, MOST_PARTS, LARGEST_SIDE = 200, 20_000, 60_000
WITHIN = Budget(memory=1 << 30, seconds=20)
CANNOT = "无法显示这份 TIFF 图片（已损坏，或者编码方式浏览器不能显示），请下载后查看"
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
_LETTERS = {1: "B", 3: "H", 4: "I", 7: "B"}
_WIDTH, _LENGTH, _BITS, _CODING, _INK, _FILL = 256, 257, 258, 259, 262, 266
_OFFSETS, _SAMPLES, _ROWS, _COUNTS, _PLANES, _ACROSS = 273, 277, 278, 279, 284, 282
_FAX, _UNIT, _PREDICTOR, _COLOURS = 292, 296, 317, 320
_TILE_WIDTH, _TILE_LENGTH, _TILES, _TILE_COUNTS, _EXTRA, _TABLES = 322, 323, 324, 325, 338, 347
_DEFAULTS = {_BITS: 1, _CODING: 1, _FILL: 1, _SAMPLES: 1, _PLANES: 1, _FAX: 0, _PREDICTOR: 1}
_JPEG, _MIRRORED = 7, bytes(int(f"{one:08b}"[::-1], 2) for one in range(256))
_SPACES = {0: "/DeviceGray", 1: "/DeviceGray", 2: "/DeviceRGB", 5: "/DeviceCMYK"}
_FILTERS = {5: "LZWDecode", 8: "FlateDecode", 32946: "FlateDecode", 32773: "RunLengthDecode"}


@dataclass(frozen=True)
class Part:
    """A strip or tile: where it lies on its page in pixels from above, its size, its bytes."""

    left: int
    top: int
    width: int
    height: int
    content: bytes


def tiff_as_pdf(content: bytes) -> bytes:
    """The pages of a TIFF file as a PDF; Unreadable, in Chinese, where they cannot be shown."""
    (made,) = confined(f"{__name__}:wrapped", content, WITHIN)
    if not isinstance(made, bytes):
        raise Unreadable(CANNOT)
    return made


def tiff_pages(content: bytes) -> int | None:
    """How many pages the file has; None where it cannot be read."""
    try:
        (found,) = confined(f"{__name__}:counted", content, WITHIN)
    except Unreadable:
        return None
    return found if isinstance(found, int) and found else None


def wrapped(content: bytes) -> Iterator[object]:
    """The PDF as the only piece of a confined reading."""
    try:
        yield _pdf(list(_Tiff(content).pages()))
    except (struct.error, KeyError, IndexError, ValueError, ZeroDivisionError) as fault:
        raise Unreadable(CANNOT) from fault


def counted(content: bytes) -> Iterator[object]:
    """The number of pages as the only piece of a confined reading."""
    try:
        yield sum(1 for _ in _Tiff(content).pages())
    except (struct.error, KeyError, IndexError, ValueError) as fault:
        raise Unreadable(CANNOT) from fault


class _Tiff:
    """The directories of a file, one a page."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.order = "<" if content[:2] == b"II" else ">"

    def pages(self) -> Iterator["_Page"]:
        """Each page in turn; a file that leads back to a page it had ends there."""
        (place,) = self.unpacked("I", 4, 1)
        seen: set[int] = set()
        while place and place not in seen and len(seen) < MOST_PAGES:
            seen.add(place)
            (count,) = self.unpacked("H", place, 1)
            tags = {}
            for number in range(count):
                tag, values = self._entry(place + 2 + 12 * number)
                tags[tag] = values
            yield _Page(self, tags)
            (place,) = self.unpacked("I", place + 2 + 12 * count, 1)

    def unpacked(self, letter: str, place: int, count: int) -> tuple[int, ...]:
        """So many numbers from that place."""
        return struct.unpack_from(f"{self.order}{count}{letter}", self.content, place)

    def _entry(self, place: int) -> tuple[int, tuple[int, ...]]:
        tag, kind = self.unpacked("H", place, 2)
        (count,) = self.unpacked("I", place + 4, 1)
        size = _SIZES.get(kind, 0) * count
        if size > len(self.content):
            raise ValueError(tag)
        start = place + 8 if size <= 4 else self.unpacked("I", place + 8, 1)[0]
        if kind == 5:
            above, below = self.unpacked("I", start, 2)
            return tag, (above // below if below else 0,)
        return tag, self.unpacked(_LETTERS[kind], start, count) if kind in _LETTERS else ()


class _Page:
    """One page: its size, how it is coded, and its parts."""

    def __init__(self, file: _Tiff, tags: dict[int, tuple[int, ...]]) -> None:
        self.file, self.tags = file, tags
        self.width, self.height = self.one(_WIDTH), self.one(_LENGTH)
        self.coding = self.one(_CODING)
        if not 0 < self.width <= LARGEST_SIDE or not 0 < self.height <= LARGEST_SIDE:
            raise ValueError(self.width)
        if self.one(_PLANES) != 1 or tags.get(_EXTRA) or self.one(_BITS) > 8:
            # Colours one after the other, something beside the colours, halves of numbers the other
            # way round: PDF has no such strips.
            raise ValueError(_PLANES)

    def one(self, tag: int) -> int:
        """A number of the directory, or what the format says where it is left out."""
        found = self.tags.get(tag)
        return found[0] if found else _DEFAULTS[tag]

    @property
    def scale(self) -> float:
        """Points a pixel: as scanned where that is told, never wider than a sheet of A3."""
        dots = self.one(_ACROSS) if self.tags.get(_ACROSS) else 0
        inch = 2.54 if self.tags.get(_UNIT) == (3,) else 1
        told = 72 / (dots * inch) if dots else 1.0
        return min(told, 842 / self.width)

    def parts(self) -> Iterator[Part]:
        """Its strips or tiles, from the left above to the right below."""
        tiled = _TILES in self.tags
        wide = self.one(_TILE_WIDTH) if tiled else self.width
        high = (
            self.one(_TILE_LENGTH)
            if tiled
            else min(self.tags.get(_ROWS, (1 << 31,))[0], self.height)
        )
        places = self.tags[_TILES if tiled else _OFFSETS]
        sizes = self.tags[_TILE_COUNTS if tiled else _COUNTS]
        across = -(-self.width // wide)
        if len(places) > MOST_PARTS or len(places) != across * -(-self.height // high):
            raise ValueError(len(places))
        for number, (place, size) in enumerate(zip(places, sizes, strict=True)):
            top = number // across * high
            height = high if tiled else min(high, self.height - top)
            content = self.file.content[place : place + size]
            yield Part(number % across * wide, top, wide, height, self._coded(content))

    def _coded(self, content: bytes) -> bytes:
        if self.coding == _JPEG and (tables := bytes(self.tags.get(_TABLES, ()))):
            # The tables stand once for all strips: each gets them after its own beginning.
            return content[:2] + tables[2:-2] + content[2:]
        if self.one(_FILL) == 2 and self.coding != _JPEG:
            content = content.translate(_MIRRORED)
        # PackBits has no end of its own; the run lengths of PDF have one.
        return content + b"\x80" if self.coding == 32773 else content

    def drawn(self, part: Part) -> str:
        """How a part is drawn: the entries of its picture in the PDF."""
        ink, samples, bits = self.one(_INK), self.one(_SAMPLES), self.one(_BITS)
        entries = [f"/Width {part.width} /Height {part.height} /BitsPerComponent {bits}"]
        if self.coding in {2, 3, 4}:
            black = "true" if ink == 1 else "false"
            kind = -1 if self.coding == 4 else self.one(_FAX) & 1
            aligned = "true" if self.coding == 2 or self.one(_FAX) & 4 else "false"
            parameters = (
                f"/K {kind} /Columns {part.width} /Rows {part.height} /BlackIs1 {black}"
                f" /EncodedByteAlign {aligned} /EndOfBlock false"
            )
            entries.append(f"/Filter /CCITTFaxDecode /DecodeParms << {parameters} >>")
            return " ".join([*entries, "/ColorSpace /DeviceGray"])
        if self.coding == _JPEG:
            space = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}[samples]
            entries.append(f"/Filter /DCTDecode /ColorSpace {space}")
            # Without this three colours are taken for brightness and two differences.
            return " ".join(
                [*entries, *(["/DecodeParms << /ColorTransform 0 >>"] if ink == 2 else [])]
            )
        entries.append(f"/ColorSpace {self._palette() if ink == 3 else _SPACES[ink]}")
        if ink == 0:
            entries.append("/Decode [1 0]")
        if self.coding != 1:
            entries.append(f"/Filter /{_FILTERS[self.coding]}")
        if self.one(_PREDICTOR) == 2:
            entries.append(
                f"/DecodeParms << /Predictor 2 /Colors {samples} /BitsPerComponent {bits}"
                f" /Columns {part.width} >>"
            )
        return " ".join(entries)

    def _palette(self) -> str:
        colours = self.tags[_COLOURS]
        count = len(colours) // 3
        rows = zip(colours[:count], colours[count : 2 * count], colours[2 * count :], strict=True)
        told = "".join(f"{one >> 8:02x}" for row in rows for one in row)
        return f"[/Indexed /DeviceRGB {count - 1} <{told}>]"


def _pdf(pages: list[_Page]) -> bytes:
    """A file of these pages: a catalogue, and for each page its parts and how they lie."""
    if not pages:
        raise ValueError(len(pages))
    things: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b""]
    kids: list[int] = []
    for page in pages:
        names, drawing, scale = [], [], page.scale
        for part in page.parts():
            things.append(
                _stream(f"/Type /XObject /Subtype /Image {page.drawn(part)}", part.content)
            )
            names.append(f"/P{len(things)} {len(things)} 0 R")
            lies = (page.height - part.top - part.height) * scale
            drawing.append(
                f"q {part.width * scale:.3f} 0 0 {part.height * scale:.3f}"
                f" {part.left * scale:.3f} {lies:.3f} cm /P{len(things)} Do Q"
            )
        things.append(_stream("", "\n".join(drawing).encode()))
        box = f"[0 0 {page.width * scale:.3f} {page.height * scale:.3f}]"
        things.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox {box} /Contents {len(things)} 0 R"
            f" /Resources << /XObject << {' '.join(names)} >> >> >>".encode()
        )
        kids.append(len(things))
    listed = " ".join(f"{one} 0 R" for one in kids)
    things[1] = f"<< /Type /Pages /Kids [{listed}] /Count {len(kids)} >>".encode()
    return _file(things)


def _stream(entries: str, content: bytes) -> bytes:
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (entries.encode(), len(content), content)


def _file(things: list[bytes]) -> bytes:
    made, places = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"), []
    for number, thing in enumerate(things, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%b\nendobj\n" % (number, thing)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(things) + 1)
    made += b"".join(b"%010d 00000 n \n" % one for one in places)
    made += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(things) + 1,
        start,
    )
    return bytes(made)
