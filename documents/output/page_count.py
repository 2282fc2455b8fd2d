"""How many pages a file has, read from the file: of a PDF its pages, of a picture one."""

import io
from collections.abc import Iterator
from pathlib import PurePath

from domain.files.confined import Budget, Unreadable, confined

WITHIN = Budget(memory=1 << 30, seconds=10)
PICTURES = frozenset({".jpg", ".jpeg", ".png"})


def count_pages(name: str, content: bytes) -> int | None:
    """The pages of a file by its name and bytes; None where only a person can tell.

    A PDF is read in a process of its own; one that cannot be read there has no count.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in PICTURES:
        return 1
    if suffix != ".pdf":
        return None
    try:
        (pages,) = confined(f"{__name__}:pdf_pages", content, WITHIN)
    except Unreadable:
        return None
    return pages if isinstance(pages, int) and pages > 0 else None


def pdf_pages(content: bytes) -> Iterator[object]:
    """The number of pages as the only piece of a confined reading."""
    from pypdf import PdfReader  # noqa: PLC0415 - only the reading process needs it
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        yield len(PdfReader(io.BytesIO(content)).pages)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as fault:
        raise Unreadable("无法读取 PDF 的页数") from fault
