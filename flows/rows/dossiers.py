"""Rows of a clue or undertaking: read together, and written back where a step changed them.

No session keeps them. What is made of a row here is changed freely; `Standing` knows what differs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Table, Update, bindparam, func, insert, select, update
from sqlalchemy.orm.instrumentation import manager_of_class
from sqlmodel import SQLModel, col

from domain.tables.attachment import Attachment, PageCount
from domain.tables.interface import Webhook
from domain.tables.process import Clue, Process
from domain.tables.record import Event, IssuedDocument
from domain.tables.row import Row
from domain.tables.undertaking import Undertaking
from flows.rows.known_ids import among_told
from flows.rows.statements import Order, Statement, Values, ask

Made = TypeVar("Made", bound=Row)
_TABLES = SQLModel.metadata.tables
_CLUE, _UNDERTAKING, _CLOCK = (_TABLES[one] for one in ("clue", "undertaking", "clock"))
LOCKED = {
    Clue: Statement(
        select(_CLUE).where(_CLUE.c.id == bindparam("root")).with_for_update(key_share=True)
    ),
    Undertaking: Statement(
        select(_UNDERTAKING)
        .where(_UNDERTAKING.c.id == bindparam("root"))
        .with_for_update(key_share=True)
    ),
}
"""By its table: a dossier's row, held until the transaction ends."""
ALL_CLOCKS = Statement(
    select(_CLOCK).where(_CLOCK.c.clue_id == bindparam("clue")).order_by(_CLOCK.c.id)
)
_RUNNING = select(_CLOCK).where(_CLOCK.c.ended_at.is_(None)).order_by(_CLOCK.c.id)
_PAPERS = (
    select(
        col(IssuedDocument.clue_id),
        col(IssuedDocument.id),
        col(IssuedDocument.kind),
        col(IssuedDocument.title),
        col(IssuedDocument.number),
        col(IssuedDocument.organ),
        col(IssuedDocument.issued_at),
        col(IssuedDocument.process_kind),
        col(IssuedDocument.process_id),
        col(IssuedDocument.left_at),
        col(IssuedDocument.replaces_id),
        col(IssuedDocument.serves_id),
        col(PageCount.pages),
    )
    .join(PageCount, col(PageCount.sha256) == col(IssuedDocument.sha256), isouter=True)
    .where(col(IssuedDocument.voided_at).is_(None))
    .order_by(col(IssuedDocument.id))
)
_PROCESSES = select(
    col(Process.clue_id),
    col(Process.id),
    col(Process.kind),
    col(Process.state),
    col(Process.department_id),
    col(Process.counterpart_id),
    col(Process.parent_id),
    col(Process.version),
    col(Process.facts),
    col(Process.opened_at),
).order_by(col(Process.id))
_FILES = (
    select(col(Attachment.clue_id), col(Attachment.title), col(PageCount.pages))
    .join(PageCount, col(PageCount.sha256) == col(Attachment.sha256), isouter=True)
    .order_by(col(Attachment.id))
)
OPEN_CLOCKS, PAPERS, PROCESSES, FILES = HANGING = (
    Statement(_RUNNING.where(_CLOCK.c.clue_id == bindparam("clue"))),
    Statement(_PAPERS.where(col(IssuedDocument.clue_id) == bindparam("clue"))),
    Statement(_PROCESSES.where(col(Process.clue_id) == bindparam("clue"))),
    Statement(_FILES.where(col(Attachment.clue_id) == bindparam("clue"))),
)
"""What hangs on a dossier: its open limits, papers, processes, and all uploaded files.

Files and papers with their pages where these were counted.
"""
HANGING_ON_MANY = (
    Statement(_RUNNING.where(among_told(_CLOCK.c.clue_id, "clues")), steady=True),
    Statement(_PAPERS.where(among_told(col(IssuedDocument.clue_id), "clues")), steady=True),
    Statement(_PROCESSES.where(among_told(col(Process.clue_id), "clues")), steady=True),
    Statement(_FILES.where(among_told(col(Attachment.clue_id), "clues")), steady=True),
)
"""The same of many dossiers, in one reading each."""
MANY_CLUES = Statement(select(_CLUE).where(among_told(_CLUE.c.id, "clues")), steady=True)
_LISTENERS = select(col(Webhook.id)).where(col(Webhook.ended_at).is_(None)).exists()
LISTENERS = Statement(select(_LISTENERS.label("any")))
"""Whether any other system is told of steps."""
BESIDE = Statement(
    select(func.max(col(Event.at)).label("last"), _LISTENERS.label("is_heard")).where(
        col(Event.clue_id) == bindparam("clue")
    )
)
"""When something happened to a dossier last, and whether any other system is told of steps."""


class Conflict(Exception):
    """Somebody else acted in between; the caller looks again."""


@dataclass
class Standing(Generic[Made]):
    """What was made of a row, and the row as it stands in the database."""

    made: Made
    row: dict[str, Any]

    def order(self) -> tuple[Statement, Values] | None:
        """What brings the row to what was made of it; None where they are the same."""
        made, row = vars(self.made), self.row
        changed = {
            name: now
            for name, before in row.items()
            if (now := made[name]) is not before and now != before
        }
        if not changed:
            return None
        row.update(changed)
        return _changing(type(self.made), tuple(changed)), {**changed, "own_id": row["id"]}


def standing(kind: type[Made], row: Any) -> Standing[Made]:
    """A row read just now, as what its table calls it."""
    columns = row._asdict()
    made: Made = manager_of_class(kind).new_instance()
    vars(made).update(columns)
    return Standing(made, columns)


def save(
    connection: Connection,
    waiting: Sequence[Order],
    known: Iterable[Standing[Any]],
    made: Iterable[Row],
) -> list[Standing[Any]]:
    """Writes what waits, then what changed, then new rows, each of which learns its id.

    What changed goes before what is new: an ended limit makes room for its successor. Raises
    Conflict where a change that waited finds its row no more as it was seen.
    """
    changes: dict[Statement, list[Values]] = {}
    for statement, values in filter(None, (one.order() for one in known)):
        changes.setdefault(statement, []).append(values)
    rows = [(one, _columns(one)) for one in made]
    if not (waiting or changes or rows):
        return []
    adding = ((_adding(type(one)), row) for one, row in rows)
    found = ask(connection, *waiting, *changes.items(), *adding)
    for (statement, _), answer in zip(waiting, found, strict=False):
        if isinstance(statement.clause, Update) and answer != 1:
            raise Conflict
    for (one, row), [answer] in zip(rows, found[len(waiting) + len(changes) :], strict=True):
        one.id = row["id"] = answer.id  # type: ignore[attr-defined]
    return [Standing(one, row) for one, row in rows]


def save_many(connection: Connection, made: Iterable[Row]) -> None:
    """Writes new rows, those of a table with one statement; none learns its id."""
    kinds: dict[tuple[type[Row], bool], list[Values]] = {}
    for one in made:
        row = vars(one)
        kinds.setdefault((type(one), row["id"] is not None), []).append(row)
    for kind, rows in kinds.items():
        ask(connection, (_adding_many(*kind), rows))


def _columns(made: Row) -> dict[str, Any]:
    # No session has it: nothing of it is still to be read.
    told = vars(made)
    return {name: told[name] for name in _names(type(made))}


def _table(kind: type[Row]) -> Table:
    return _TABLES[str(kind.__tablename__)]


@cache
def _names(kind: type[Row]) -> tuple[str, ...]:
    return tuple(one.name for one in _table(kind).c)


@cache
def _adding(kind: type[Row]) -> Statement:
    table = _table(kind)
    names = [one for one in _names(kind) if one != "id"]
    return Statement(insert(table).returning(table.c.id), *names)


@cache
def _adding_many(kind: type[Row], has_id: bool) -> Statement:
    names = [one for one in _names(kind) if has_id or one != "id"]
    return Statement(insert(_table(kind)), *names)


@cache
def _changing(kind: type[Row], names: tuple[str, ...]) -> Statement:
    table = _table(kind)
    values: dict[str, Any] = {name: bindparam(name) for name in names}
    return Statement(update(table).where(table.c.id == bindparam("own_id")).values(values))
