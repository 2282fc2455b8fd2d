"""The import of a file of work orders: every good row a clue, every bad one told, none twice.

Rows are committed in portions, each row behind a savepoint of its own. Without Prefect.
"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from domain.files.row_reading import Complaint
from domain.files.rows import RawRow
from domain.files.work_order import IncomingClue, RowRejection, parse_row
from domain.lifecycle.plan import Refused, standing
from domain.situation.situation import Actor
from domain.tables.process import Clue
from flows.door.first_look import without_reporter_of
from flows.door.situations import new_clue_situation
from flows.door.steps import Command, Outcome, perform_in
from flows.imports.import_result import ImportResult, Portion, Remark, Tally
from flows.imports.incoming_file import IncomingFile, Unusable, open_incoming
from flows.imports.rejections import Rejections
from flows.site.office import Office
from flows.site.store import transaction

PORTION = 100
"""Rows committed together: enough to share a sync, few enough that nobody waits long for them."""
BRIEF_PORTION = 5
"""Of these on PostgreSQL, where others write meanwhile: they wait for the head of the record no
longer than so many rows take."""
BREATH = 0.1
"""Seconds between two portions on SQLite, so that a person's click gets its turn."""
FORM_FIELDS = (
    "channel",
    "outside_no",
    "title",
    "content",
    "category",
    "place",
    "subject_name",
    "subject_code",
    "subject_phone",
    "subject_address",
    "reporter_name",
    "reporter_phone",
    "reporter_address",
)
"""What an incoming clue and the registration form call by the same name."""
DIFFERS = "该编号已登记过，但标题或内容与已登记的不同，未作改动；请核对是补充情况还是编号重复"
Progress = Callable[[int, int], None]
Fate = Outcome | RowRejection | None
"""What became of a row: a clue, a rejection, or nothing where it is a clue already."""


@dataclass(frozen=True)
class Clerk:
    """Who imports, where and when."""

    office: Office
    actor: Actor
    now: datetime


def import_file(
    clerk: Clerk,
    path: Path,
    channel: str | None = None,
    mapping: str | None = None,
    progress: Progress | None = None,
) -> ImportResult:
    """Imports a file of work orders, every good row a clue; importing it again adds nothing.

    So an import that was interrupted is begun again and goes on. Bad rows are written to a file
    that the result names. `channel` and `mapping` overrule what the header tells; `progress` hears
    of rows done and about how many there are. Raises Unusable where no row can be imported.
    """
    file = open_for(clerk, path, channel, mapping)
    tally, portion, done = Tally(), Portion(), 0
    with rejections_of(file, clerk.office) as rejections:
        for rows in file.portions(PORTION):
            if portion.registered:
                let_others_write(clerk.office)
            portion = import_rows(clerk, rows, file)
            tally.add(portion)
            for one in portion.rejections:
                rejections.add(one)
            done += len(rows)
            if progress:
                progress(done, max(file.table.total, done))
    return tally.result(file, rejections.path)


def let_others_write(office: Office) -> None:
    """A moment without a lock, where the database has only one writer at a time."""
    # SQLite's waiting writers poll with growing pauses: who begins again at once wins over them.
    if office.engine.dialect.name == "sqlite":
        time.sleep(BREATH)


def open_for(
    clerk: Clerk, path: Path, channel: str | None = None, mapping: str | None = None
) -> IncomingFile:
    """The file, ready to be read for a clerk who may register clues.

    Raises Unusable, in Chinese with what would do, for the wrong chair, file, mapping or channel.
    """
    situation = new_clue_situation(clerk.office, clerk.actor, clerk.now, clerk.actor.department)
    if reasons := standing(situation, "register", clerk.office.rules):
        raise Unusable("不能导入：" + "；".join(map(str, reasons)))
    return open_incoming(clerk.office, path, channel, mapping)


def rejections_of(file: IncomingFile, office: Office) -> Rejections:
    """Where the file's rejected rows go: beside it, else into the site's home."""
    return Rejections(file.path, file.table.columns, office.settings.home / "rejected")


def import_rows(clerk: Clerk, rows: Sequence[RawRow], file: IncomingFile) -> Portion:
    """Imports some rows; those that are clues already stay as they are.

    On SQLite in one transaction, on PostgreSQL a few at a time, so that nobody's click waits long.
    """
    size = BRIEF_PORTION if clerk.office.engine.dialect.name == "postgresql" else len(rows)
    parts = [rows[at : at + size] for at in range(0, len(rows), size or 1)]
    done = [_import_part(clerk, part, file) for part in parts]
    return Portion(
        registered=sum(one.registered for one in done),
        already_there=sum(one.already_there for one in done),
        suspected=sum(one.suspected for one in done),
        numbers=tuple(chain.from_iterable(one.numbers for one in done)),
        rejections=tuple(chain.from_iterable(one.rejections for one in done)),
        remarks=tuple(chain.from_iterable(one.remarks for one in done)),
    )


def _import_part(clerk: Clerk, rows: Sequence[RawRow], file: IncomingFile) -> Portion:
    parsed = [parse_row(row, file.mapping, clerk.now) for row in rows]
    with transaction(clerk.office.engine) as session:
        found = register_rows(session, clerk, rows, parsed)
        remarks = _remarks(session, parsed, found)
    outcomes = [one for one in found if isinstance(one, Outcome)]
    return Portion(
        registered=len(outcomes),
        already_there=found.count(None),
        suspected=sum(bool(one.suspected) for one in outcomes),
        numbers=tuple(one.clue_no for one in outcomes),
        rejections=tuple(one for one in found if isinstance(one, RowRejection)),
        remarks=remarks,
    )


def _remarks(
    session: Session, parsed: Sequence[IncomingClue | RowRejection], found: Sequence[Fate]
) -> tuple[Remark, ...]:
    """The warnings of what was registered, and which known orders came with other words."""
    pairs = list(zip(parsed, found, strict=True))
    known = registered_among(session, [one for one, fate in pairs if fate is None])
    told: list[Remark] = []
    for one, fate in pairs:
        if isinstance(one, RowRejection) or isinstance(fate, RowRejection):
            continue
        again = (DIFFERS,) if differs(one, known) else ()
        texts = again if fate is None else one.warnings
        told += (Remark(text, one.row, one.outside_no) for text in texts)
    return tuple(told)


def differs(incoming: IncomingClue, known: Mapping[tuple[str, str], tuple[str, str]]) -> bool:
    """Whether the order is registered already, with another title or content."""
    there = known.get((incoming.channel, incoming.outside_no))
    told = without_reporter_of(incoming)
    return there is not None and there != (told.title, told.content)


def register_rows(
    session: Session,
    clerk: Clerk,
    rows: Sequence[RawRow],
    parsed: Sequence[IncomingClue | RowRejection],
) -> list[Fate]:
    """What became of each row, inside a transaction of the caller's; a bad one stops none."""
    # One sync to the disk for the documents of all rows, not one for each.
    shelf = clerk.office.shelf.batch()
    batch = replace(clerk, office=replace(clerk.office, shelf=shelf))
    there = set(registered_among(session, parsed))
    found = [
        _register(session, batch, row, one, there) if isinstance(one, IncomingClue) else one
        for row, one in zip(rows, parsed, strict=True)
    ]
    shelf.sync()
    return found


def registered_among(
    session: Session, parsed: Iterable[IncomingClue | RowRejection]
) -> dict[tuple[str, str], tuple[str, str]]:
    """Title and content of those that are clues already, by channel and outside number."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    wanted: dict[str, list[str]] = {}
    for one in parsed:
        if isinstance(one, IncomingClue):
            wanted.setdefault(one.channel, []).append(one.outside_no)
    for channel, numbers in wanted.items():
        query = select(Clue.outside_no, Clue.title, Clue.content).where(
            col(Clue.channel) == channel, col(Clue.outside_no).in_(numbers)
        )
        for number, title, content in session.exec(query):
            found[channel, str(number)] = (title, content)
    return found


def command_of(incoming: IncomingClue) -> Command:
    """The registration of an incoming clue; an account stands in for a name that is not told."""
    form: dict[str, object] = {name: getattr(incoming, name) for name in FORM_FIELDS}
    form["reporter_name"] = incoming.reporter_name or incoming.reporter_account
    form["received_at"] = incoming.received_at.isoformat()
    form["confidential"] = incoming.confidential
    return Command("register", form=form, incoming=incoming)


def refused_row(row: RawRow, incoming: IncomingClue, refused: Refused) -> RowRejection:
    """A row that the registration itself refused."""
    complaints = tuple(
        Complaint("", "登记", "", reason.text, reason.article) for reason in refused.reasons
    )
    return RowRejection(row.row, incoming.outside_no, complaints, row.cells, row.sheet)


def _register(
    session: Session,
    clerk: Clerk,
    row: RawRow,
    incoming: IncomingClue,
    there: set[tuple[str, str]],
) -> Fate:
    """The clue of a row, its rejection, or None where it is a clue already."""
    key = (incoming.channel, incoming.outside_no)
    if key in there:
        return None
    # A savepoint: what a refused row has written so far, its number included, is taken back alone.
    try:
        with session.begin_nested():
            command = command_of(incoming)
            outcome = perform_in(session, clerk.office, command, clerk.actor, clerk.now)
    except Refused as refused:
        if registered_among(session, [incoming]):
            return None
        return refused_row(row, incoming, refused)
    except IntegrityError:
        # Another import committed the same order since `there` was read.
        if registered_among(session, [incoming]):
            return None
        raise
    there.add(key)
    return outcome
