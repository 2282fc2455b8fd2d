"""How many pages a file has, read from the file: of a PDF or a TIFF its pages, of a picture one."""

import io
from collections.abc import Iterator, Mapping
from pathlib import PurePath

from documents.output.tiff_pages import tiff_pages
from domain.files.confined import Budget, Unreadable, confined

WITHIN = Budget(memory=1 << 30, seconds=10)
PICTURES, SCANS = frozenset({".jpg", ".jpeg", ".png"}), frozenset({".tif", ".tiff"})


def count_pages(name: str, content: bytes) -> int | None:
    """The pages of a file by its name and bytes; None where only a person can tell.

    A PDF or a TIFF is read in a process of its own; one that cannot be read there has no count.
    """
    suffix = PurePath(name).suffix.lower()
    if suffix in PICTURES:
        return 1
    if suffix in SCANS:
        return tiff_pages(content)
    if suffix != ".pdf":
        return None
    try:
        (pages,) = confined(f"{__name__}:pdf_pages", content, WITHIN)
    except Unreadable:
        return None
    return pages if isinstance(pages, int) and pages > 0 else None


def count_all(pdfs: Mapping[str, bytes]) -> dict[str, int]:
    """The pages of many PDF files by name, read in one process; what it cannot read is left out.

    A process for each would take longer than the counting.
    """
    try:
        counted = list(confined(f"{__name__}:pages_of_each", list(pdfs.values()), WITHIN))
    except Unreadable:
        alone = {name: count_pages("document.pdf", pdf) for name, pdf in pdfs.items()}
        return {name: pages for name, pages in alone.items() if pages}
    told = zip(pdfs, counted, strict=True)
    return {name: pages for name, pages in told if isinstance(pages, int) and pages > 0}


def pages_of_each(pdfs: list[bytes]) -> Iterator[object]:
    """The pages of each file in turn; None for one that is no readable PDF."""
    for content in pdfs:
        try:
            (pages,) = pdf_pages(content)
        except Unreadable:
            pages = None
        yield pages


def against_count(told: int, counted: int | None, entered: int | None = None) -> list[str]:
    """Why a file is not taken with the pages that a person tells; 0 for not told.

    `counted`: what is known of the file itself. `entered`: what the register says of the paper of
    which it is the scan; telling the right figure with the file settles which of the two holds.
    """
    if counted and told and told != counted:
        return [
            f"页数填写为{told}页，文件实为{counted}页：文件不全的请补全后上传，填错的请改为{counted}页或者不填"
        ]
    has = counted or told
    if entered and has and not told and entered != has:
        return [
            f"收文登记写明{entered}页，扫描件为{has}页：扫描不全的请补全后上传；"
            f"登记有误的，请在「页数」填写{has}，以扫描件为准"
        ]
    return []


def pdf_pages(content: bytes) -> Iterator[object]:
    """The number of pages as the only piece of a confined reading."""
    from pypdf import PdfReader  # noqa: PLC0415 - only the reading process needs it
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        yield len(PdfReader(io.BytesIO(content)).pages)
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as fault:
        raise Unreadable("无法读取 PDF 的页数") from fault
