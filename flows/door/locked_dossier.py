"""A clue or undertaking as one transaction holds it: locked, with what hangs on it read once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.orm.util import identity_key
from sqlmodel import Session, col, select

from documents.facts.paper import Issued
from domain.rulebook.rulebook import Rulebook
from domain.situation.situation import Law
from domain.tables.process import Clock, Clue
from domain.tables.record import IssuedDocument
from domain.tables.undertaking import Undertaking
from flows.rows.dossiers import (
    ALL_CLOCKS,
    BESIDE,
    FILES,
    HANGING,
    HANGING_ON_MANY,
    LOCKED,
    MANY_CLUES,
    PAPERS,
    PROCESSES,
    Standing,
    save,
    standing,
)
from flows.rows.known_ids import as_text
from flows.rows.statements import Order, Statement, ask
from flows.site.portions import Rows, flush, put

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
RUNNING = (
    select(Clock)
    .where(col(Clock.clue_id) == bindparam("clue"), col(Clock.ended_at).is_(None))
    .order_by(col(Clock.id))
)


@dataclass(frozen=True)
class Held:
    """The row of a clue or undertaking, its open clocks and its documents, oldest first.

    `clocks` grows by those the transaction opens; of one that `is_new` they are all it has.
    `processes` and `files` (what was uploaded, counted or not) are plain rows, `ended` its limits
    that ran no more. `standing`: what a step may change, with the rows it was made of; with them
    the papers `issued`, and what is `waiting`, are written. `last`: when something happened to it
    last; `is_heard`: whether other systems are told of steps.
    """

    root: Root
    clocks: list[Clock]
    papers: tuple[Issued, ...] = ()
    processes: Sequence[Any] = ()
    files: Sequence[Any] = ()
    ended: Sequence[Any] = ()
    standing: list[Standing[Any]] = field(default_factory=list)
    issued: list[IssuedDocument] = field(default_factory=list)
    waiting: list[Order] = field(default_factory=list)
    last: datetime | None = None
    is_heard: bool = True
    is_new: bool = False

    def limits(self) -> list[Any]:
        """Every limit it has had, oldest first."""
        new = [one for one in self.clocks if one.id is None]
        known = [one for one in self.clocks if one.id is not None]
        return [*sorted((*self.ended, *known), key=attrgetter("id")), *new]


def write_with(session: Session, held: Held, statement: Statement, rows: Rows) -> None:
    """Rows that nobody reads before what changed of the dossier is written."""
    if held.is_new:
        put(session, statement, rows)
    elif rows:
        held.waiting.append((statement, rows))


def new_held(root: Root) -> Held:
    """A clue or undertaking that the transaction has just made: nothing hangs on it yet."""
    return Held(root, [], is_new=True)


def hold(session: Session, rules: Rulebook, process: str, dossier_id: int) -> Held:
    """The dossier that a kind of process belongs to, locked until the transaction ends and read.

    `write_back` writes what a step changes of it: no session keeps its rows. First of all that a
    step locks, so that no two steps wait for each other; one who comes second waits. LookupError
    where there is no such dossier, or it is another kind of undertaking.
    """
    # What the session was told and has not written yet is read here like anything else.
    session.flush()
    kind, hanging = table_of(rules, process), {"clue": dossier_id}
    roots, clocks, papers, processes, files, [beside] = ask(
        session.connection(),
        (LOCKED[kind], {"root": dossier_id}),
        (ALL_CLOCKS, hanging),
        (PAPERS, hanging),
        (PROCESSES, hanging),
        (FILES, hanging),
        (BESIDE, hanging),
    )
    lifecycle = rules.lifecycles[rules.lifecycles[process].root]
    if not roots or (kind is Undertaking and roots[0].kind != lifecycle.process):
        raise LookupError(f"没有编号为{dossier_id}的{lifecycle.label}")
    known: list[Standing[Any]] = [
        standing(kind, roots[0]),
        *(standing(Clock, one) for one in clocks if one.ended_at is None),
    ]
    root, *running = (one.made for one in known)
    return Held(
        root=root,
        clocks=running,
        papers=_as_issued(rules, papers),
        processes=processes,
        files=files,
        ended=[one for one in clocks if one.ended_at is not None],
        standing=known,
        last=beside.last,
        is_heard=beside.is_heard,
    )


def write_back(session: Session, held: Held) -> None:
    """What a step has changed of the dossier so far, with the limits and papers that came to it.

    A new dossier is the session's own; in a portion it is written with all others at the end.
    """
    if held.is_new:
        save(session.connection(), held.waiting, (), ())
        held.waiting.clear()
        flush(session)
        return
    session.flush()
    made_here: tuple[Clock | IssuedDocument, ...] = (*held.clocks, *held.issued)
    new = [one for one in made_here if one.id is None]
    made = save(session.connection(), held.waiting, held.standing, new)
    held.standing.extend(made)
    held.waiting.clear()
    # Who read one of the rows in this session before sees it as it is now.
    if session.identity_map:
        for one in held.standing:
            known = session.identity_map.get(identity_key(type(one.made), one.row["id"]))
            if known is not None:
                session.refresh(known)


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
    """The clue or undertaking with what hangs on it as it is now, only looked at."""
    hanging = {"clue": root.id}
    return _looked_at(rules, root, ask(session.connection(), *((one, hanging) for one in HANGING)))


def clues_with_their_own(session: Session, rules: Rulebook, ids: Iterable[int]) -> dict[int, Held]:
    """Clues by their ids as `with_its_own` reads one, with as many statements for all of them."""
    wanted = {"clues": as_text(ids)}
    if not wanted["clues"]:
        return {}
    asked = (MANY_CLUES, *HANGING_ON_MANY)
    clues, *hanging = ask(session.connection(), *((one, wanted) for one in asked))
    found: dict[int, tuple[list[Any], ...]] = {one.id: ([], [], [], []) for one in clues}
    for place, rows in enumerate(hanging):
        for row in rows:
            if row.clue_id in found:
                found[row.clue_id][place].append(row)
    roots = (standing(Clue, one).made for one in clues)
    return {one.id or 0: _looked_at(rules, one, found[one.id or 0]) for one in roots}


def _looked_at(rules: Rulebook, root: Root, hanging: Sequence[Any]) -> Held:
    clocks, papers, processes, files = hanging
    running = [standing(Clock, one).made for one in clocks]
    return Held(root, running, _as_issued(rules, papers), processes, files)


def open_clocks(session: Session, dossier_id: int) -> list[Clock]:
    """The open clocks of a clue or undertaking and its processes, oldest first, to be changed."""
    return list(session.exec(RUNNING, params={"clue": dossier_id}))


def issued_papers(session: Session, rules: Rulebook, clue_id: int) -> tuple[Issued, ...]:
    """The documents of a dossier as later ones cite them, oldest first; voided ones are not."""
    [found] = ask(session.connection(), (PAPERS, {"clue": clue_id}))
    return _as_issued(rules, found)


def _as_issued(rules: Rulebook, papers: Iterable[Any]) -> tuple[Issued, ...]:
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
        for one in papers
    )
