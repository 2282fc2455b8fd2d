"""Papers whose service is not on record yet, or whose 送达回证 was not scanned: the oldest first.

民事诉讼法第八十七条: a paper is served with a receipt, whose signature tells the day of service.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, or_
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import Select

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
    what_is_awaited,
)
from flows.people.viewer import Viewer
from flows.people.visible_clues import once_a_chair
from flows.people.visible_papers import readable_papers
from flows.site.office import Office
from flows.workbench.whole_list import whole_list

PAGE, PORTION = 30, 500
BESIDE_ACT = "service.record"
COLUMNS = (
    Column("制发日期", 12), Column("已过天数", 10), Column("文书", 30), Column("文号", 26),
    Column("当事人", 24), Column("线索编号", 15), Column("机关", 26), Column("登记送达", 12),
    Column("送达回证扫描件", 16),
)  # fmt: skip
Found = Select[IssuedDocument, Clue, bool, bool]


@dataclass(frozen=True)
class WantedServices:
    """What the list is narrowed to. `after`: the document that the page before it ended with."""

    text: str = ""
    after: int = 0


@dataclass(frozen=True)
class OpenService:
    """A paper and what is missing. `act`: where its service is recorded, empty without such."""

    document: IssuedDocument
    clue: Clue
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
    rows = list(session.exec(_query(session, viewer, wanted).limit(most + 1)))
    lines = tuple(
        OpenService(
            document=one,
            clue=clue,
            organ=viewer.office.rules.departments[one.organ].name,
            days=(day_of(viewer.now) - day_of(one.issued_at)).days,
            awaits_act=bool(awaits_act),
            awaits_scan=bool(awaits_scan),
            act=_address(viewer.office, one, clue),
        )
        for one, clue, awaits_act, awaits_scan in rows[:most]
    )
    return lines, (lines[-1].document.id or 0) if len(rows) > most else 0


def how_many_open(session: Session, viewer: Viewer, most: int) -> int:
    """How many papers the list has, counted no further than `most`."""
    query = _query(session, viewer, WantedServices()).with_only_columns(col(IssuedDocument.id))
    return session.exec(select(func.count()).select_from(query.limit(most).subquery())).one()


def open_services_sheet(session: Session, viewer: Viewer, wanted: WantedServices) -> Sheet:
    """The same as a table to take away."""
    return Sheet("送达待办", COLUMNS, _cells(session, viewer, wanted))


def _cells(session: Session, viewer: Viewer, wanted: WantedServices) -> Iterator[tuple[Cell, ...]]:
    def lines(after: int) -> tuple[tuple[OpenService, ...], int]:
        return open_services(session, viewer, replace(wanted, after=after), PORTION)

    for one in whole_list(session, lines, wanted.after):
        yield (
            day_of(one.document.issued_at), one.days, one.document.title,
            one.document.number, one.clue.subject_name, one.clue.no, one.organ,
            "未登记" if one.awaits_act else "", "没有上传" if one.awaits_scan else "",
        )  # fmt: skip


def receipts_of(session: Session, document: IssuedDocument) -> tuple[IssuedDocument, ...]:
    """The 送达回证 that acts of service issued for a document, the first first."""
    served = col(IssuedDocument.serves_id) == document.id
    query = select(IssuedDocument).where(served, col(IssuedDocument.voided_at).is_(None))
    return tuple(session.exec(query.order_by(col(IssuedDocument.id))))


def _address(office: Office, document: IssuedDocument, clue: Clue) -> str:
    """Where its service is recorded: by the act of its case, else by the process for all others."""
    page = f"/clues/{clue.no}/do/{CASE}"
    if document.process_kind == CASE and document.kind in OWN_ACTS:
        return f"{page}/{OWN_ACTS[document.kind][1]}/{document.process_id}"
    if document.process_kind == CASE and document.kind in others_served(office):
        return f"{page}/{OTHER_ACT}/{document.process_id}?f.{OTHER_FIELD}={document.kind}"
    return f"/clues/{clue.no}/do/{BESIDE_ACT.replace('.', '/')}?f.paper={document.id}"


# --- which papers --------------------------------------------------------------------------------


def _query(session: Session, viewer: Viewer, wanted: WantedServices) -> Found:
    query = _awaiting(viewer.office, viewer.actor).where(
        may_be_open(session, viewer.office), col(IssuedDocument.id) > wanted.after
    )
    if viewer.watched is not None:
        query = query.where(col(IssuedDocument.organ).in_(viewer.watched))
    if text := wanted.text.strip():
        query = query.where(_bears(text))
    return query


@once_a_chair
def _awaiting(office: Office, actor: Actor) -> Found:
    """All papers whose service is open; the first page of every chair asks how many there are."""
    awaits_act, awaits_scan = what_is_awaited(office)
    return (
        select(IssuedDocument, Clue, awaits_act, awaits_scan)
        .join(Clue, col(Clue.id) == col(IssuedDocument.clue_id))
        .where(
            col(IssuedDocument.voided_at).is_(None),
            col(Clue.state) != ARCHIVED,
            is_to_be_served(office),
            readable_papers(office, actor),
            or_(awaits_act, awaits_scan),
        )
        .order_by(col(IssuedDocument.id))
    )


def _bears(text: str) -> ColumnElement[bool]:
    number = "".join(text.split()).translate(str.maketrans("[]【】()（）", "〔〕〔〕〔〕〔〕"))
    return or_(
        col(IssuedDocument.number).contains(number, autoescape=True),
        col(Clue.subject_name).contains(text, autoescape=True),
        col(Clue.no) == text.upper(),
    )
