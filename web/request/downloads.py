"""Files to take away, with a name that every browser reads."""

import re
from urllib.parse import quote

from fastapi.responses import Response

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
PDF = "application/pdf"
FORMS = {"pdf": PDF, "docx": WORD, "ofd": "application/ofd"}
"""The MIME type of a document by the ending of its name."""
_RANGE = re.compile(r"bytes=(\d{0,15})-(\d{0,15})")
_UNFIT = str.maketrans(dict.fromkeys('\\/:*?"<>|\r\n\t', "_"))


def attachment(content: bytes, name: str, kind: str) -> Response:
    """Bytes as a file to be saved under that name and not shown; `kind` is its MIME type."""
    return Response(content, media_type=kind, headers=disposition(name))


def shown(content: bytes, name: str, kind: str) -> Response:
    """Bytes that the browser shows, and saves under that name when it is told to."""
    return Response(content, media_type=kind, headers=disposition(name, "inline"))


def disposition(name: str, manner: str = "attachment") -> dict[str, str]:
    """The header that gives a file its name, which may be Chinese."""
    # RFC 5987: a header holds ASCII only.
    safe = quote(name.translate(_UNFIT))
    return {"Content-Disposition": f"{manner}; filename*=UTF-8''{safe}"}


def played(content: bytes, kind: str, wanted: str) -> Response:
    """Sound or film as a browser's player asks for it: whole, or the one range it wants.

    `wanted`: the header `Range`; one that cannot be read or met answers with the whole (RFC 9110,
    14.2), so that nobody is left without the file.
    """
    headers = {"Accept-Ranges": "bytes", "Content-Disposition": "inline"}
    span = _span(wanted, len(content))
    if span is None:
        return Response(content, media_type=kind, headers=headers)
    first, last = span
    headers["Content-Range"] = f"bytes {first}-{last}/{len(content)}"
    return Response(content[first : last + 1], 206, headers, kind)


def _span(wanted: str, size: int) -> tuple[int, int] | None:
    """The first and last byte of a range; None where none is asked for that there is."""
    told = _RANGE.fullmatch(wanted.replace(" ", ""))
    if told is None or not size or not any(told.groups()):
        return None
    first, last = told.groups()
    if not first:
        return max(0, size - int(last)), size - 1
    found = int(first), min(int(last) if last else size - 1, size - 1)
    return found if found[0] <= found[1] else None
