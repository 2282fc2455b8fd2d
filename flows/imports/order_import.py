"""The import of a file of work orders: every good row a clue, every bad one told, none twice.

Rows are written and committed in portions, one that is refused by itself. Without Prefect.
"""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session

from domain.files.row_reading import Complaint
from domain.files.rows import RawRow
from domain.files.work_order import IncomingClue, RowRejection
from domain.lifecycle.plan import Refused, standing
from flows.afterwards.intake_reports import Arrival, order_report
from flows.door.first_look import SUSPECTED
from flows.door.situations import new_clue_situation
from flows.door.steps import Command, Outcome, perform_in, register_in
from flows.imports.beside import Beside, opened_beside
from flows.imports.clerk import Clerk
from flows.imports.import_result import ImportResult, Portion, Remark, Tally
from flows.imports.incoming_file import IncomingFile, Unusable, open_incoming
from flows.imports.known_orders import Key, KnownOrder, keep_secret, known_among, said_again
from flows.imports.other_process import YOUNG
from flows.imports.reading_ahead import ReadRow, read_rows
from flows.imports.rejections import Rejections
from flows.matching.comparison import Comparer, compare_beside
from flows.matching.looks import Look
from flows.site.office import Office
from flows.site.portions import gathered, settle
from flows.site.store import let_others_write, transaction

PORTION = 90
"""Rows committed together: enough to share a sync, few enough that nobody waits long for them (a
sixth of a second, as fifty took before others helped)."""
BRIEF_PORTION = 20
"""Of these on PostgreSQL, where others write meanwhile: they wait for the head of the record no
longer than so many rows take."""
MADE, USUAL = 1_000_000, gc.get_threshold()
"""So many values are made before Python looks for circles while rows are imported, and else: it is
told to look between portions, when next to nothing is there to look through."""
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
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Again:
    """A row that is a clue already, and what it says otherwise."""

    remarks: tuple[str, ...] = ()


Known = dict[Key, KnownOrder | None]
"""The orders that are clues; None for what this portion has made one, read when it is asked for."""
Fate = Outcome | RowRejection | Again
"""What became of a row: a clue, a rejection, or that it is a clue already."""


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
    opened = partial(open_for, clerk, path, channel, mapping)
    with opened_beside(clerk.office.engine, path, opened) as (file, beside), _seldom_tidied():
        tally, rejected = _imported(clerk, file, beside, progress)
    result = tally.result(file, rejected)
    if result.numbers:
        _order_report(clerk, file, result)
    return result


def _imported(
    clerk: Clerk, file: IncomingFile, beside: Beside, progress: Progress | None
) -> tuple[Tally, Path | None]:
    """What became of the rows, and where the rejected ones are."""
    tally, portion, done = Tally(), Portion(), 0
    with rejections_of(file, clerk.office) as rejections:
        for rows in read_rows(clerk, file, PORTION, beside.reader):
            if portion.registered:
                let_others_write(clerk.office.engine)
            portion = import_rows(clerk, rows, beside.comparer)
            gc.collect(YOUNG)
            tally.add(portion)
            for one in portion.rejections:
                rejections.add(one)
            done += len(rows)
            if progress:
                progress(done, max(file.table.total, done))
    return tally, rejections.path


@contextmanager
def _seldom_tidied() -> Iterator[None]:
    """Python looks for values that only hold each other when it is told to: rows leave hardly any.

    Those that were there before are not looked at again and again. A process that has frozen what
    it has loaded, as those of the web have, keeps that so: thawing goes for all that is frozen.
    """
    is_mine = not gc.get_freeze_count()
    if is_mine:
        gc.freeze()
    gc.set_threshold(MADE, *USUAL[1:])
    try:
        yield
    finally:
        gc.set_threshold(*USUAL)
        if is_mine:
            gc.unfreeze()


def _order_report(clerk: Clerk, file: IncomingFile, result: ImportResult) -> None:
    arrival = Arrival(
        door="file",
        channel=file.mapping.channel,
        registered=result.registered,
        already_there=result.already_there,
        rejected=result.rejected,
        suspected=result.suspected,
    )
    with transaction(clerk.office.engine) as session:
        order_report(session, arrival, result.numbers[0], clerk.now)


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


def import_rows(clerk: Clerk, rows: Sequence[ReadRow], comparer: Comparer | None = None) -> Portion:
    """Imports some rows; those that are clues already stay as they are.

    On SQLite in one transaction, on PostgreSQL a few at a time, so that nobody's click waits long.
    """
    size = BRIEF_PORTION if clerk.office.engine.dialect.name == "postgresql" else len(rows)
    parts = [rows[at : at + size] for at in range(0, len(rows), size or 1)]
    done = [_import_part(clerk, part, comparer) for part in parts]
    return Portion(
        registered=sum(one.registered for one in done),
        already_there=sum(one.already_there for one in done),
        suspected=sum(one.suspected for one in done),
        numbers=tuple(chain.from_iterable(one.numbers for one in done)),
        rejections=tuple(chain.from_iterable(one.rejections for one in done)),
        remarks=tuple(chain.from_iterable(one.remarks for one in done)),
    )


def _import_part(clerk: Clerk, rows: Sequence[ReadRow], comparer: Comparer | None) -> Portion:
    parsed = [one.parsed for one in rows]
    with transaction(clerk.office.engine, is_followed=True) as session:
        compare_beside(session, comparer)
        found = register_rows(session, clerk, rows)
    outcomes = [one for one in found if isinstance(one, Outcome)]
    return Portion(
        registered=len(outcomes),
        already_there=sum(isinstance(one, Again) for one in found),
        suspected=sum(bool(one.suspected) for one in outcomes),
        numbers=tuple(one.clue_no for one in outcomes),
        rejections=tuple(one for one in found if isinstance(one, RowRejection)),
        remarks=tuple(_remarks(parsed, found)),
    )


def _remarks(
    parsed: Sequence[IncomingClue | RowRejection], fates: Sequence[Fate]
) -> Iterator[Remark]:
    """The warnings of what was registered, and which known orders came with other words."""
    for one, fate in zip(parsed, fates, strict=True):
        if isinstance(one, IncomingClue) and not isinstance(fate, RowRejection):
            texts = fate.remarks if isinstance(fate, Again) else one.warnings
            yield from (Remark(text, one.row, one.outside_no) for text in texts)


def register_rows(session: Session, clerk: Clerk, rows: Sequence[ReadRow]) -> list[Fate]:
    """What became of each row, inside a transaction of the caller's; a bad one stops none."""
    parsed = [one.parsed for one in rows]
    there: Known = {**known_among(session, parsed, clerk.office.keys)}
    return _fates(session, clerk, rows, there)


def _fates(session: Session, clerk: Clerk, rows: Sequence[ReadRow], there: Known) -> list[Fate]:
    """What became of some rows: written together; where one fails, its half is, and at last it."""
    if len(rows) == 1:
        return [_tried(session, clerk, rows[0], there)]
    before = dict(there)
    try:
        with session.begin_nested(), gathered(session) as told:
            fates = _together(session, clerk, rows, there)
    except (Refused, IntegrityError):
        there.clear()
        there |= before
        half = len(rows) // 2
        first = _fates(session, clerk, rows[:half], there)
        return first + _fates(session, clerk, rows[half:], there)
    return [
        replace(one, suspected=told[SUSPECTED, one.clue_id]) if isinstance(one, Outcome) else one
        for one in fates
    ]


def _together(session: Session, clerk: Clerk, rows: Sequence[ReadRow], there: Known) -> list[Fate]:
    """The fates of some rows: new ones are registered together, up to one that comes again."""
    fates: dict[int, Fate] = {}
    fresh: dict[int, Command] = {}

    def register() -> None:
        made = register_in(session, clerk.office, [*fresh.values()], clerk.actor, clerk.now)
        fates.update(zip(fresh, made, strict=True))
        fresh.clear()

    for place, row in enumerate(rows):
        if isinstance(row.parsed, RowRejection):
            fates[place] = row.parsed
        elif (row.parsed.channel, row.parsed.outside_no) in there:
            register()
            fates[place] = _again(session, clerk, row.parsed, there)
        else:
            there[row.parsed.channel, row.parsed.outside_no] = None
            fresh[place] = command_of(row.parsed, row.look)
    register()
    return [fates[place] for place in range(len(rows))]


def command_of(incoming: IncomingClue, look: Look | None = None) -> Command:
    """The registration of an incoming clue; an account stands in for a name that is not told.

    `look`: what was seen of it already.
    """
    form: dict[str, object] = {name: getattr(incoming, name) for name in FORM_FIELDS}
    form["reporter_name"] = incoming.reporter_name or incoming.reporter_account
    form["received_at"] = incoming.received_at.isoformat()
    form["confidential"] = incoming.confidential
    return Command("register", form=form, incoming=incoming, look=look)


def refused_row(row: RawRow, incoming: IncomingClue, refused: Refused) -> RowRejection:
    """A row that the registration itself refused."""
    complaints = tuple(
        Complaint("", "登记", "", reason.text, reason.article) for reason in refused.reasons
    )
    return RowRejection(row.row, incoming.outside_no, complaints, row.cells, row.sheet)


def _tried(session: Session, clerk: Clerk, row: ReadRow, there: Known) -> Fate:
    """The clue of a row, its rejection, or what to say of one that is a clue already."""
    # A savepoint: what a refused row has written so far, its number included, is taken back alone.
    try:
        with session.begin_nested():
            return _register(session, clerk, row, there)
    except (Refused, IntegrityError) as stopped:
        incoming = row.parsed
        if not isinstance(incoming, IncomingClue):
            raise
        # Another import committed the same order since `there` was read, or it is refused.
        there |= known_among(session, [incoming], clerk.office.keys)
        if (incoming.channel, incoming.outside_no) in there:
            return _again(session, clerk, incoming, there)
        if isinstance(stopped, Refused):
            return refused_row(row.raw, incoming, stopped)
        raise


def _register(session: Session, clerk: Clerk, row: ReadRow, there: Known) -> Fate:
    """The clue of a row, its rejection, or what to say of one that is a clue already."""
    incoming = row.parsed
    if isinstance(incoming, RowRejection):
        return incoming
    key = (incoming.channel, incoming.outside_no)
    if key in there:
        return _again(session, clerk, incoming, there)
    command = command_of(incoming, row.look)
    outcome = perform_in(session, clerk.office, command, clerk.actor, clerk.now)
    there[key] = None
    return outcome


def _again(session: Session, clerk: Clerk, incoming: IncomingClue, there: Known) -> Again:
    """What to say of a known order; a wish for secrecy that it brings is kept."""
    settle(session)  # it may have become a clue a moment ago
    key = (incoming.channel, incoming.outside_no)
    known = there[key] or known_among(session, [incoming], clerk.office.keys)[key]
    told = said_again(incoming, known)
    if incoming.confidential and not known.confidential:
        keep_secret(session, clerk, known)
        known = replace(known, confidential=True)
    there[key] = known
    return Again(told)
