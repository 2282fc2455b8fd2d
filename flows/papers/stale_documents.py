"""Stale documents: those whose facts changed since the issue, sought in bounded portions.

Nothing on record tells that a fact changed: each document is compared with what it would say
today. So a page looks through a fixed number of clues, says how far it looked, and goes on there.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, and_
from sqlmodel import Session, col, select

from documents.output.table_files import Cell, Column, Sheet
from domain.tables.process import Clue
from domain.tables.record import IssuedDocument
from flows.papers.clue_past import read_past, read_pasts
from flows.papers.correction_rights import Correction, objections, objections_to_reissue
from flows.papers.current_facts import Change, Stale, changes_of, stale_among
from flows.papers.document_list import readable
from flows.papers.wanted_documents import WantedDocuments, narrowed
from flows.people.viewer import Viewer
from flows.rows.known_ids import among

PORTIONS = 20
"""So many pages are looked through: every document of each is worked out anew."""
COLUMNS = (
    Column("文书", 32), Column("文号", 24), Column("制发机关", 28), Column("制发时间", 17),
    Column("线索编号", 15), Column("线索标题", 36), Column("事实", 16), Column("文书载明", 36),
    Column("现在", 36), Column("不能更正的原因", 44),
)  # fmt: skip
PORTION = 30
"""How many clues a page looks through: each of their documents is worked out anew."""
_READ_ONLY = "待填写"


@dataclass(frozen=True)
class StaleLine:
    """A document that would read otherwise today; what stands against voiding and reissuing it."""

    document: IssuedDocument
    clue: Clue
    organ: str
    changes: tuple[Change, ...]
    objections: tuple[str, ...]
    against_reissue: tuple[str, ...] = ()


@dataclass(frozen=True)
class StalePage:
    """What was found, through how many clues it was sought, and where to go on."""

    lines: tuple[StaleLine, ...]
    looked_through: int
    older: str = ""


def stale_documents(
    session: Session, viewer: Viewer, wanted: WantedDocuments, *, archived: bool = False
) -> StalePage:
    """The stale ones among the documents that fit, clue by clue, the newest clue first.

    An archived clue is not corrected any more; its documents are looked at only when asked for.
    """
    conditions = narrowed(viewer.office.rules, wanted)
    fits = and_(col(IssuedDocument.voided_at).is_(None), readable(viewer), *conditions)
    query = (
        select(col(Clue.id))
        .where(
            select(IssuedDocument.id)
            .where(col(IssuedDocument.clue_id) == col(Clue.id), fits)
            .exists()
        )
        .order_by(col(Clue.id).desc())
        .limit(PORTION + 1)
    )
    if not archived:
        query = query.where(col(Clue.state) != "archived")
    if wanted.after.isdecimal() and len(wanted.after) < 16:
        query = query.where(col(Clue.id) < int(wanted.after))
    clues = [one or 0 for one in session.exec(query)]
    looked = clues[:PORTION]
    lines = _of_clues(session, viewer, looked, fits)
    older = str(looked[-1]) if len(clues) > PORTION else ""
    return StalePage(tuple(lines), len(looked), older)


def stale_of(session: Session, viewer: Viewer, document: IssuedDocument, clue: Clue) -> StaleLine:
    """One document with what changed since, if anything, and what stands against correcting it."""
    changes: tuple[Change, ...] = ()
    if document.voided_at is None:
        changes = changes_of(
            session, viewer.office, read_past(session, viewer.office, clue), document
        )
    return _line(viewer, Stale(document, changes), clue)


def _of_clues(
    session: Session, viewer: Viewer, clues: Sequence[int], fits: ColumnElement[bool]
) -> Iterator[StaleLine]:
    """Clue by clue; all that the documents of all of them are compared with is read at once."""
    query = (
        select(col(IssuedDocument.id))
        .join(Clue, col(Clue.id) == col(IssuedDocument.clue_id))
        .where(among(col(Clue.id), clues), fits)
    )
    fitting = set(session.exec(query)) if clues else set()
    pasts = read_pasts(session, viewer.office, clues)
    for past in (pasts[one] for one in clues):
        documents = [one for one in past.documents if one.id in fitting]
        for stale in stale_among(session, viewer.office, past, documents):
            yield _line(viewer, stale, past.clue)


def _line(viewer: Viewer, stale: Stale, clue: Clue) -> StaleLine:
    document = stale.document
    rules, would = viewer.office.rules, Correction(viewer.actor, viewer.now, _READ_ONLY)
    void = () if document.voided_at else tuple(objections(rules, document, clue, would))
    anew = tuple(objections_to_reissue(rules, document, clue, would))
    organ = rules.departments[document.organ].name
    return StaleLine(document, clue, organ, stale.changes, void, anew)


# --- to take away --------------------------------------------------------------------------------


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
    return Sheet("事实有变动的文书", COLUMNS, _sheet_rows(session, viewer, wanted, words))


def _sheet_rows(
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
