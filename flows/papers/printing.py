"""Several documents as one file to print on both sides: PDF, or Word without LibreOffice."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import Session, col

from documents.output.merged import merged, why_apart
from documents.output.pdf import NoPdf, PdfConverter
from documents.output.shelf import DamagedOnShelf, NotOnShelf
from domain.tables.record import IssuedDocument
from flows.afterwards.case_file import paper_title
from flows.door.reporter_reveal import paper_bytes
from flows.papers.document_list import WantedDocuments, found_by, newest_first, wanted_query
from flows.people.viewer import Viewer

MOST_PRINTED = 40
"""As many documents as one file to print holds."""


class NotPrinted(ValueError):
    """Why there is no file to print: every document that stands in the way, and what to do."""


@dataclass(frozen=True)
class Printed:
    """The file, and how many documents it holds."""

    content: bytes
    count: int


def print_chosen(session: Session, viewer: Viewer, ids: Sequence[int], *, as_pdf: bool) -> Printed:
    """The documents of those ids in the order of their issue, each from the front of a sheet on.

    Raises NotPrinted for more than `MOST_PRINTED`, for any that the person may not read, that is
    damaged or cannot be joined with others, and where no PDF can be made.
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
    words = _words(viewer, found)
    try:
        whole = merged(words)
        return Printed(PdfConverter().convert(whole) if as_pdf else whole, len(words))
    except NoPdf as problem:
        raise NotPrinted(f"{problem}；也可以用“合并打印所选（Word）”") from problem


def _words(viewer: Viewer, documents: Sequence[IssuedDocument]) -> list[bytes]:
    words: list[bytes] = []
    reasons: list[str] = []
    for document in documents:
        try:
            word = paper_bytes(viewer.office, document, viewer.actor, viewer.now)
            reason = why_apart(word)
        except (NotOnShelf, DamagedOnShelf) as problem:
            reason = str(problem)
        else:
            words.append(word)
        if reason:
            reasons.append(f"{paper_title(document)}：{reason}")
    if reasons:
        raise NotPrinted(f"不能合并打印，请取消勾选后再试。{'；'.join(reasons)}")
    return words
