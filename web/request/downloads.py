"""Files to take away, with a name that every browser reads."""

from urllib.parse import quote

from fastapi.responses import Response

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
PDF = "application/pdf"
FORMS = {"pdf": PDF, "docx": WORD, "ofd": "application/ofd"}
"""The MIME type of a document by the ending of its name."""
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
