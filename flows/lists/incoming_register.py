"""The register of incoming papers: what acts entered, read from the record, the newest on top."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, String, and_, cast, or_
from sqlmodel import Session, col, select
from sqlmodel.sql.expression import Select

from documents.output.table_files import Cell, Column, Sheet
from domain.limits.limit import start_of_day
from domain.situation.received import ACTOR, PARTY, Received, act_key, received
from domain.tables.attachment import Attachment
from domain.tables.people import User
from domain.tables.process import Clue, Process
from domain.tables.record import Event
from flows.people.viewer import Viewer
from flows.people.visible_clues import visible
from flows.people.visible_papers import shown_process
from flows.site.office import Office
from flows.site.stored_documents import pages_of

Found = Select[Event, Process, Clue]
PAGE, PORTION, MOST_ROWS = 30, 500, 20_000
COLUMNS = (
    Column("登记序号", 10), Column("收到日期", 12), Column("来文单位", 28), Column("来文名称", 30),
    Column("来文文号", 26), Column("页数", 8), Column("扫描件", 10), Column("线索编号", 15),
    Column("当事人", 24), Column("收文机关", 26), Column("登记人", 12), Column("登记时间", 17),
)  # fmt: skip


@dataclass(frozen=True)
class WantedPapers:
    """What the register is narrowed to; empty fields narrow nothing. Days are those of entry."""

    text: str = ""
    organ: str = ""
    since: date | None = None
    until: date | None = None
    before: int = 0


@dataclass(frozen=True)
class IncomingLine:
    """A paper that came in. `scan`: the uploaded file that bears its name or number."""

    no: int
    entered_at: datetime
    by: str
    paper: Received
    sender: str
    organ: str
    clue: Clue
    scan: Attachment | None
    pages: int | None = None


def list_incoming(
    session: Session, viewer: Viewer, wanted: WantedPapers, most: int = PAGE
) -> tuple[tuple[IncomingLine, ...], int]:
    """A page of what came to the person's organ, and before which number the next one begins (0:
    none). Who oversees files sees what came to every organ.
    """
    query = _query(viewer, wanted).order_by(col(Event.seq).desc()).limit(most + 1)
    rows = list(session.exec(query))
    shown = rows[:most]
    lines = tuple(_lines(session, viewer.office, shown))
    return lines, shown[-1][0].seq if len(rows) > most else 0


def find_incoming(session: Session, viewer: Viewer, number: int) -> IncomingLine:
    """One paper of the register by its number; LookupError where the person's has none."""
    query = _query(viewer, WantedPapers()).where(col(Event.seq) == number)
    for line in _lines(session, viewer.office, session.exec(query)):
        return line
    raise LookupError(f"收文登记簿没有第{number}号，或者您无权查看")


def incoming_sheet(session: Session, viewer: Viewer, wanted: WantedPapers) -> Sheet:
    """The same as a table to take away."""
    return Sheet("收文登记簿", COLUMNS, _cells(session, viewer, wanted))


def _cells(session: Session, viewer: Viewer, wanted: WantedPapers) -> Iterator[tuple[Cell, ...]]:
    told, before = 0, wanted.before
    while told < MOST_ROWS:
        lines, before = list_incoming(session, viewer, replace(wanted, before=before), PORTION)
        for one in lines:
            yield (
                one.no, one.paper.received_on[:10], one.sender, one.paper.title, one.paper.number,
                one.pages, "有" if one.scan else "无", one.clue.no, one.clue.subject_name,
                one.organ, one.by, one.entered_at,
            )  # fmt: skip
        told += len(lines)
        session.expunge_all()
        if not before:
            return


# --- which events --------------------------------------------------------------------------------


def _query(viewer: Viewer, wanted: WantedPapers) -> Found:
    office, actor = viewer.office, viewer.actor
    kind, process_id = col(Event.process_kind), col(Event.process_id)
    conditions = [_enters(office), visible(office, actor)]
    conditions.append(shown_process(office, actor, kind, process_id))
    if wanted.organ and wanted.organ in (viewer.watched or (wanted.organ,)):
        conditions.append(_came_to(office, (wanted.organ,)))
    elif viewer.watched is not None:
        conditions.append(_came_to(office, viewer.watched))
    return (
        select(Event, Process, Clue)
        .join(Clue, col(Clue.id) == col(Event.clue_id))
        .join(
            Process,
            and_(col(Process.id) == process_id, col(Process.kind) == kind),
            isouter=True,
        )
        .where(*conditions, *_narrowed(wanted))
    )


def _acts(office: Office, *, by_sender: bool | None = None) -> Iterator[tuple[str, str]]:
    """The acts that enter papers: of those, the ones that the sender takes himself, or does not."""
    for kind, lifecycle in office.rules.lifecycles.items():
        for name, action in lifecycle.actions.items():
            told = action.receives
            if told and by_sender in (None, told.sender == ACTOR):
                yield kind, name


def _enters(office: Office) -> ColumnElement[bool]:
    return _among(_acts(office))


def _among(acts: Iterable[tuple[str, str]]) -> ColumnElement[bool]:
    by_kind: dict[str, list[str]] = {}
    for kind, name in acts:
        by_kind.setdefault(kind, []).append(name)
    return or_(
        *(
            and_(col(Event.process_kind) == kind, col(Event.action).in_(names))
            for kind, names in by_kind.items()
        )
    )


def _came_to(office: Office, organs: Sequence[str]) -> ColumnElement[bool]:
    """What organs entered themselves, and what senders entered in processes of theirs."""
    sent = list(_acts(office, by_sender=True))
    to = {one: _side(office, one) for one in sent}
    holder = [one for one in sent if to[one] == "holder"]
    counterpart = [one for one in sent if to[one] == "counterpart"]
    return or_(
        and_(_among(_acts(office, by_sender=False)), col(Event.department_id).in_(organs)),
        and_(_among(holder), col(Process.department_id).in_(organs)),
        and_(_among(counterpart), col(Process.counterpart_id).in_(organs)),
    )


def _side(office: Office, act: tuple[str, str]) -> str:
    told = office.rules.lifecycles[act[0]].actions[act[1]].receives
    return told.comes_to if told else "holder"


def _narrowed(wanted: WantedPapers) -> Iterator[ColumnElement[bool]]:
    if wanted.before:
        yield col(Event.seq) < wanted.before
    if wanted.since:
        yield col(Event.at) >= start_of_day(wanted.since)
    if wanted.until and wanted.until < date.max:
        yield col(Event.at) < start_of_day(wanted.until + timedelta(days=1))
    if text := wanted.text.strip():
        # Details are kept as JSON in which every sign beyond ASCII is escaped.
        written = json.dumps(text)[1:-1]
        yield or_(
            cast(col(Event.detail), String).contains(written, autoescape=True),
            col(Clue.no) == text.upper(),
            col(Clue.subject_name).contains(text, autoescape=True),
        )


# --- what they say -------------------------------------------------------------------------------


def _lines(
    session: Session, office: Office, rows: Iterable[tuple[Event, Process | None, Clue]]
) -> Iterator[IncomingLine]:
    found = list(rows)
    people = {event.actor_id for event, *_ in found}
    query = select(User.id, User.name).where(col(User.id).in_(sorted(people)))
    names: Mapping[str, str] = dict(session.exec(query).all())
    scans = _scans(session, {clue.id or 0 for *_, clue in found})
    counted = pages_of(session, (one.sha256 for files in scans.values() for one in files))
    for event, process, clue in found:
        paper = received(
            office.rules.lifecycles[event.process_kind].actions[event.action],
            event.detail.get("form") or {},
        )
        if paper is not None:
            scan = _scan_of(paper, event, scans.get(clue.id or 0, ()))
            yield IncomingLine(
                no=event.seq,
                entered_at=event.at,
                by=names.get(event.actor_id, event.actor_id),
                paper=paper,
                sender=_sender(office, paper, event, clue),
                organ=office.rules.departments[_receiver(office, event, process)].name,
                clue=clue,
                scan=scan,
                pages=counted.get(scan.sha256 if scan else "") or paper.page_count,
            )


def _sender(office: Office, paper: Received, event: Event, clue: Clue) -> str:
    if paper.sender == PARTY:
        return clue.subject_name or "当事人"
    return (
        office.rules.departments[event.department_id].name
        if paper.sender == ACTOR
        else paper.sender
    )


def _receiver(office: Office, event: Event, process: Process | None) -> str:
    told = office.rules.lifecycles[event.process_kind].actions[event.action].receives
    if process is None or told is None or told.sender != ACTOR:
        return event.department_id
    other = process.counterpart_id if told.comes_to == "counterpart" else process.department_id
    return other or event.department_id


def _scans(session: Session, clues: set[int]) -> dict[int, list[Attachment]]:
    found: dict[int, list[Attachment]] = {}
    query = select(Attachment).where(col(Attachment.clue_id).in_(sorted(clues)))
    for one in session.exec(query.order_by(col(Attachment.id))):
        found.setdefault(one.clue_id, []).append(one)
    return found


def _scan_of(paper: Received, event: Event, files: Iterable[Attachment]) -> Attachment | None:
    """The file uploaded as its scan, else one whose title bears the paper's number or name."""
    listed = list(files)
    act = act_key(event.process_kind, event.process_id, event.action)
    marks = [mark for mark in (paper.number, paper.title) if mark]
    named = [one for mark in marks for one in listed if mark in one.title]
    return next((one for one in listed if one.scan_of == act), named[0] if named else None)
