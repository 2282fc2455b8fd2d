"""The pages of issued documents: counted from the PDF that LibreOffice makes of each."""

from sqlmodel import col, select
from sqlmodel.sql.expression import Select

from documents.output.page_count import count_all, count_pages
from documents.output.pdf import AT_ONCE, NoPdf, PdfConverter, unavailable
from documents.output.shelf import DamagedOnShelf, NotOnShelf
from domain.tables.attachment import PageCount
from domain.tables.process import Process
from domain.tables.record import IssuedDocument
from flows.site.office import Office
from flows.site.store import reading, transaction
from flows.site.stored_documents import note_pages

TO_BE_SENT = ("proposed", "approved")
"""States of a referral whose packet is still here."""


def note_pdf(office: Office, sha256: str, pdf: bytes) -> None:
    """Notes how many pages a stored document has, once its PDF was made."""
    if pages := count_pages("document.pdf", pdf):
        with transaction(office.engine) as session:
            note_pages(session, sha256, pages)


def count_issued(office: Office) -> int:
    """Counts every document whose pages are not known yet; how many were counted.

    Letters to reporters lie sealed and are left out. Raises NoPdf where none can be made here.
    """
    waiting = _waiting(office, select(IssuedDocument.sha256, IssuedDocument.kind))
    starts = range(0, len(waiting), AT_ONCE)
    return sum(_count(office, waiting[start : start + AT_ONCE]) for start in starts)


def count_packets(office: Office) -> int:
    """Counts the papers of the packets that are not with the police yet; how many were counted.

    So that the list of materials that a principal approves tells the pages of the report before
    it, and the report on the packet those that its list leaves to the pen. At most one run of
    LibreOffice; nothing where there is none.
    """
    if unavailable():
        return 0
    query = (
        select(IssuedDocument.sha256, IssuedDocument.kind)
        .join(Process, col(Process.id) == col(IssuedDocument.process_id))
        .where(col(Process.kind) == "referral", col(Process.state).in_(TO_BE_SENT))
        .where(col(IssuedDocument.process_kind) == "referral")
    )
    return _count(office, _waiting(office, query)[:AT_ONCE])


def packets_counted(office: Office) -> str:
    """The hourly count of packets in words; empty without news.

    A paper that LibreOffice does not take leaves the others, and the pen, as they were.
    """
    try:
        counted = count_packets(office)
    except NoPdf as problem:
        return f"移送材料的页数没有计得（{problem}）"
    return f"{counted}份移送材料已计页" if counted else ""


def _waiting(office: Office, query: Select[str, str]) -> list[str]:
    """Those of the documents that nobody counted, oldest first, by their content."""
    known = PageCount.sha256
    query = query.join(PageCount, col(known) == col(IssuedDocument.sha256), isouter=True)
    query = query.where(col(known).is_(None)).order_by(col(IssuedDocument.id))
    kinds = office.rules.documents
    with reading(office.engine) as session:
        found = [sha for sha, kind in session.exec(query) if not kinds[kind].reporter_fact]
    return list(dict.fromkeys(found))


def _count(office: Office, waiting: list[str]) -> int:
    """Counts these documents in one run of LibreOffice; what lies nowhere is left out."""
    words = {}
    for sha in waiting:
        try:
            words[sha] = office.shelf.get(sha)
        except (NotOnShelf, DamagedOnShelf):
            continue
    counted = count_all(PdfConverter().convert_all(words))
    with transaction(office.engine) as session:
        for sha, count in counted.items():
            note_pages(session, sha, count)
    return len(counted)
