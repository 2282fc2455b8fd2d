"""A clue or undertaking as one transaction holds it: locked, with what hangs on it read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Executable, Row, bindparam
from sqlalchemy import select as sqlalchemy_select
from sqlmodel import Session, col, select

from documents.facts.paper import Issued
from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import Law
from domain.tables.attachment import PageCount
from domain.tables.process import Clock, Clue
from domain.tables.record import IssuedDocument
from domain.tables.undertaking import Undertaking

Root = Clue | Undertaking
"""The row of a dossier's main line."""

# Statements made once: putting one together costs as much as carrying it out.
LOCKED_CLUE = (
    select(Clue)
    .where(col(Clue.id) == bindparam("root"))
    .with_for_update(key_share=True)
    .execution_options(populate_existing=True)
)
LOCKED_UNDERTAKING = (
    select(Undertaking)
    .where(col(Undertaking.id) == bindparam("root"))
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
    .where(
        col(IssuedDocument.clue_id) == bindparam("clue"), col(IssuedDocument.voided_at).is_(None)
    )
    .order_by(col(IssuedDocument.id))
)


@dataclass(frozen=True)
class Held:
    """The row of a clue or undertaking, its open clocks and its documents, oldest first.

    `clocks` grows by those the transaction opens; of one that `is_new` they are all it has.
    """

    root: Root
    clocks: list[Clock]
    papers: tuple[Issued, ...] = ()
    is_new: bool = False


def new_held(root: Root) -> Held:
    """A clue or undertaking that the transaction has just made: nothing hangs on it yet."""
    return Held(root, [], is_new=True)


def lock_clue(session: Session, clue_id: int) -> Clue:
    """The clue's row, held until the transaction ends; one who comes second waits.

    First of all that a step locks, so that no two steps wait for each other. Raises LookupError.
    `key_share`: who only points to the row (a suspected duplicate) does not wait.
    """
    clue = session.exec(LOCKED_CLUE, params={"root": clue_id}).one_or_none()
    if clue is None:
        raise LookupError(f"没有编号为{clue_id}的线索")
    return clue


def lock_dossier(session: Session, rules: Rulebook, process: str, dossier_id: int) -> Root:
    """The row of the clue or undertaking that a kind of process belongs to, held likewise.

    One look: the kind of the process tells in which of the two tables to look. LookupError where
    there is no such dossier, or it is another kind of undertaking.
    """
    lifecycle = rules.lifecycles[rules.lifecycles[process].root]
    if lifecycle.process == "clue":
        return lock_clue(session, dossier_id)
    row = session.exec(LOCKED_UNDERTAKING, params={"root": dossier_id}).one_or_none()
    if row is None or row.kind != lifecycle.process:
        raise LookupError(f"没有编号为{dossier_id}的{lifecycle.label}")
    return row


def table_of(rules: Rulebook, process: str) -> type[Clue] | type[Undertaking]:
    """The table with the main line to which a kind of process belongs."""
    return Clue if rules.lifecycles[process].root == "clue" else Undertaking


def root_of(session: Session, rules: Rulebook, process: str, dossier_id: int) -> Root:
    """The row of the clue or undertaking that a kind of process belongs to, only looked at."""
    if rules.lifecycles[process].root == "clue":
        return session.get_one(Clue, dossier_id)
    return session.get_one(Undertaking, dossier_id)


def kind_of(root: Root) -> str:
    """The lifecycle of a main line: `clue`, or that of an undertaking."""
    return "clue" if isinstance(root, Clue) else root.kind


def called(rules: Law, root: Root) -> str:
    """How a clue or undertaking is spoken of: 线索XS2026000012."""
    return f"{rules.lifecycles[kind_of(root)].label}{root.no}"


def with_its_own(session: Session, rules: Rulebook, root: Root) -> Held:
    """The clue or undertaking with its clocks and papers as they are now."""
    dossier = root.id or 0
    return Held(root, open_clocks(session, dossier), issued_papers(session, rules, dossier))


def open_clocks(session: Session, dossier_id: int) -> list[Clock]:
    """The open clocks of a clue or undertaking and its processes, oldest first."""
    return list(session.exec(OPEN_CLOCKS, params={"clue": dossier_id}))


def issued_papers(session: Session, rules: Rulebook, clue_id: int) -> tuple[Issued, ...]:
    """The documents of a dossier as later ones cite them, oldest first; voided ones are not."""
    return tuple(
        Issued(
            one.kind,
            one.title,
            one.number,
            rules.departments[one.organ].name,
            one.issued_at,
            (one.process_kind, one.process_id),
            one.id,
            one.organ,
            one.left_at,
            one.replaces_id,
            one.serves_id,
            one.pages,
        )
        for one in looked_up(session, PAPERS, {"clue": clue_id})
    )


def looked_up(
    session: Session, statement: Executable, values: Mapping[str, object]
) -> list[Row[Any]]:
    """Plain rows, which no session keeps and nobody can change: a third of an entity's cost."""
    return list(session.connection().execute(statement, dict(values)))
