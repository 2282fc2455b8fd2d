"""Several documents as one file to print on both sides: PDF, or Word without LibreOffice."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col

from documents.output.joined import joined
from documents.output.merged import merged, why_apart
from documents.output.pdf import NoPdf, PdfConverter
from documents.output.shelf import DamagedOnShelf, NotOnShelf
from domain.files.confined import Unreadable
from domain.tables.record import IssuedDocument
from flows.afterwards.case_file import paper_title
from flows.afterwards.sealed_files import SealedFile, seals_of
from flows.door.reporter_reveal import paper_bytes
from flows.papers.document_list import found_by, newest_first, wanted_query
from flows.papers.wanted_documents import WantedDocuments
from flows.people.viewer import Viewer

PDF, WORD = "pdf", "docx"
MOST_PRINTED = 40
"""As many documents as one file to print holds."""


class NotPrinted(ValueError):
    """Why there is no file to print: every document that stands in the way, and what to do."""


@dataclass(frozen=True)
class Printed:
    """The file, and how many documents it holds."""

    content: bytes
    count: int


@dataclass(frozen=True)
class _Sheet:
    """A file of the stack as it is printed: the sealed one where there is one; pdf, ofd, docx."""

    content: bytes
    form: str
    title: str


def print_chosen(session: Session, viewer: Viewer, ids: Sequence[int], *, as_pdf: bool) -> Printed:
    """The documents of those ids in the order of their issue, each from the front of a sheet on.

    Raises NotPrinted for more than `MOST_PRINTED`, for any that the person may not read, that is
    damaged or cannot be joined with others, and where no PDF can be made. What bears an e-seal is
    printed sealed, or not at all.
    """
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        raise NotPrinted("请先勾选要合并打印的文书")
    if len(wanted) > MOST_PRINTED:
        raise NotPrinted(f"一次最多合并打印{MOST_PRINTED}份，勾选了{len(wanted)}份，请分几次打印")
    query = wanted_query(viewer, WantedDocuments()).where(col(IssuedDocument.id).in_(wanted))
    found = [one for one, _ in reversed(found_by(session, newest_first(query)))]
    if len(found) < len(wanted):
        missing = len(wanted) - len(found)
        raise NotPrinted(f"勾选的文书中有{missing}份没有找到，或者您无权查看，请刷新后重新勾选")
    sheets = _sheets(session, viewer, found, as_pdf=as_pdf)
    try:
        whole = _one_pdf(sheets) if as_pdf else merged([one.content for one in sheets])
    except NoPdf as problem:
        raise NotPrinted(f"{problem}；也可以用“合并打印所选（Word）”") from problem
    except Unreadable as problem:
        raise NotPrinted(str(problem)) from problem
    return Printed(whole, len(sheets))


def _one_pdf(sheets: Sequence[_Sheet]) -> bytes:
    """Each Word file becomes a PDF of its own, as it is printed alone; then all are joined."""
    names = [f"第{at}份：{one.title}" for at, one in enumerate(sheets, 1)]
    named = list(zip(names, sheets, strict=True))
    words = {name: one.content for name, one in named if one.form == WORD}
    made = PdfConverter().convert_all(words) if words else {}
    parts = [made.get(name, one.content) for name, one in named]
    return parts[0] if len(parts) == 1 else joined(parts)


def _sheets(
    session: Session, viewer: Viewer, documents: Sequence[IssuedDocument], *, as_pdf: bool
) -> list[_Sheet]:
    seals = seals_of(session, documents)
    sheets: list[_Sheet] = []
    reasons: list[str] = []
    for document in documents:
        try:
            sheet = _sheet(viewer, document, seals.get(document.id or 0))
            reason = _why_not(sheet, as_pdf=as_pdf)
        except (NotOnShelf, DamagedOnShelf) as problem:
            reason = str(problem)
        else:
            sheets.append(sheet)
        if reason:
            reasons.append(f"{paper_title(document)}：{reason}")
    if reasons:
        raise NotPrinted(f"不能合并打印，请取消勾选后再试。{'；'.join(reasons)}")
    return sheets


def _sheet(viewer: Viewer, document: IssuedDocument, sealed: SealedFile | None) -> _Sheet:
    """The sealed file where there is one, else the document as it was issued."""
    title = paper_title(document)
    if sealed is not None:
        return _Sheet(viewer.office.shelf.get(sealed.sha256), sealed.form, title)
    content = paper_bytes(viewer.office, document, viewer.actor, viewer.now)
    return _Sheet(content, WORD, title)


def _why_not(sheet: _Sheet, *, as_pdf: bool) -> str:
    if sheet.form == WORD:
        return "" if as_pdf else why_apart(sheet.content)
    if sheet.form != PDF:
        return f"加盖电子印章的文件是{sheet.form.upper()}，请单独打印"
    if not as_pdf:
        return "已加盖电子印章（PDF），Word 合并件没有印章，请用“合并打印所选（PDF）”"
    return ""
