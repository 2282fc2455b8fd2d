"""The documents whose facts changed since, as a table to take away."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from sqlmodel import Session

from documents.output.table_files import Cell, Column, Sheet
from flows.papers.stale_documents import StaleLine, stale_documents
from flows.papers.wanted_documents import WantedDocuments
from flows.people.viewer import Viewer

PORTIONS = 20
"""So many pages are looked through: every document of each is worked out anew."""
COLUMNS = (
    Column("文书", 32), Column("文号", 24), Column("制发机关", 28), Column("制发时间", 17),
    Column("线索编号", 15), Column("线索标题", 36), Column("事实", 16), Column("文书载明", 36),
    Column("现在", 36), Column("不能更正的原因", 44),
)  # fmt: skip


@dataclass(frozen=True)
class Wish:
    """Which documents are looked at, and whether those of archived clues are."""

    documents: WantedDocuments
    archived: bool


def stale_papers_sheet(
    session: Session, viewer: Viewer, wanted: Wish, words: Callable[[object], str]
) -> Sheet:
    """A line for each fact that changed; the last line says where older clues were left out.

    `words`: a fact as people read it.
    """
    return Sheet("事实有变动的文书", COLUMNS, _rows(session, viewer, wanted, words))


def _rows(
    session: Session, viewer: Viewer, wanted: Wish, words: Callable[[object], str]
) -> Iterator[tuple[Cell, ...]]:
    after, looked = "", 0
    for _ in range(PORTIONS):
        narrowed = replace(wanted.documents, after=after)
        found = stale_documents(session, viewer, narrowed, archived=wanted.archived)
        looked += found.looked_through
        for line in found.lines:
            yield from _of_document(line, words)
        after = found.older
        if not after:
            return
    yield (f"核对了最近的{looked}条线索，更早的没有核对，请筛选以后再导出", *[""] * 9)


def _of_document(line: StaleLine, words: Callable[[object], str]) -> Iterator[tuple[Cell, ...]]:
    one = line.document
    against = "；".join(line.objections) if line.objections and line.against_reissue else ""
    for change in line.changes:
        yield (
            one.title, one.number or "", line.organ, one.issued_at, line.clue.no, line.clue.title,
            change.fact, words(change.was), words(change.now), against,
        )  # fmt: skip
