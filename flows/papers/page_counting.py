"""The pages of issued documents: counted from the PDF that LibreOffice makes of each."""

from sqlmodel import col, select

from documents.output.page_count import count_all, count_pages
from documents.output.pdf import AT_ONCE, PdfConverter
from documents.output.shelf import DamagedOnShelf, NotOnShelf
from domain.tables.attachment import PageCount
from domain.tables.record import IssuedDocument
from flows.site.office import Office
from flows.site.store import reading, transaction
from flows.site.stored_documents import note_pages


def note_pdf(office: Office, sha256: str, pdf: bytes) -> None:
    """Notes how many pages a stored document has, once its PDF was made."""
    if pages := count_pages("document.pdf", pdf):
        with transaction(office.engine) as session:
            note_pages(session, sha256, pages)


def count_issued(office: Office) -> int:
    """Counts every document whose pages are not known yet; how many were counted.

    Letters to reporters lie sealed and are left out. Raises NoPdf where none can be made here.
    """
    known = PageCount.sha256
    with reading(office.engine) as session:
        query = (
            select(IssuedDocument.sha256, IssuedDocument.kind)
            .join(PageCount, col(known) == col(IssuedDocument.sha256), isouter=True)
            .where(col(known).is_(None))
            .order_by(col(IssuedDocument.id))
        )
        kinds = office.rules.documents
        waiting = [sha for sha, kind in session.exec(query) if not kinds[kind].reporter_fact]
    done = 0
    for start in range(0, len(waiting), AT_ONCE):
        words = {}
        for sha in waiting[start : start + AT_ONCE]:
            try:
                words[sha] = office.shelf.get(sha)
            except (NotOnShelf, DamagedOnShelf):
                continue
        made = PdfConverter().convert_all(words)
        counted = count_all(made)
        with transaction(office.engine) as session:
            for sha, count in counted.items():
                note_pages(session, sha, count)
        done += len(counted)
    return done
