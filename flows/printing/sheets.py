"""Several files as one to print on both sides: PDF, or Word without LibreOffice."""

from collections.abc import Sequence
from dataclasses import dataclass

from documents.output.joined import joined
from documents.output.merged import merged, why_apart
from documents.output.pdf import NoPdf, PdfConverter
from documents.output.shelf import DamagedOnShelf, NotOnShelf
from domain.files.confined import Unreadable
from domain.tables.attachment import Attachment
from domain.tables.record import IssuedDocument
from flows.afterwards.case_file import paper_title
from flows.afterwards.sealed_files import Seals
from flows.door.reporter_reveal import paper_bytes
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
class Sheet:
    """A file of the stack as it is printed: the sealed one where there is one; pdf, ofd, docx."""

    content: bytes
    form: str
    title: str


Printable = IssuedDocument | Attachment
"""What is printed with others: an issued document, or an uploaded PDF."""


def as_one_file(
    viewer: Viewer, wanted: Sequence[Printable], seals: Seals, *, as_pdf: bool
) -> Printed:
    """Those files in that order, each from the front of a sheet on.

    Raises NotPrinted for any that is damaged or cannot be joined with others, and where no PDF can
    be made. What bears an e-seal is printed sealed, or not at all.
    """
    sheets = _sheets(viewer, wanted, seals, as_pdf=as_pdf)
    try:
        whole = _one_pdf(sheets) if as_pdf else merged([one.content for one in sheets])
    except NoPdf as problem:
        raise NotPrinted(f"{problem}；也可以用“合并打印（Word）”") from problem
    except Unreadable as problem:
        raise NotPrinted(str(problem)) from problem
    return Printed(whole, len(sheets))


def _one_pdf(sheets: Sequence[Sheet]) -> bytes:
    """Each Word file becomes a PDF of its own, as it is printed alone; then all are joined."""
    names = [f"第{at}份：{one.title}" for at, one in enumerate(sheets, 1)]
    named = list(zip(names, sheets, strict=True))
    words = {name: one.content for name, one in named if one.form == WORD}
    made = PdfConverter().convert_all(words) if words else {}
    parts = [made.get(name, one.content) for name, one in named]
    return parts[0] if len(parts) == 1 else joined(parts)


def _sheets(
    viewer: Viewer, wanted: Sequence[Printable], seals: Seals, *, as_pdf: bool
) -> list[Sheet]:
    sheets: list[Sheet] = []
    reasons: list[str] = []
    for one in wanted:
        try:
            sheet = _sheet(viewer, one, seals)
            reason = _why_not(sheet, as_pdf=as_pdf)
        except (NotOnShelf, DamagedOnShelf) as problem:
            reason = str(problem)
        else:
            sheets.append(sheet)
        if reason:
            reasons.append(f"{_title(one)}：{reason}")
    if reasons:
        raise NotPrinted(f"不能合并打印，请取消勾选后再试。{'；'.join(reasons)}")
    return sheets


def _sheet(viewer: Viewer, wanted: Printable, seals: Seals) -> Sheet:
    """The sealed file where there is one, else the document as it was issued."""
    if isinstance(wanted, Attachment):
        return Sheet(viewer.office.shelf.get(wanted.sha256), PDF, wanted.title)
    sealed = seals.get(wanted.id or 0)
    if sealed is not None:
        return Sheet(viewer.office.shelf.get(sealed.sha256), sealed.form, _title(wanted))
    content = paper_bytes(viewer.office, wanted, viewer.actor, viewer.now)
    return Sheet(content, WORD, _title(wanted))


def _title(wanted: Printable) -> str:
    return wanted.title if isinstance(wanted, Attachment) else paper_title(wanted)


def _why_not(sheet: Sheet, *, as_pdf: bool) -> str:
    if sheet.form == WORD:
        return "" if as_pdf else why_apart(sheet.content)
    if sheet.form != PDF:
        return f"加盖电子印章的文件是{sheet.form.upper()}，请单独打印"
    if not as_pdf:
        return "已加盖电子印章（PDF），Word 合并件没有印章，请用“合并打印所选（PDF）”"
    return ""
