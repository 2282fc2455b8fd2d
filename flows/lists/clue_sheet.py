"""The sheet of a clue: where it stands, its clocks, papers, history, and possible actions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy import select as select_columns
from sqlmodel import Session, SQLModel, col, select

from domain.guards.crime_notice import CrimeNotice, crime_notice
from domain.lifecycle.awaited_chairs import Standing
from domain.lifecycle.plan import Allowed
from domain.lifecycle.visibility import ClueSight
from domain.penalties.cited_articles import unchecked_articles
from domain.situation.situation import Actor, ProcessView, Situation
from domain.tables.matching import Suspicion
from domain.tables.process import Clue
from flows.door.possible_actions import possible_actions
from flows.door.situations import load_people, load_situation
from flows.lists.clue_listing import ClockLine, clock_line
from flows.lists.event_lines import EVENTS, EventLine, told_of, told_to
from flows.lists.next_actor import next_actor
from flows.people.visible_clues import sight_on, visible
from flows.rows.dossiers import ALL_CLOCKS
from flows.rows.statements import Statement, ask
from flows.site.office import Office

_DOCUMENT = SQLModel.metadata.tables["document"]
DOCUMENTS = Statement(
    select_columns(_DOCUMENT)
    .where(_DOCUMENT.c.clue_id == bindparam("clue"))
    .order_by(_DOCUMENT.c.id)
)
"""All documents of a clue."""


@dataclass(frozen=True)
class ProcessLine:
    """A process beside the main line."""

    view: ProcessView
    label: str
    state: str
    holder: str
    next_actor: str


@dataclass(frozen=True)
class Alike:
    """A clue suspected to be the same matter; `kind` as a `Suspicion` has it."""

    no: str
    title: str
    score: float
    reason: str
    kind: str


@dataclass(frozen=True)
class ClueSheet:
    """Everything about one clue that one actor may see at one moment.

    `limits`: the rows of all its limits, shown or not; `documents`: rows likewise.
    """

    clue: Clue
    reporter: str
    state: str
    holder: str
    next_actor: str
    matter: str
    processes: tuple[ProcessLine, ...]
    clocks: tuple[ClockLine, ...]
    limits: tuple[Any, ...]
    documents: tuple[Any, ...]
    history: tuple[EventLine, ...]
    allowed: tuple[Allowed, ...]
    crime: CrimeNotice | None
    unchecked: tuple[str, ...]
    seen: ClueSight


def find_clue(session: Session, number: str) -> Clue:
    """The clue of that number, else the only one of that outside number.

    LookupError, in Chinese, when there is none, or when several bear the outside number.
    """
    # A neighbour's system may number its orders as this one numbers its clues.
    if own := session.exec(select(Clue).where(col(Clue.no) == number)).first():
        return own
    query = select(Clue).where(col(Clue.outside_no) == number).order_by(col(Clue.id))
    found = session.exec(query).all()
    if not found:
        raise LookupError(f"没有编号为「{number}」的线索")
    if len(found) > 1:
        named = "、".join(f"{one.no}（{one.title}）" for one in found)
        raise LookupError(f"有{len(found)}条线索的外部编号都是「{number}」，请写线索编号：{named}")
    return found[0]


def clue_sheet(
    session: Session, office: Office, clue: Clue, actor: Actor, now: datetime
) -> ClueSheet:
    """The clue with clocks, papers, history and judged actions, as far as the actor sees them."""
    seen = sight_on(session, office, actor, clue)
    situation = load_situation(session, office, clue, actor, now)
    people = load_people(session, office.rules, situation.processes, {})
    situation = replace(situation, people=people)
    rules = office.rules
    state = rules.lifecycles["clue"].states[clue.state]
    own = {"clue": clue.id}
    limits, papers, events = ask(
        session.connection(), *((one, own) for one in (ALL_CLOCKS, DOCUMENTS, EVENTS))
    )
    documents = _shown(office, seen, papers)
    shown = [one for one in situation.processes if seen.shows(one.kind, one.id)]
    history = told_to(seen, told_of(session, office, clue.id or 0, events), documents)
    matter = rules.matters.get(clue.matter_id or "")
    return ClueSheet(
        clue=clue,
        reporter=situation.subject.reporter,
        state=state.label,
        holder=rules.departments[clue.department_id].name,
        next_actor=next_actor(office, ("clue", clue.state), open_beside(office, situation)),
        matter=matter.name if matter else "",
        processes=tuple(process_line(office, one) for one in shown if one.kind != "clue"),
        clocks=tuple(
            clock_line(office, one, now)
            for one in limits
            if seen.shows(one.process_kind, one.process_id)
        ),
        limits=tuple(limits),
        documents=documents,
        history=history,
        allowed=tuple(
            one
            for one in possible_actions(situation, rules)
            if seen.shows(one.process.kind, one.process.id)
        ),
        unchecked=tuple(
            dict.fromkeys(
                told
                for one in shown
                if not situation.is_ended(one)
                for told in unchecked_articles(situation, one)
            )
        ),
        crime=crime_notice(situation) if any(one.kind == "case" for one in shown) else None,
        seen=seen,
    )


def papers_of(session: Session, office: Office, seen: ClueSight, clue: Clue) -> tuple[Any, ...]:
    """The clue's documents as far as they are shown, in the order in which they were issued.

    Rows with the columns of their table.
    """
    [papers] = ask(session.connection(), (DOCUMENTS, {"clue": clue.id}))
    return _shown(office, seen, papers)


def _shown(office: Office, seen: ClueSight, papers: Iterable[Any]) -> tuple[Any, ...]:
    kinds = office.rules.documents
    return tuple(
        one
        for one in papers
        if seen.shows_paper((one.process_kind, one.process_id), one.organ, kinds[one.kind])
    )


def open_beside(office: Office, situation: Situation) -> Iterator[Standing]:
    """Kind and state of what goes on, the main line itself included."""
    for one in situation.processes:
        if not office.rules.lifecycles[one.kind].states[one.state].ended:
            yield one.kind, one.state


def process_line(office: Office, view: ProcessView) -> ProcessLine:
    """A process as a page names it, with its holder and who can act next."""
    lifecycle = office.rules.lifecycles[view.kind]
    state = lifecycle.states[view.state]
    return ProcessLine(
        view=view,
        label=lifecycle.label,
        state=state.label,
        holder=office.rules.departments[view.department].name,
        next_actor=next_actor(office, (view.kind, view.state)),
    )


def alike_of(session: Session, office: Office, clue: Clue, actor: Actor) -> tuple[Alike, ...]:
    """The clues that a visible one may repeat, of those that the actor sees."""
    seen = visible(office, actor)
    rows = session.exec(
        select(Suspicion, Clue)
        .join(Clue, col(Clue.id) == col(Suspicion.other_id))
        .where(col(Suspicion.clue_id) == clue.id, col(Suspicion.decision).is_(None), seen)
        .order_by(col(Suspicion.score).desc())
    ).all()
    return tuple(
        Alike(other.no, other.title, found.score, found.reason, found.kind) for found, other in rows
    )
