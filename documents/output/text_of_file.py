"""What a file from outside says, as plain text: a PDF, a Word file, the first sheet of a workbook.

Each is read where its harm ends with the reading (`domain.files.confined`); nothing of it runs.
"""

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import PurePath

from documents.output.as_html import lines_of
from documents.templates.package import NotAWordFile
from domain.files.confined import Budget, Unreadable, confined
from domain.files.rows import SpreadsheetError
from domain.files.spreadsheet import workbook_rows

LONGEST = 20_000
"""So many characters are told."""
MOST_PAGES = 50
WITHIN = Budget(memory=1 << 30, seconds=20)


def text_of(name: str, content: bytes) -> str:
    """What the file says, as far as `LONGEST`; empty where it has no text or is of another kind.

    Raises Unreadable, in Chinese, for one that cannot be read.
    """
    suffix = PurePath(name).suffix.lower()
    return _joined(READERS[suffix](content)) if suffix in READERS else ""


def _joined(lines: Iterable[str]) -> str:
    told: list[str] = []
    length = 0
    for line in lines:
        told.append(line.rstrip())
        length += len(told[-1]) + 1
        if length > LONGEST:
            break
    return "\n".join(told).strip()[:LONGEST]


def _pdf(content: bytes) -> Iterator[str]:
    for page in confined(f"{__name__}:pdf_texts", content, WITHIN):
        yield from str(page).splitlines()


def pdf_texts(content: bytes) -> Iterator[object]:
    """The text of each page in turn; runs within `domain.files.confined`."""
    from pypdf import PdfReader  # noqa: PLC0415 - only the reading process needs it
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    try:
        for page in PdfReader(io.BytesIO(content)).pages[:MOST_PAGES]:
            yield page.extract_text()[:LONGEST]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise Unreadable("无法读出 PDF 的文字，请下载后查看") from fault


def _word(content: bytes) -> Iterator[str]:
    try:
        yield from lines_of(content)
    except (NotAWordFile, KeyError) as fault:
        raise Unreadable("无法读出 Word 文件的文字，请下载后查看") from fault


def _workbook(content: bytes) -> Iterator[str]:
    try:
        for row in workbook_rows(content):
            yield "　".join(_cell(one) for one in row if one not in (None, ""))
    except SpreadsheetError as fault:
        raise Unreadable("无法读出表格的内容，请下载后查看") from fault


def _cell(value: object) -> str:
    """A cell as people read it: a whole number without its point."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


READERS: Mapping[str, Callable[[bytes], Iterator[str]]] = {
    ".pdf": _pdf,
    ".docx": _word,
    ".xlsx": _workbook,
}
"""By ending: what reads it line by line."""
