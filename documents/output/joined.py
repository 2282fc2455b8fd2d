"""Several PDF files as one, to be printed on both sides: each begins on the front of a sheet."""

import io
from collections.abc import Iterator, Sequence

from domain.files.confined import Budget, Unreadable, confined

WITHIN = Budget(memory=1 << 30, seconds=30)


def joined(files: Sequence[bytes]) -> bytes:
    """One PDF of all of them in their order; Unreadable where one of them is none."""
    (made,) = confined(f"{__name__}:pages_of_all", list(files), WITHIN)
    return made if isinstance(made, bytes) else b""


def pages_of_all(files: Sequence[bytes]) -> Iterator[object]:
    """The PDF as the only piece of a confined reading; an odd last page gets an empty back."""
    from pypdf import PdfReader, PdfWriter  # noqa: PLC0415 - only the reading process needs it
    from pypdf.errors import PyPdfError  # noqa: PLC0415

    whole = PdfWriter()
    try:
        for place, content in enumerate(files, start=1):
            whole.append(PdfReader(io.BytesIO(content)))
            if len(whole.pages) % 2 and place < len(files):
                whole.add_blank_page()
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as fault:
        raise Unreadable("盖章文件不是可以合并的 PDF，请单独打印") from fault
    made = io.BytesIO()
    whole.write(made)
    yield made.getvalue()
