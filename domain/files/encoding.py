"""The encoding of a text file: its byte-order mark, else UTF-8 if it fits, else GB18030.

Never the other way round: most UTF-8 text also decodes as GB18030, into rubbish, while hardly any
GB18030 text is valid UTF-8. GB18030 covers GBK and GB2312, which old exports are written in.
"""

import codecs
from pathlib import Path

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CHUNK = 1 << 20


def encoding_of(path: Path) -> tuple[str | None, int]:
    """The encoding in which the whole file decodes (None when there is none), and its lines."""
    # The whole file: a stray byte may stand in the last row, long after the rows that are read now.
    with path.open("rb") as stream:
        start = stream.read(4)
    marked = [name for mark, name in MARKS if start.startswith(mark)]
    for name in marked or ["utf-8", "gb18030"]:
        lines = _decoded_lines(path, name)
        if lines is not None:
            return name, lines
    return None, 0


def _decoded_lines(path: Path, encoding: str) -> int | None:
    """The number of lines, or None when some byte does not decode."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    lines, last = 0, "\n"
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                text = decoder.decode(chunk)
                lines, last = lines + text.count("\n"), text[-1:] or last
        decoder.decode(b"", final=True)
    except UnicodeError:
        return None
    return lines + (last != "\n")
