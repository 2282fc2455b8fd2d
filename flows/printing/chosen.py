"""The documents that were ticked in the register as one file to print."""

from collections.abc import Sequence

from sqlmodel import Session, col

from documents.facts.volumes import ABOUT_THE_FILE
from domain.tables.record import IssuedDocument
from flows.afterwards.sealed_files import seals_of
from flows.papers.document_list import found_by, newest_first, wanted_query
from flows.papers.wanted_documents import WantedDocuments
from flows.people.viewer import Viewer
from flows.printing.sheets import MOST_PRINTED, NotPrinted, Printed, as_one_file

FRONT = 2
"""A volume has one cover and one catalogue."""


def print_chosen(session: Session, viewer: Viewer, ids: Sequence[int], *, as_pdf: bool) -> Printed:
    """The documents of those ids in the order of their issue, each from the front of a sheet on.

    Where they are of one volume, its cover and its catalogue come first.
    Raises NotPrinted for more than `MOST_PRINTED`, for any that the person may not read, and for
    what `as_one_file` does not take.
    """
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        raise NotPrinted("请先勾选要合并打印的文书")
    if len(wanted) > MOST_PRINTED:
        raise NotPrinted(f"一次最多合并打印{MOST_PRINTED}份，勾选了{len(wanted)}份，请分几次打印")
    query = wanted_query(viewer, WantedDocuments()).where(col(IssuedDocument.id).in_(wanted))
    found = _cover_first([one for one, _ in reversed(found_by(session, newest_first(query)))])
    if len(found) < len(wanted):
        missing = len(wanted) - len(found)
        raise NotPrinted(f"勾选的文书中有{missing}份没有找到，或者您无权查看，请刷新后重新勾选")
    return as_one_file(viewer, found, seals_of(session, found), as_pdf=as_pdf)


def _cover_first(documents: Sequence[IssuedDocument]) -> list[IssuedDocument]:
    """Cover and catalogue in front, unless there are several of them: then each stays in place."""
    front = [one for one in documents if one.kind in ABOUT_THE_FILE]
    if len(front) > FRONT:
        return list(documents)
    return [*front, *(one for one in documents if one not in front)]
