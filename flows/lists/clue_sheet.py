"""The sheet of a clue: where it stands, its clocks, papers, history, and possible actions."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session, col, select

from domain.guards.crime_notice import CrimeNotice, crime_notice
from domain.lifecycle.awaited_chairs import Standing
from domain.lifecycle.plan import Allowed
from domain.situation.situation import Actor, ProcessView, Situation
from domain.tables.matching import Suspicion
from domain.tables.people import User
from domain.tables.process import Clock, Clue
from domain.tables.record import Event, IssuedDocument
from flows.door.possible_actions import possible_actions
from flows.door.situations import load_people, load_situation
from flows.lists.clue_listing import ClockLine, clock_line
from flows.lists.form_words import users_named, values_in_words
from flows.lists.next_actor import next_actor
from flows.site.office import Office

DEEDS = {
    "reveal_reporter": "查看举报人信息",
    "recompute_clock": "重新计算期限",
    "assemble_packet": "移送材料组卷",
    "seal_case_file": "封存案卷",
    "void_document": "作废文书",
    "reissue_document": "重新制发文书",
    "add_attachment": "上传附件",
    "recognise_evidence": "证据互认",
}
"""What is done beside the lifecycles, as the time line calls it."""


@dataclass(frozen=True)
class EventLine:
    """One thing that happened, in words."""

    at: datetime
    who: str
    organ: str
    process: str
    action: str
    to_state: str
    kind: str = ""
    process_id: int = 0
    said: tuple[tuple[str, str], ...] = ()
    documents: tuple[str, ...] = ()
    action_id: str = ""


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
    """A clue suspected to be the same matter."""

    no: str
    title: str
    score: float
    reason: str


@dataclass(frozen=True)
class ClueSheet:
    """Everything about one clue that one actor may see at one moment."""

    clue: Clue
    reporter: str
    state: str
    holder: str
    next_actor: str
    matter: str
    processes: tuple[ProcessLine, ...]
    clocks: tuple[ClockLine, ...]
    documents: tuple[IssuedDocument, ...]
    alike: tuple[Alike, ...]
    history: tuple[EventLine, ...]
    allowed: tuple[Allowed, ...]
    crime: CrimeNotice | None


def find_clue(session: Session, number: str) -> Clue:
    """The clue of that number or outside number; LookupError in Chinese when there is none."""
    query = select(Clue).where((col(Clue.no) == number) | (col(Clue.outside_no) == number))
    found = list(session.exec(query.order_by(col(Clue.id))))
    if not found:
        raise LookupError(f"没有编号为「{number}」的线索")
    return found[0]


def clue_sheet(
    session: Session, office: Office, clue: Clue, actor: Actor, now: datetime
) -> ClueSheet:
    """The clue with clocks, papers and history, and every action judged for the actor."""
    situation = load_situation(session, office, clue, actor, now)
    people = load_people(session, office.rules, situation.processes, {})
    situation = replace(situation, people=people)
    rules = office.rules
    state = rules.lifecycles["clue"].states[clue.state]
    clocks = session.exec(
        select(Clock).where(col(Clock.clue_id) == clue.id).order_by(col(Clock.id))
    )
    documents = session.exec(
        select(IssuedDocument)
        .where(col(IssuedDocument.clue_id) == clue.id)
        .order_by(col(IssuedDocument.id))
    )
    matter = rules.matters.get(clue.matter_id or "")
    return ClueSheet(
        clue=clue,
        reporter=situation.subject.reporter,
        state=state.label,
        holder=rules.departments[clue.department_id].name,
        next_actor=next_actor(office, ("clue", clue.state), open_beside(office, situation)),
        matter=matter.name if matter else "",
        processes=tuple(
            process_line(office, one) for one in situation.processes if one.kind != "clue"
        ),
        clocks=tuple(clock_line(office, one, now) for one in clocks),
        documents=tuple(documents),
        alike=tuple(_alike(session, clue)),
        history=tuple(history_of(session, office, clue.id or 0)),
        allowed=tuple(possible_actions(situation, rules)),
        crime=crime_notice(situation),
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


def _alike(session: Session, clue: Clue) -> list[Alike]:
    rows = session.exec(
        select(Suspicion, Clue)
        .join(Clue, col(Clue.id) == col(Suspicion.other_id))
        .where(col(Suspicion.clue_id) == clue.id)
        .order_by(col(Suspicion.score).desc())
    ).all()
    return [Alike(other.no, other.title, found.score, found.reason) for found, other in rows]


def history_of(session: Session, office: Office, dossier_id: int) -> list[EventLine]:
    """What happened to a clue or undertaking, in order, with the people's names."""
    query = select(Event).where(col(Event.clue_id) == dossier_id).order_by(col(Event.seq))
    rows = list(session.exec(query))
    ids = {row.actor_id for row in rows}.union(*(_people_named(office, row) for row in rows))
    users = session.exec(select(User.id, User.name).where(col(User.id).in_(ids))).all()
    names = {"system": "系统", **{key: name for key, name in users}}
    return [_told(office, row, names) for row in rows]


def _people_named(office: Office, row: Event) -> set[str]:
    action = office.rules.lifecycles[row.process_kind].actions.get(row.action)
    return users_named(action.form, _form(row)) if action else set()


def _form(row: Event) -> Mapping[str, object]:
    form = row.detail.get("form")
    return form if isinstance(form, dict) else {}


def _told(office: Office, row: Event, names: dict[str, str]) -> EventLine:
    lifecycle = office.rules.lifecycles[row.process_kind]
    action = lifecycle.actions.get(row.action)
    state = lifecycle.states.get(row.to_state)
    organ = office.rules.departments.get(row.department_id)
    papers = row.detail.get("documents") or []
    return EventLine(
        at=row.at,
        who=names.get(row.actor_id, row.actor_id),
        organ=organ.name if organ else row.department_id,
        process=lifecycle.label,
        action=action.label if action else DEEDS.get(row.action, row.action),
        to_state=state.label if state else row.to_state,
        kind=row.process_kind,
        action_id=row.action,
        process_id=row.process_id,
        said=values_in_words(action.form, _form(row), office.rules, names)
        if action
        else _noted(row),
        documents=tuple(f"《{one['title']}》{one['number'] or ''}" for one in papers),
    )


def _noted(row: Event) -> tuple[tuple[str, str], ...]:
    reason = row.detail.get("reason")
    return (("理由", str(reason)),) if reason else ()
