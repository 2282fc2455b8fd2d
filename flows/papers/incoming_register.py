"""The register of incoming papers: what acts entered, read from the record, the newest on top."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from documents.output.table_files import Cell, Column, Sheet
from domain.limits.limit import day_of
from domain.situation.received import ACTOR, PARTY, Received, act_key, received
from domain.tables.attachment import Attachment
from domain.tables.people import User
from domain.tables.process import Clue, Process
from domain.tables.record import Event
from flows.papers.incoming_query import (
    WantedPapers,
    entered_paper,
    first_entries,
    newest_entries,
    papers_at,
)
from flows.people.viewer import Viewer
from flows.site.office import Office
from flows.site.stored_documents import pages_of
from flows.workbench.whole_list import whole_list

PAGE, PORTION = 30, 500
COLUMNS = (
    Column("登记序号", 10), Column("收到日期", 12), Column("来文单位", 28), Column("来文名称", 30),
    Column("来文文号", 26), Column("页数", 8), Column("扫描件", 10), Column("线索编号", 15),
    Column("当事人", 24), Column("收文机关", 26), Column("登记人", 12), Column("登记时间", 17),
)  # fmt: skip


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
    """A page of what came to the person's organ, and from which number the next one goes on (0:
    none). Who oversees files sees what came to every organ.
    """
    return _page_of(session, viewer, first_entries(session, viewer, wanted, most + 1), most)


def list_newest(
    session: Session, viewer: Viewer, text: str, newest: int, most: int
) -> tuple[IncomingLine, ...]:
    """The last of what came whose row shows the words, among so many of the last entries."""
    return _page_of(session, viewer, newest_entries(session, viewer, text, newest, most), most)[0]


def list_counted(
    session: Session, viewer: Viewer, wanted: WantedPapers, most: int
) -> tuple[tuple[IncomingLine, ...], int, int]:
    """`list_incoming`, and how many papers fit on all pages together, counted no further than
    `most`: the first page is read along.
    """
    numbers = first_entries(session, viewer, replace(wanted, before=0), most)
    here = first_entries(session, viewer, wanted, PAGE + 1) if wanted.before else numbers
    return *_page_of(session, viewer, here, PAGE), len(numbers)


def _page_of(
    session: Session, viewer: Viewer, numbers: list[int], most: int
) -> tuple[tuple[IncomingLine, ...], int]:
    shown = numbers[:most]
    older = shown[-1] if len(numbers) > most else 0
    if not shown:
        return (), 0
    query = papers_at(shown)
    rows = {row[0].seq: row for row in session.exec(query)}
    found = (rows[number] for number in shown if number in rows)
    return tuple(_lines(session, viewer.office, found)), older


def find_incoming(session: Session, viewer: Viewer, number: int) -> IncomingLine:
    """One paper of the register by its number; LookupError where the person's has none."""
    query = entered_paper(viewer, number)
    for line in _lines(session, viewer.office, session.exec(query)):
        return line
    raise LookupError(f"收文登记簿没有第{number}号，或者您无权查看")


def incoming_sheet(session: Session, viewer: Viewer, wanted: WantedPapers) -> Sheet:
    """The same as a table to take away."""
    return Sheet("收文登记簿", COLUMNS, _cells(session, viewer, wanted))


def _cells(session: Session, viewer: Viewer, wanted: WantedPapers) -> Iterator[tuple[Cell, ...]]:
    def lines(before: int) -> tuple[tuple[IncomingLine, ...], int]:
        return list_incoming(session, viewer, replace(wanted, before=before), PORTION)

    for one in whole_list(session, lines, wanted.before):
        yield (
            one.no, one.paper.received_on[:10], one.sender, one.paper.title, one.paper.number,
            one.pages, "有" if one.scan else "无", one.clue.no, one.clue.subject_name,
            one.organ, one.by, one.entered_at,
        )  # fmt: skip


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
            day_of(event.at).isoformat(),
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
