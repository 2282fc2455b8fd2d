"""The pages of issued documents: counted from the PDF that LibreOffice makes of each."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from documents.output.page_count import count_all, count_pages
from documents.output.pdf import AT_ONCE, NoPdf, PdfConverter, unavailable
from documents.output.shelf import DamagedOnShelf, NotOnShelf
from domain.tables.attachment import PageCount, PagesNotCounted
from domain.tables.columns import first_signs
from domain.tables.process import Process
from domain.tables.record import IssuedDocument
from flows.site.office import Office
from flows.site.store import reading, transaction
from flows.site.stored_documents import note_pages

TO_BE_SENT = ("proposed", "approved")
"""States of a referral whose packet is still here."""
TRIED_AGAIN = timedelta(hours=23)
"""After so long a document that LibreOffice did not take is tried again in the hourly count."""
NO_PDF_OF_IT = "转换得到的 PDF 不能读取"


@dataclass(frozen=True)
class Count:
    """How many documents were counted, and how many could not be."""

    counted: int = 0
    failed: int = 0

    def __add__(self, other: "Count") -> "Count":
        return Count(self.counted + other.counted, self.failed + other.failed)


def note_pdf(office: Office, sha256: str, pdf: bytes) -> None:
    """Notes how many pages a stored document has, once its PDF was made."""
    if pages := count_pages("document.pdf", pdf):
        with transaction(office.engine) as session:
            note_pages(session, sha256, pages)


def count_issued(office: Office, now: datetime) -> Count:
    """Counts every document whose pages are not known yet; those that failed before, once more.

    Letters to reporters lie sealed and are left out. Raises NoPdf where none can be made here.
    """
    query = select(IssuedDocument.sha256, IssuedDocument.kind)
    waiting = _waiting(office, query, now)
    starts = range(0, len(waiting), AT_ONCE)
    found = (_count(office, waiting[start : start + AT_ONCE], now) for start in starts)
    return sum(found, Count())


def count_packets(office: Office, now: datetime) -> Count:
    """Counts the papers of the packets that are not with the police yet.

    So that the list of materials that a principal approves tells the pages of the report before
    it, and the report on the packet those that its list leaves to the pen. At most one run of
    LibreOffice and its suspects; nothing where there is none. What failed is left out for a day:
    it holds back no other.
    """
    if unavailable():
        return Count()
    query = (
        select(IssuedDocument.sha256, IssuedDocument.kind)
        .join(Process, col(Process.id) == col(IssuedDocument.process_id))
        .where(col(Process.kind) == "referral", col(Process.state).in_(TO_BE_SENT))
        .where(col(IssuedDocument.process_kind) == "referral")
    )
    return _count(office, _waiting(office, query, now - TRIED_AGAIN)[:AT_ONCE], now)


def packets_counted(office: Office, now: datetime) -> str:
    """The hourly count of packets in words; empty without news."""
    try:
        found = count_packets(office, now)
    except NoPdf as problem:
        return f"移送材料的页数没有计得（{problem}）"
    told = [f"{found.counted}份移送材料已计页"] if found.counted else []
    if found.failed:
        told.append(f"{found.failed}份移送材料没有计得页数，见文书登记簿的状态“没有计得页数”")
    return "；".join(told)


def is_not_counted() -> ColumnElement[bool]:
    """The condition on a document that its pages were to be counted, and could not be."""
    failed, known = col(PagesNotCounted.sha256), col(IssuedDocument.sha256)
    begins = first_signs(known).in_(select(first_signs(failed)))
    return known.in_(select(failed)) & begins


def why_not_counted(session: Session, document: IssuedDocument) -> PagesNotCounted | None:
    """Why the pages of a document are not known, and when that was tried."""
    return session.get(PagesNotCounted, document.sha256)


def _waiting(office: Office, query: Select[str, str], tried_until: datetime) -> list[str]:
    """Those of the documents that nobody counted, by their content: what failed comes last.

    `tried_until`: what failed later than this is left out.
    """
    known, failed = PageCount.sha256, PagesNotCounted.sha256
    tried_at = col(PagesNotCounted.tried_at)
    query = query.join(PageCount, col(known) == col(IssuedDocument.sha256), isouter=True)
    query = query.join(PagesNotCounted, col(failed) == col(IssuedDocument.sha256), isouter=True)
    query = query.where(col(known).is_(None), tried_at.is_(None) | (tried_at <= tried_until))
    query = query.order_by(tried_at.is_not(None), tried_at, col(IssuedDocument.id))
    kinds = office.rules.documents
    with reading(office.engine) as session:
        found = [sha for sha, kind in session.exec(query) if not kinds[kind].reporter_fact]
    return list(dict.fromkeys(found))


def _count(office: Office, waiting: list[str], now: datetime) -> Count:
    """Counts at most `AT_ONCE` documents; what lies nowhere is left out, what fails is noted."""
    words = {}
    for sha in waiting:
        try:
            words[sha] = office.shelf.get(sha)
        except (NotOnShelf, DamagedOnShelf):
            continue
    made, refused = PdfConverter().convert_each(words)
    counted = count_all(made)
    refused |= {sha: NO_PDF_OF_IT for sha in made if sha not in counted}
    with transaction(office.engine) as session:
        for sha, count in counted.items():
            note_pages(session, sha, count)
        for sha, reason in refused.items():
            session.merge(PagesNotCounted(sha256=sha, reason=reason, tried_at=now))
    return Count(len(counted), len(refused))
