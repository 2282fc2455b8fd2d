"""The register of incoming papers: what acts entered, read from the record, the newest on top."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import and_, func, select
from sqlmodel import Session, col

from documents.output.table_files import Cell, Column, Sheet
from domain.limits.limit import day_of
from domain.situation.received import ACTOR, PARTY, Received, act_key, received
from domain.tables.attachment import Attachment, PageCount
from domain.tables.people import User
from domain.tables.process import Clue, Process
from domain.tables.record import Event
from flows.papers.incoming_query import WantedPapers, first_entries, is_entered, newest_entries
from flows.people.viewer import Viewer
from flows.rows.known_ids import among_told, as_text
from flows.rows.statements import Statement, ask
from flows.site.office import Office
from flows.workbench.whole_list import whole_list

PAGE, PORTION = 30, 500
COLUMNS = (
    Column("登记序号", 10), Column("收到日期", 12), Column("来文单位", 28), Column("来文名称", 30),
    Column("来文文号", 26), Column("页数", 8), Column("扫描件", 10), Column("线索编号", 15),
    Column("当事人", 24), Column("收文机关", 26), Column("登记人", 12), Column("登记时间", 17),
)  # fmt: skip


class PaperClue(Protocol):
    """What the register tells of a paper's clue."""

    no: str
    subject_name: str
    state: str


class Scan(Protocol):
    """What the register tells of an uploaded file."""

    id: int
    title: str


@dataclass(frozen=True)
class IncomingLine:
    """A paper that came in. `scan`: the uploaded file that bears its name or number."""

    no: int
    entered_at: datetime
    by: str
    paper: Received
    sender: str
    organ: str
    clue: PaperClue
    scan: Scan | None
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
    return tuple(_lines(session, viewer.office, shown)), older


def find_incoming(session: Session, viewer: Viewer, number: int) -> IncomingLine:
    """One paper of the register by its number; LookupError where the person's has none."""
    if is_entered(session, viewer, number):
        for line in _lines(session, viewer.office, [number]):
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


_PAPERS = Statement(
    select(
        *(col(Event.seq), col(Event.process_kind), col(Event.process_id), col(Event.action)),
        *(col(Event.at), col(Event.detail)["form"].label("form"), col(Event.department_id)),
        col(Process.department_id).label("holder_id"),
        *(col(Process.counterpart_id), col(Clue.id).label("clue_id"), col(Clue.no)),
        *(col(Clue.subject_name), col(Clue.state)),
        func.coalesce(col(User.name), col(Event.actor_id)).label("entered_by"),
    )
    .join(Clue, col(Clue.id) == col(Event.clue_id))
    .join(
        Process,
        and_(
            col(Process.id) == col(Event.process_id), col(Process.kind) == col(Event.process_kind)
        ),
        isouter=True,
    )
    .join(User, col(User.id) == col(Event.actor_id), isouter=True)
    .where(among_told(col(Event.seq), "numbers")),
    steady=True,
)
"""The papers of these numbers, each with its clue and its process, whoever may see them."""
_SCANS = Statement(
    select(
        *(col(Attachment.id), col(Attachment.clue_id), col(Attachment.title)),
        *(col(Attachment.scan_of), col(PageCount.pages)),
    )
    .join(PageCount, col(PageCount.sha256) == col(Attachment.sha256), isouter=True)
    .where(
        col(Attachment.clue_id).in_(
            select(col(Event.clue_id)).where(among_told(col(Event.seq), "numbers"))
        )
    )
    .order_by(col(Attachment.id)),
    steady=True,
)
"""The files of their clues, with the pages of those that were counted."""


def _lines(session: Session, office: Office, numbers: Sequence[int]) -> Iterator[IncomingLine]:
    told = {"numbers": as_text(numbers)}
    papers, files = ask(session.connection(), (_PAPERS, told), (_SCANS, told))
    scans: dict[int, list[Any]] = {}
    for one in files:
        scans.setdefault(one.clue_id, []).append(one)
    rows = {one.seq: one for one in papers}
    for row in (rows[number] for number in numbers if number in rows):
        paper = received(
            office.rules.lifecycles[row.process_kind].actions[row.action],
            row.form or {},
            day_of(row.at).isoformat(),
        )
        if paper is not None:
            scan = _scan_of(paper, row, scans.get(row.clue_id, ()))
            yield IncomingLine(
                no=row.seq,
                entered_at=row.at,
                by=row.entered_by,
                paper=paper,
                sender=_sender(office, paper, row),
                organ=office.rules.departments[_receiver(office, row)].name,
                clue=row,
                scan=scan,
                pages=(scan.pages if scan else None) or paper.page_count,
            )


def _sender(office: Office, paper: Received, row: Any) -> str:
    if paper.sender == PARTY:
        return row.subject_name or "当事人"
    return (
        office.rules.departments[row.department_id].name if paper.sender == ACTOR else paper.sender
    )


def _receiver(office: Office, row: Any) -> str:
    told = office.rules.lifecycles[row.process_kind].actions[row.action].receives
    if told is None or told.sender != ACTOR:
        return str(row.department_id)
    other = row.counterpart_id if told.comes_to == "counterpart" else row.holder_id
    return str(other or row.department_id)


def _scan_of(paper: Received, row: Any, files: Sequence[Any]) -> Any | None:
    """The file uploaded as its scan, else one whose title bears the paper's number or name."""
    act = act_key(row.process_kind, row.process_id, row.action)
    marks = [mark for mark in (paper.number, paper.title) if mark]
    named = [one for mark in marks for one in files if mark in one.title]
    return next((one for one in files if one.scan_of == act), named[0] if named else None)
