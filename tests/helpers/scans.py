"""Scans as an office uploads them: a PDF of so many empty pages."""

from io import BytesIO

from pypdf import PdfWriter


def pdf_of(pages: int) -> bytes:
    """A PDF of that many pages."""
    writer, written = PdfWriter(), BytesIO()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    writer.write(written)
    return written.getvalue()
