"""A clue as one transaction holds it: its row locked, with what hangs on it read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Executable, Row, bindparam
from sqlalchemy import select as sqlalchemy_select
from sqlmodel import Session, col, select

from documents.facts.paper import Issued
from domain.rulebook.rulebook import Rulebook
from domain.tables.process import Clock, Clue
from domain.tables.record import IssuedDocument

# Statements made once: putting one together costs as much as carrying it out.
LOCKED_CLUE = (
    select(Clue)
    .where(col(Clue.id) == bindparam("clue"))
    .with_for_update(key_share=True)
    .execution_options(populate_existing=True)
)
OPEN_CLOCKS = (
    select(Clock)
    .where(col(Clock.clue_id) == bindparam("clue"), col(Clock.ended_at).is_(None))
    .order_by(col(Clock.id))
)
PAPERS = (
    sqlalchemy_select(
        col(IssuedDocument.kind),
        col(IssuedDocument.title),
        col(IssuedDocument.number),
        col(IssuedDocument.organ),
        col(IssuedDocument.issued_at),
    )
    .where(
        col(IssuedDocument.clue_id) == bindparam("clue"), col(IssuedDocument.voided_at).is_(None)
    )
    .order_by(col(IssuedDocument.id))
)


@dataclass(frozen=True)
class Held:
    """A clue's row, its open clocks and the documents issued for it, oldest first.

    `clocks` grows by those the transaction opens.
    """

    clue: Clue
    clocks: list[Clock]
    papers: tuple[Issued, ...] = ()


def lock_clue(session: Session, clue_id: int) -> Clue:
    """The clue's row, held until the transaction ends; one who comes second waits.

    First of all that a step locks, so that no two steps wait for each other. Raises LookupError.
    `key_share`: who only points to the row (a suspected duplicate) does not wait.
    """
    clue = session.exec(LOCKED_CLUE, params={"clue": clue_id}).one_or_none()
    if clue is None:
        raise LookupError(f"没有编号为{clue_id}的线索")
    return clue


def with_its_own(session: Session, rules: Rulebook, clue: Clue) -> Held:
    """The clue with its clocks and papers as they are now."""
    return Held(clue, open_clocks(session, clue), issued_papers(session, rules, clue.id or 0))


def open_clocks(session: Session, clue: Clue) -> list[Clock]:
    """The open clocks of a clue and its processes, oldest first."""
    return list(session.exec(OPEN_CLOCKS, params={"clue": clue.id}))


def issued_papers(session: Session, rules: Rulebook, clue_id: int) -> tuple[Issued, ...]:
    """The documents of a clue as later ones cite them, oldest first; voided ones are not."""
    return tuple(
        Issued(one.kind, one.title, one.number, rules.departments[one.organ].name, one.issued_at)
        for one in looked_up(session, PAPERS, {"clue": clue_id})
    )


def looked_up(
    session: Session, statement: Executable, values: Mapping[str, object]
) -> list[Row[Any]]:
    """Plain rows, which no session keeps and nobody can change: a third of an entity's cost."""
    return list(session.connection().execute(statement, dict(values)))
