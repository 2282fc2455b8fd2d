"""What Prefect is told of the record: each step by its clue's number, and nothing of its content.

The record is its own outbox: a mark says how far along it Prefect has been told, so that a step
costs nothing more, and none is left out. No person, no word of a clue and no reason is passed on;
a transfer to the supervision commission is not mentioned at all. No Prefect here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, update
from sqlmodel import Session, col, func, select

from domain.lifecycle.visibility import KEPT_KINDS
from domain.rulebook.rulebook import Rulebook
from domain.tables.dossier import Dossier
from domain.tables.record import Event
from domain.tables.site import RecordTold
from flows.site.office import Office
from flows.site.store import reading, transaction

LISTENER = "prefect"
COLUMNS = (
    col(Event.seq),
    col(Event.process_kind),
    col(Event.action),
    col(Event.from_state),
    col(Event.to_state),
    col(Event.department_id),
    col(Event.at),
    col(Event.hash),
    col(Dossier.kind),
    col(Dossier.no),
)
MICROSECONDS = 1_000_000


@dataclass(frozen=True)
class StepNote:
    """A step as others may know it: `kind` and `no` of its dossier, names and labels of the rest.

    `ends`: with it the dossier's main line has come to an end. `mark`: a name that no other step of
    any site bears.
    """

    seq: int
    mark: UUID
    kind: str
    no: str
    name: str
    process: str
    label: str
    state: str
    department: str
    at: datetime
    ends: bool

    @property
    def ordered_at(self) -> datetime:
        """The moment to the second, and within it by the order of the record: what one transaction
        did has one moment, and moments alone would not tell what came first.
        """
        return self.at.replace(microsecond=self.seq % MICROSECONDS)


@dataclass(frozen=True)
class Portion:
    """Steps that follow one another, and the last number of the record that was looked at."""

    notes: tuple[StepNote, ...]
    upto: int


def told_upto(office: Office) -> int:
    """The last number of the record that Prefect is known to have."""
    with reading(office.engine) as session:
        row = session.get(RecordTold, LISTENER)
    return row.seq if row is not None else 0


def anything_untold(office: Office) -> bool:
    """Whether the record has grown since."""
    with reading(office.engine) as session:
        newest = session.exec(select(func.max(col(Event.seq)))).one()
        row = session.get(RecordTold, LISTENER)
    return (newest or 0) > (row.seq if row is not None else 0)


def mark_told(office: Office, upto: int) -> None:
    """Notes how far Prefect has been told; the mark never goes back."""
    with transaction(office.engine) as session:
        if session.get(RecordTold, LISTENER) is None:
            session.add(RecordTold(name=LISTENER, seq=upto))
            return
        mine = [col(RecordTold.name) == LISTENER, col(RecordTold.seq) < upto]
        session.connection().execute(update(RecordTold).where(*mine).values(seq=upto))


def steps_after(office: Office, seq: int, most: int) -> Portion:
    """The steps among the next `most` events of the record; what is no step is passed over."""
    query = _events().where(col(Event.seq) > seq).limit(most)
    with reading(office.engine) as session:
        rows = session.connection().execute(query).all()
    notes = [one for row in rows if (one := _note(office.rules, row)) is not None]
    return Portion(tuple(notes), rows[-1].seq if rows else seq)


def steps_of(session: Session, office: Office, no: str) -> Sequence[StepNote]:
    """All steps of a clue or undertaking, in order."""
    rows = session.connection().execute(_events().where(col(Dossier.no) == no)).all()
    return [one for row in rows if (one := _note(office.rules, row)) is not None]


def _events() -> Any:
    joined = col(Event.clue_id) == col(Dossier.id)
    return select(*COLUMNS).outerjoin(Dossier, joined).order_by(col(Event.seq))  # type: ignore[call-overload]


def _note(rules: Rulebook, row: Row[Any]) -> StepNote | None:
    """The note of an event; None for what is no step of a table, or is kept."""
    lifecycle = rules.lifecycles.get(row.process_kind)
    action = lifecycle.actions.get(row.action) if lifecycle else None
    if lifecycle is None or action is None or row.no is None or row.process_kind in KEPT_KINDS:
        return None
    state = lifecycle.states.get(row.to_state)
    return StepNote(
        seq=row.seq,
        mark=UUID(row.hash[:32]),
        kind="clue" if row.kind == "clue" else "undertaking",
        no=row.no,
        name=f"{row.process_kind}.{row.action}",
        process=lifecycle.label,
        label=action.label,
        state=state.label if state else row.to_state,
        department=row.department_id,
        at=row.at,
        ends=lifecycle.is_root and state is not None and state.ended,
    )
