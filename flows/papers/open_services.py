"""Papers whose service is not on record yet, or whose 送达回证 was not scanned: the oldest first.

民事诉讼法第八十七条: a paper is served with a receipt, whose signature tells the day of service.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, or_, select
from sqlmodel import Session, col

from documents.output.table_files import Cell, Column, Sheet
from domain.limits.limit import day_of
from domain.penalties.paper_service import CASE, OTHER_ACT, OTHER_FIELD, OWN_ACTS
from domain.situation.situation import Actor
from domain.tables.process import Clue
from domain.tables.record import IssuedDocument
from flows.papers.service_states import (
    ARCHIVED,
    is_to_be_served,
    may_be_open,
    others_served,
    positions,
    what_is_awaited,
)
from flows.people.viewer import Viewer, anybody
from flows.people.visible_clues import once_a_chair
from flows.people.visible_papers import readable_papers
from flows.rows.known_ids import among_told, as_text
from flows.rows.statements import Statement, ask, told
from flows.site.office import Office
from flows.site.word_search import BRACKETS, holds, pattern_of
from flows.workbench.whole_list import whole_list

PAGE, PORTION = 30, 500
BESIDE_ACT = "service.record"
COLUMNS = (
    Column("制发日期", 12), Column("已过天数", 10), Column("文书", 30), Column("文号", 26),
    Column("当事人", 24), Column("线索编号", 15), Column("机关", 26), Column("登记送达", 12),
    Column("送达回证扫描件", 16),
)  # fmt: skip


@dataclass(frozen=True)
class WantedServices:
    """What the list is narrowed to. `after`: the document that the page before it ended with."""

    text: str = ""
    after: int = 0


@dataclass(frozen=True)
class OpenService:
    """A paper, as its table's columns say it, and what is missing.

    `act`: where its service is recorded, empty without such.
    """

    document: Any
    clue_no: str
    party: str
    organ: str
    days: int
    awaits_act: bool
    awaits_scan: bool
    act: str


def open_services(
    session: Session, viewer: Viewer, wanted: WantedServices, most: int = PAGE
) -> tuple[tuple[OpenService, ...], int]:
    """A page of the papers of the person's organ that he may read, and after which document the
    next page begins (0: none). Who oversees files sees those of every organ he oversees.
    """
    rows = _open_ones(session, viewer, wanted, most + 1)
    lines = tuple(
        OpenService(
            document=one,
            clue_no=one.clue_no,
            party=one.party,
            organ=viewer.office.rules.departments[one.organ].name,
            days=(day_of(viewer.now) - day_of(one.issued_at)).days,
            awaits_act=one.awaits_act,
            awaits_scan=one.awaits_scan,
            act=_address(viewer.office, one),
        )
        for one in rows[:most]
    )
    return lines, lines[-1].document.id if len(rows) > most else 0


def how_many_open(session: Session, viewer: Viewer, most: int) -> int:
    """How many papers the list has, counted no further than `most`."""
    return len(_open_ones(session, viewer, WantedServices(), most))


def open_services_sheet(session: Session, viewer: Viewer, wanted: WantedServices) -> Sheet:
    """The same as a table to take away."""
    return Sheet("送达待办", COLUMNS, _cells(session, viewer, wanted))


def _cells(session: Session, viewer: Viewer, wanted: WantedServices) -> Iterator[tuple[Cell, ...]]:
    def lines(after: int) -> tuple[tuple[OpenService, ...], int]:
        return open_services(session, viewer, replace(wanted, after=after), PORTION)

    for one in whole_list(session, lines, wanted.after):
        yield (
            day_of(one.document.issued_at), one.days, one.document.title,
            one.document.number, one.party, one.clue_no, one.organ,
            "未登记" if one.awaits_act else "", "没有上传" if one.awaits_scan else "",
        )  # fmt: skip


def receipts_of(session: Session, document: IssuedDocument) -> tuple[IssuedDocument, ...]:
    """The 送达回证 that acts of service issued for a document, the first first."""
    served = col(IssuedDocument.serves_id) == document.id
    query = select(IssuedDocument).where(served, col(IssuedDocument.voided_at).is_(None))
    return tuple(session.execute(query.order_by(col(IssuedDocument.id))).scalars())


def _address(office: Office, document: Any) -> str:
    """Where its service is recorded: by the act of its case, else by the process for all others."""
    page = f"/clues/{document.clue_no}/do"
    if document.process_kind == CASE and document.kind in OWN_ACTS:
        return f"{page}/{CASE}/{OWN_ACTS[document.kind][1]}/{document.process_id}"
    if document.process_kind == CASE and document.kind in others_served(office):
        act = f"{OTHER_ACT}/{document.process_id}?f.{OTHER_FIELD}={document.kind}"
        return f"{page}/{CASE}/{act}"
    return f"{page}/{BESIDE_ACT.replace('.', '/')}?f.paper={document.id}"


# --- which papers --------------------------------------------------------------------------------


def _open_ones(
    session: Session, viewer: Viewer, wanted: WantedServices, most: int
) -> Sequence[Any]:
    """The first papers of the list, judged in their order, so many at a time."""
    connection, text = session.connection(), wanted.text.strip()
    values = {**positions(session), "after": wanted.after}
    [those] = ask(connection, (_that_may_be(viewer.office, viewer.actor), values))
    ids = [one.id for one in those]
    judged = _awaiting(viewer.office, viewer.actor)(bool(text))
    words = {
        "number": pattern_of("".join(text.split()).translate(BRACKETS)),
        "words": pattern_of(text),
        "clue": text.upper(),
    }
    found: list[Any] = []
    for first in range(0, len(ids), PORTION):
        if len(found) >= most:
            break
        portion = {**words, "ids": as_text(ids[first : first + PORTION])}
        found += ask(connection, (judged, portion))[0]
    return found[:most]


@once_a_chair
def _that_may_be(office: Office, actor: Actor) -> Statement:
    looked, since, after = (told(one, Integer()) for one in ("looked", "since", "after"))
    those = may_be_open(office, looked, since).subquery()
    key = those.c[0].label("id")
    return Statement(select(key).where(key > after).distinct().order_by(key))


@once_a_chair
def _awaiting(office: Office, actor: Actor) -> Callable[[bool], Statement]:
    """Those of some papers whose service is open, of any text or of one.

    Put together once, and planned once: both take longer than to ask.
    """
    document, watched = IssuedDocument, anybody(office, actor).watched
    awaits_act, awaits_scan = what_is_awaited(office)
    query = (
        select(
            *(col(document.id), col(document.title), col(document.number)),
            *(col(document.kind), col(document.organ), col(document.issued_at)),
            *(col(document.process_kind), col(document.process_id)),
            *(col(Clue.no).label("clue_no"), col(Clue.subject_name).label("party")),
            *(awaits_act.label("awaits_act"), awaits_scan.label("awaits_scan")),
        )
        .join(Clue, col(Clue.id) == col(document.clue_id))
        .where(
            among_told(col(document.id), "ids"),
            col(document.voided_at).is_(None),
            col(Clue.state) != ARCHIVED,
            is_to_be_served(office),
            readable_papers(office, actor),
            or_(awaits_act, awaits_scan),
        )
        .order_by(col(document.id))
    )
    if watched is not None:
        query = query.where(col(document.organ).in_(watched))

    @cache
    def found(has_text: bool) -> Statement:
        narrowed = query.where(_bears_text()) if has_text else query
        return Statement(narrowed, spelled=True, steady=True)

    return found


def _bears_text() -> ColumnElement[bool]:
    return or_(
        holds(col(IssuedDocument.number), told("number", String())),
        holds(col(Clue.subject_name), told("words", String())),
        col(Clue.no) == told("clue", String()),
    )
