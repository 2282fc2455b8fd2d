"""A trial of an import: what each row would become, with nothing changed."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlmodel import Session, SQLModel, col, create_engine, select

from domain.duplicates.fingerprints import Fingerprint
from domain.duplicates.groups import Groups
from domain.duplicates.matching import Suspicion, duplicates_of, with_groups
from domain.duplicates.rarity import UNKNOWN, Rarity
from domain.files.column_mapping import ColumnMapping
from domain.files.row_reading import RowReading
from domain.files.rows import RawRow
from domain.files.work_order import IncomingClue, RowRejection, parse_row, title_of
from domain.lifecycle.plan import Refused, plan
from domain.routing.routing import Routing
from domain.tables import matching as tables
from domain.tables.process import Clue
from flows.door.duplicates import decided_with, keep_fingerprint, likely_duplicates
from flows.door.first_look import clue_fingerprint, suggest
from flows.door.situations import new_clue_situation
from flows.imports.clerk import Clerk
from flows.imports.incoming_file import IncomingFile
from flows.imports.known_orders import KnownOrder, known_among, said_again
from flows.imports.order_import import PORTION, command_of, refused_row
from flows.matching.word_rarity import rarity_in
from flows.site.store import reading

NOTED = ("fingerprint", "fingerprint_band", "pair_shares")
SHOWN = 5
"""So many suspected duplicates are shown with a row."""
OTHERWISE = "本文件中该编号已有一行，但标题或内容不同，不登记；请核对是补充情况还是编号重复"
AGAIN = "同一外部编号已经登记，导入时不重复登记。"


@dataclass(frozen=True)
class Trial:
    """What a row would become: a clue with its suspected duplicates and routing, or a rejection.

    `ref` is the outside number, else the place of the row; suspicions name others by theirs.
    `related` are those of the same object with another problem: no duplicates.
    """

    row: int
    ref: str
    title: str = ""
    sheet: str = ""
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    suspicions: tuple[Suspicion, ...] = ()
    related: tuple[Suspicion, ...] = ()
    routing: Routing | None = None
    already_there: bool = False
    rejection: RowRejection | None = None

    @property
    def reason(self) -> str:
        """Why it would go where it would go."""
        told = self.routing.reason if self.routing else ""
        return told + (AGAIN if self.already_there else "")


def try_file(clerk: Clerk, file: IncomingFile) -> Iterator[Trial]:
    """What each row of the file would become, against the clues there and the rows before it.

    Nothing is changed. Rows come as they are read, so that a large file can be shown from its top.
    """
    with _notebook() as notes:
        for rows in file.portions(PORTION):
            with reading(clerk.office.engine) as session:
                yield from _try_rows(_Desk(clerk, session, notes), rows, file)


@dataclass(frozen=True)
class _Desk:
    """The store to compare with, and notes of the rows read so far."""

    clerk: Clerk
    store: Session
    notes: "_Notes"


def _try_rows(desk: _Desk, rows: Sequence[RawRow], file: IncomingFile) -> Iterator[Trial]:
    parsed = [parse_row(row, file.mapping, desk.clerk.now) for row in rows]
    there = known_among(desk.store, parsed, desk.clerk.office.keys)
    for row, one in zip(rows, parsed, strict=True):
        told = one if isinstance(one, RowRejection) else _objection(desk.clerk, row, one)
        if told is not None:
            yield _rejected(told, _title(row, file.mapping))
        elif isinstance(one, IncomingClue):
            found = _accepted(desk, one, there.get((one.channel, one.outside_no)))
            yield replace(found, sheet=row.sheet)


def _objection(clerk: Clerk, row: RawRow, incoming: IncomingClue) -> RowRejection | None:
    """What the registration itself would object to."""
    office, actor, now = clerk.office, clerk.actor, clerk.now
    situation = new_clue_situation(office, actor, now, actor.department)
    try:
        plan(replace(situation, form=command_of(incoming).form), "register", office.rules)
    except Refused as refused:
        return refused_row(row, incoming, refused)
    return None


def _rejected(one: RowRejection, title: str) -> Trial:
    ref = one.outside_no or f"{one.sheet}第{one.row}行"
    errors = tuple(str(each) for each in one.complaints)
    return Trial(one.row, ref, title, one.sheet, errors, rejection=one)


def _title(row: RawRow, mapping: ColumnMapping) -> str:
    """What a rejected row is about, as far as it can be read."""
    reading = RowReading(mapping, row)
    return reading.line("title") or title_of(reading.block("content"))


def _accepted(desk: _Desk, incoming: IncomingClue, there: KnownOrder | None) -> Trial:
    office = desk.clerk.office
    routing = suggest(office, incoming, desk.clerk.actor.department, desk.store)
    rarity = rarity_in(desk.store)
    rarity = rarity_in(desk.notes.session) if rarity is UNKNOWN else rarity
    own = clue_fingerprint(office, incoming, routing, rarity)
    found = [
        *_suspected(desk.store, own, rarity),
        *_suspected(desk.notes.session, own, rarity),
    ]
    settled = _decided(desk.store, there.clue_id) if there else frozenset()
    by_ref = {
        one.key: one for one in sorted(found, key=lambda one: one.score) if one.key not in settled
    }
    ranked = sorted(by_ref.values(), key=lambda one: (-one.score, one.key))
    listed = with_groups(own.key, duplicates_of(ranked)[:SHOWN], desk.notes.groups)
    before = desk.notes.text_of(own)
    again = said_again(incoming, there)
    if before is None:
        desk.notes.write_down(own)
    elif before != own.text and not again:
        again = (OTHERWISE,)
    is_known = there is not None or before is not None
    return Trial(
        row=incoming.row,
        ref=incoming.outside_no,
        title=incoming.title,
        warnings=again if is_known else incoming.warnings,
        suspicions=tuple(one for one in listed if one.key not in settled),
        related=tuple(one for one in ranked if one.kind == "related")[:SHOWN],
        routing=routing,
        already_there=is_known,
    )


def _decided(session: Session, clue_id: int) -> frozenset[str]:
    """The clues that a person compared with this one already, called as `_suspected` does."""
    query = select(Clue.outside_no, Clue.no).where(col(Clue.id).in_(decided_with(session, clue_id)))
    return frozenset(outside or own for outside, own in session.exec(query))


def _suspected(session: Session, own: Fingerprint, rarity: Rarity) -> list[Suspicion]:
    """The suspicions of a store, its clues called by outside number or else by their own."""
    found = likely_duplicates(session, own, rarity)
    if not found:
        return []
    query = select(tables.Fingerprint.clue_id, tables.Fingerprint.outside_no).where(
        col(tables.Fingerprint.clue_id).in_([int(one.key) for one in found])
    )
    refs = {str(clue_id): number for clue_id, number in session.exec(query)}
    return [replace(one, key=refs[one.key] or _own_number(session, one.key)) for one in found]


def _own_number(session: Session, clue_id: str) -> str:
    return session.exec(select(Clue.no).where(col(Clue.id) == int(clue_id))).one()


@dataclass
class _Notes:
    """The rows read so far, in a store of their own, so that memory does not grow with the file."""

    session: Session
    groups: Groups = field(default_factory=Groups)
    count: int = 0

    def text_of(self, own: Fingerprint) -> str | None:
        """What this order said among the rows before; None where it was not there."""
        query = select(tables.Fingerprint.text).where(
            col(tables.Fingerprint.outside_no) == own.outside_no,
            col(tables.Fingerprint.channel) == own.channel,
        )
        return self.session.exec(query).first()

    def write_down(self, own: Fingerprint) -> None:
        """Lets the rows after be compared with this one."""
        self.count += 1
        keep_fingerprint(self.session, self.count, own)


@contextmanager
def _notebook() -> Iterator[_Notes]:
    """Empty notes, thrown away at the end."""
    with TemporaryDirectory(prefix="yisong-") as folder:
        engine = create_engine(f"sqlite:///{Path(folder) / 'notes.sqlite3'}")
        kept = [SQLModel.metadata.tables[name] for name in NOTED]
        SQLModel.metadata.create_all(engine, tables=kept)
        with Session(engine) as session:
            yield _Notes(session)
        engine.dispose()
