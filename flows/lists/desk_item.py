"""One item of a queue: who sent it when, its limit, what to read and what to do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session, col, select

from domain.lifecycle.plan import Reason, standing
from domain.rulebook.named_functions import guard
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.usual_steps import usual_steps
from domain.shapes.lifecycles import Transition
from domain.situation.situation import ProcessView, Situation
from domain.tables.people import User
from domain.tables.process import Clock, Clue, Process
from domain.tables.record import Event, IssuedDocument
from flows.door.locked_dossier import with_its_own
from flows.door.registration import known_reporter
from flows.door.situations import held_situation, process_view, root_process
from flows.lists.clue_listing import ClockLine, clock_line
from flows.lists.event_lines import shown_form
from flows.lists.form_words import users_named, values_in_words
from flows.lists.screened_cases import outcomes_of
from flows.people.viewer import Viewer

MOST_PAPERS = 8
DISCUSSED = "heard_cases_were_discussed"
Key = tuple[str, int]
T = TypeVar("T", Clock, IssuedDocument)


@dataclass(frozen=True)
class ItemStep:
    """An action for the person's chair: its form, or why it may not be taken."""

    action: str
    label: str
    url: str
    is_usual: bool
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class QueueItem:
    """One thing that waits, with everything needed to decide on it."""

    clue: Clue
    process: ProcessView
    label: str
    state: str
    since: datetime
    sent_by: str
    sent: str
    said: tuple[tuple[str, str], ...]
    clock: ClockLine | None
    papers: tuple[IssuedDocument, ...]
    steps: tuple[ItemStep, ...]
    screening: tuple[str, ...]

    @property
    def objections(self) -> tuple[Reason, ...]:
        """Why this person may take no step at all; nothing where he may take one."""
        if any(not one.reasons for one in self.steps):
            return ()
        return tuple(dict.fromkeys(reason for one in self.steps for reason in one.reasons))


@dataclass
class QueueRows:
    """Everything that a page of things needs, read by one statement for each kind of row."""

    session: Session
    viewer: Viewer
    held: frozenset[str]
    keys: Sequence[tuple[str, int, int]]
    clues: Mapping[int, Clue] = field(init=False)
    processes: Mapping[int, Process] = field(init=False)
    cases: Mapping[int, Process] = field(init=False)
    clocks: Mapping[Key, list[Clock]] = field(init=False)
    papers: Mapping[Key, list[IssuedDocument]] = field(init=False)
    arrivals: Mapping[Key, Event] = field(init=False)

    def __post_init__(self) -> None:
        ids = {clue for _, _, clue in self.keys}
        session = self.session
        self.clues = {
            one.id or 0: one for one in session.exec(select(Clue).where(col(Clue.id).in_(ids)))
        }
        rows = list(session.exec(select(Process).where(col(Process.clue_id).in_(ids))))
        self.processes = {one.id or 0: one for one in rows}
        self.cases = {one.clue_id: one for one in rows if one.kind == "case"}
        clocks = select(Clock).where(col(Clock.clue_id).in_(ids), col(Clock.ended_at).is_(None))
        self.clocks = _grouped(session.exec(clocks.order_by(col(Clock.due_at))))
        papers = select(IssuedDocument).where(
            col(IssuedDocument.clue_id).in_(ids), col(IssuedDocument.voided_at).is_(None)
        )
        self.papers = _grouped(session.exec(papers.order_by(col(IssuedDocument.id).desc())))
        events = select(Event).where(col(Event.clue_id).in_(ids)).order_by(col(Event.seq))
        self.arrivals = {
            (one.process_kind, one.process_id): one
            for one in session.exec(events)
            if one.from_state != one.to_state
        }

    def waiter(self, key: tuple[str, int, int]) -> QueueItem:
        """One thing with all that belongs to it."""
        kind, number, clue_id = key
        clue, rules = self.clues[clue_id], self.viewer.office.rules
        process = root_process(clue) if kind == "clue" else process_view(self.processes[number])
        arrival = self.arrivals.get((kind, number))
        came = rules.lifecycles[kind].actions.get(arrival.action) if arrival else None
        steps = tuple(self._steps(clue, process))
        return QueueItem(
            clue=clue,
            process=process,
            label=rules.lifecycles[kind].label,
            state=rules.lifecycles[kind].states[process.state].label,
            since=arrival.at if arrival else clue.opened_at,
            sent_by=self._name(arrival.actor_id) if arrival else "",
            sent=came.label if came else "",
            said=self._said(clue, arrival, came),
            clock=self._clock(process, steps),
            papers=tuple(self.papers.get((kind, number), ())[:MOST_PAPERS]),
            steps=steps,
            screening=_met(self.cases.get(clue_id)),
        )

    def _steps(self, clue: Clue, process: ProcessView) -> Iterable[ItemStep]:
        viewer = self.viewer
        held = with_its_own(self.session, viewer.office.rules, clue)
        found = held_situation(self.session, viewer.office, held, (viewer.actor, viewer.now))
        return steps_of(replace(found, process=process), viewer.office.rules, self.held)

    def _clock(self, process: ProcessView, steps: Sequence[ItemStep]) -> ClockLine | None:
        """The limit that a step for this chair ends, else the earliest of the thing."""
        own = self.clocks.get((process.kind, process.id), ())
        actions = self.viewer.office.rules.lifecycles[process.kind].actions
        ended = {rule for step in steps for rule in actions[step.action].stops}
        first = next((one for one in own if one.rule in ended), None) or next(iter(own), None)
        return clock_line(self.viewer.office, first, self.viewer.now) if first else None

    def _said(
        self, clue: Clue, arrival: Event | None, came: Transition | None
    ) -> tuple[tuple[str, str], ...]:
        """What was written when the thing was sent here."""
        if arrival is None or came is None:
            return ()
        form = shown_form(arrival, known_reporter(clue, self.viewer.office.keys))
        names = {one: self._name(one) for one in users_named(came.form, form)}
        return values_in_words(came.form, form, self.viewer.office.rules, names)

    def _name(self, user_id: str) -> str:
        user = self.session.get(User, user_id)
        return user.name if user else "系统"


def steps_of(situation: Situation, rules: Rulebook, held: frozenset[str]) -> Iterable[ItemStep]:
    """The actions for these chairs in the state at hand, each with what stands against it."""
    process = situation.process
    usual = _expected(situation)
    place = f"/{process.id}" if process.kind != "clue" else ""
    for name, one in rules.lifecycles[process.kind].actions.items():
        if process.state in one.from_ and held & set(one.by):
            yield ItemStep(
                action=name,
                label=one.label,
                url=f"/clues/{situation.subject.no}/do/{process.kind}/{name}{place}",
                is_usual=name in usual,
                reasons=standing(situation, name, rules),
            )


def _expected(situation: Situation) -> tuple[str, ...]:
    """The usual next steps, and the discussion that a heavy penalty waits for."""
    process = situation.process
    usual = usual_steps(process.kind, process.state)
    if process.kind == "case" and guard[DISCUSSED](situation) is not None:
        return (*usual, "discuss")
    return usual


def _grouped(rows: Iterable[T]) -> dict[Key, list[T]]:
    found: dict[Key, list[T]] = {}
    for one in rows:
        found.setdefault((one.process_kind, one.process_id), []).append(one)
    return found


def _met(case: Process | None) -> tuple[str, ...]:
    """The thresholds that a clue's newest case is near or over, in words; questions in short."""
    return tuple(reason for _, reason in outcomes_of(case)) if case else ()
