"""Stale documents: those whose facts changed since the issue, sought in bounded portions.

Nothing on record tells that a fact changed: each document is compared with what it would say
today. So a page looks through a fixed number of clues, says how far it looked, and goes on there.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import and_
from sqlmodel import Session, col, select

from domain.tables.process import Clue
from domain.tables.record import IssuedDocument
from flows.papers.correction_rights import Correction, objections, objections_to_reissue
from flows.papers.current_facts import Change, Stale, changes_of, list_stale
from flows.papers.current_paper import read_past
from flows.papers.document_list import readable
from flows.papers.wanted_documents import WantedDocuments, narrowed
from flows.people.viewer import Viewer

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
        select(Clue)
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
    clues = list(session.exec(query))
    looked = clues[:PORTION]
    lines = [line for clue in looked for line in _of_clue(session, viewer, clue, wanted)]
    older = str(looked[-1].id) if len(clues) > PORTION else ""
    return StalePage(tuple(lines), len(looked), older)


def stale_of(session: Session, viewer: Viewer, document: IssuedDocument, clue: Clue) -> StaleLine:
    """One document with what changed since, if anything, and what stands against correcting it."""
    changes: tuple[Change, ...] = ()
    if document.voided_at is None:
        changes = changes_of(session, viewer.office, read_past(session, clue), document)
    return _line(viewer, Stale(document, changes), clue)


def _of_clue(
    session: Session, viewer: Viewer, clue: Clue, wanted: WantedDocuments
) -> Iterable[StaleLine]:
    found = list_stale(session, viewer.office, clue)
    if not found:
        return []
    query = (
        select(IssuedDocument.id)
        .join(Clue, col(Clue.id) == col(IssuedDocument.clue_id))
        .where(
            col(Clue.id) == clue.id,
            readable(viewer),
            *narrowed(viewer.office.rules, wanted),
        )
    )
    fitting = set(session.exec(query))
    return [_line(viewer, one, clue) for one in found if one.document.id in fitting]


def _line(viewer: Viewer, stale: Stale, clue: Clue) -> StaleLine:
    document = stale.document
    rules, would = viewer.office.rules, Correction(viewer.actor, viewer.now, _READ_ONLY)
    void = () if document.voided_at else tuple(objections(rules, document, clue, would))
    anew = tuple(objections_to_reissue(rules, document, clue, would))
    organ = rules.departments[document.organ].name
    return StaleLine(document, clue, organ, stale.changes, void, anew)
