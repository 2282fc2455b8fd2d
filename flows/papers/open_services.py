"""Papers whose service is not on record yet, or whose 送达回证 was not scanned: the oldest first.

民事诉讼法第八十七条: a paper is served with a receipt, whose signature tells the day of service.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, String, and_, cast, exists, false, or_
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, func, select
from sqlmodel.sql.expression import Select

from documents.output.table_files import Cell, Column, Sheet
from domain.limits.limit import day_of
from domain.penalties.paper_service import CASE, OTHER_ACT, OTHER_FIELD, OWN_ACTS
from domain.penalties.service import ANNOUNCED, OTHER
from domain.situation.situation import Actor
from domain.tables.attachment import Attachment
from domain.tables.columns import JSON_WAYS
from domain.tables.process import Clue
from domain.tables.record import Event, IssuedDocument
from flows.people.viewer import Viewer
from flows.people.visible_clues import once_a_chair
from flows.people.visible_papers import readable_papers
from flows.site.office import Office
from flows.workbench.whole_list import whole_list

RECEIPT, RECEIPT_TITLE = "service_receipt", "送达回证"
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
    rows = list(session.exec(_query(viewer, wanted).limit(most + 1)))
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
    query = _query(viewer, WantedServices()).with_only_columns(col(IssuedDocument.id))
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
    if document.process_kind == CASE and document.kind in _others(office):
        return f"{page}/{OTHER_ACT}/{document.process_id}?f.{OTHER_FIELD}={document.kind}"
    return f"/clues/{clue.no}/do/{BESIDE_ACT.replace('.', '/')}?f.paper={document.id}"


# --- which papers --------------------------------------------------------------------------------


def _query(viewer: Viewer, wanted: WantedServices) -> Found:
    query = _awaiting(viewer.office, viewer.actor).where(col(IssuedDocument.id) > wanted.after)
    if viewer.watched is not None:
        query = query.where(col(IssuedDocument.organ).in_(viewer.watched))
    if text := wanted.text.strip():
        query = query.where(_bears(text))
    return query


@once_a_chair
def _awaiting(office: Office, actor: Actor) -> Found:
    """All papers whose service is open; the first page of every chair asks how many there are."""
    recorded, announced = _services(office)
    # Before there was an act for papers beside a case, their scanned receipt was all there was.
    beside = and_(col(IssuedDocument.process_kind) != CASE, _is_scanned())
    awaits_act = ~or_(recorded, _has_full_receipt(), beside)
    awaits_scan = and_(~_is_scanned(), ~announced)
    return (
        select(IssuedDocument, Clue, awaits_act, awaits_scan)
        .join(Clue, col(Clue.id) == col(IssuedDocument.clue_id))
        .where(
            col(IssuedDocument.voided_at).is_(None),
            col(Clue.state) != "archived",
            _is_to_be_served(office),
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


def _is_to_be_served(office: Office) -> ColumnElement[bool]:
    """A numbered paper to the party, of an act that issued a receipt of service beside it."""
    rules, receipt = office.rules, aliased(IssuedDocument)
    kinds = [
        key
        for key, one in rules.documents.items()
        if one.to == "当事人" and one.series and key != "service_announcement"
    ]
    beside = exists().where(
        col(receipt.clue_id) == col(IssuedDocument.clue_id),
        col(receipt.process_kind) == col(IssuedDocument.process_kind),
        col(receipt.process_id) == col(IssuedDocument.process_id),
        col(receipt.action) == col(IssuedDocument.action),
        col(receipt.kind) == RECEIPT,
    )
    return and_(col(IssuedDocument.kind).in_(kinds), beside)


def _has_full_receipt() -> ColumnElement[bool]:
    """An act of service has issued the receipt that tells of this paper."""
    receipt = aliased(IssuedDocument)
    return exists().where(
        col(receipt.serves_id) == col(IssuedDocument.id), col(receipt.voided_at).is_(None)
    )


def _is_scanned() -> ColumnElement[bool]:
    """A file was uploaded as its receipt, or bears its word and the number or name of the paper."""
    title = col(Attachment.title)
    named = and_(
        col(Attachment.added_at) >= col(IssuedDocument.issued_at),
        title.contains(RECEIPT_TITLE),
        or_(title.contains(col(IssuedDocument.number)), title.contains(col(IssuedDocument.title))),
    )
    return exists().where(
        col(Attachment.clue_id) == col(IssuedDocument.clue_id),
        or_(col(Attachment.document_id) == col(IssuedDocument.id), named),
    )


# --- what the record says of their service -------------------------------------------------------


def _others(office: Office) -> tuple[str, ...]:
    """The kinds whose service the case records with the act for other papers."""
    options = office.rules.lifecycles[CASE].actions[OTHER_ACT].form[OTHER_FIELD].options
    return tuple(one for one in options if one in office.rules.documents)


def _services(
    office: Office,
) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """That the case has a service on record; that it was an announcement."""
    recorded: list[ColumnElement[bool]] = [false()]
    announced: list[ColumnElement[bool]] = [false()]
    marks = {kind: (served, ()) for kind, (served, _) in OWN_ACTS.items()}
    told = {one: (OTHER, (_written(OTHER_FIELD, one),)) for one in _others(office)}
    for kind, (served, more) in {**told, **marks}.items():
        is_kind = col(IssuedDocument.kind) == kind
        day = [f'"{served.day}": "']
        recorded.append(and_(is_kind, _says(day, *more)))
        announced.append(and_(is_kind, _says(day, _written(served.way, ANNOUNCED), *more)))
    return or_(*recorded), or_(*announced)


def _written(name: str, value: str) -> list[str]:
    return [f"{way(name)}: {way(value)}" for way in JSON_WAYS]


def _says(*words: list[str]) -> ColumnElement[bool]:
    """An act on the paper's process, of its issue or since, says all this in its form.

    Each in one of the ways in which it may be written.
    """
    detail = cast(col(Event.detail), String)
    return exists().where(
        col(Event.clue_id) == col(IssuedDocument.clue_id),
        col(Event.process_kind) == col(IssuedDocument.process_kind),
        col(Event.process_id) == col(IssuedDocument.process_id),
        col(Event.at) >= col(IssuedDocument.issued_at),
        *(or_(*(detail.contains(one, autoescape=True) for one in ways)) for ways in words),
    )
