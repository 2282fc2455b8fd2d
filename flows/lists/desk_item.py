"""One item of a queue: who sent it when, its limit, what to read and what to do."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import func, select
from sqlmodel import Session, col

from documents.facts.paper import Issued
from domain.lifecycle.plan import Reason, standing
from domain.rulebook.named_functions import guard
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.usual_steps import usual_steps
from domain.shapes.lifecycles import Transition
from domain.situation.situation import ProcessView, Situation
from domain.tables.people import User
from domain.tables.process import Clue
from domain.tables.record import Event
from flows.door.locked_dossier import Held, clues_with_their_own
from flows.door.registration import known_reporter
from flows.door.situations import held_situation
from flows.lists.clue_listing import ClockLine, clock_line
from flows.lists.event_lines import shown_form
from flows.lists.form_words import users_named, values_in_words
from flows.lists.screened_cases import outcomes_of
from flows.people.viewer import Viewer
from flows.rows.known_ids import among_told, as_text
from flows.rows.statements import Statement, ask

MOST_PAPERS = 8
DISCUSSED = "heard_cases_were_discussed"
SYSTEM = "系统"
Key = tuple[str, int]
"""Kind and id of a thing."""
Thing = tuple[str, int, int]
"""The same with its clue."""
_ARRIVED = (
    select(func.max(col(Event.seq)))
    .where(
        among_told(col(Event.clue_id), "clues"),
        col(Event.from_state) != col(Event.to_state),
    )
    .group_by(col(Event.clue_id), col(Event.process_kind), col(Event.process_id))
)
ARRIVALS = Statement(
    select(
        col(Event.process_kind),
        col(Event.process_id),
        col(Event.action),
        col(Event.at),
        col(Event.detail),
        col(User.name),
    )
    .join(User, col(User.id) == col(Event.actor_id), isouter=True)
    .where(col(Event.seq).in_(_ARRIVED)),
    steady=True,
)
"""What brought each thing of many clues into the state it is in, and the name of who did it."""


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
    papers: tuple[Issued, ...]
    steps: tuple[ItemStep, ...]
    screening: tuple[str, ...]

    @property
    def objections(self) -> tuple[Reason, ...]:
        """Why this person may take no step at all; nothing where he may take one."""
        if any(not one.reasons for one in self.steps):
            return ()
        return tuple(dict.fromkeys(reason for one in self.steps for reason in one.reasons))

    @property
    def offered(self) -> list[ItemStep]:
        """The steps this person may take, the usual ones first."""
        return sorted(
            (one for one in self.steps if not one.reasons), key=lambda one: not one.is_usual
        )

    @property
    def refused(self) -> list[ItemStep]:
        """The steps that something stands against."""
        return [one for one in self.steps if one.reasons]


class QueueRows:
    """Everything that a page of things needs, read by one statement for each kind of row."""

    def __init__(
        self, session: Session, viewer: Viewer, held: frozenset[str], keys: Sequence[Thing]
    ) -> None:
        self.session, self.viewer, self.held = session, viewer, held
        ids = sorted({clue for _, _, clue in keys})
        self._files = clues_with_their_own(session, viewer.office.rules, ids)
        arrived = (ARRIVALS, {"clues": as_text(ids)})
        [arrivals] = ask(session.connection(), arrived) if ids else [[]]
        self._arrivals = {(one.process_kind, one.process_id): one for one in arrivals}
        self._reporters = {
            key: known_reporter(_clue(one), viewer.office.keys) for key, one in self._files.items()
        }
        self._names = self._named(keys)

    def waiter(self, key: Thing) -> QueueItem:
        """One thing with all that belongs to it."""
        kind, number, clue_id = key
        file, rules = self._files[clue_id], self.viewer.office.rules
        situation = self._situation(file, (kind, number))
        process = situation.process
        arrival, came = self._arrival((kind, number))
        steps = tuple(steps_of(situation, rules, self.held))
        clue = _clue(file)
        papers = [one for one in reversed(file.papers) if one.process == (kind, number)]
        return QueueItem(
            clue=clue,
            process=process,
            label=rules.lifecycles[kind].label,
            state=rules.lifecycles[kind].states[process.state].label,
            since=arrival.at if arrival else clue.opened_at,
            sent_by=(arrival.name or SYSTEM) if arrival else "",
            sent=came.label if came else "",
            said=self._said(clue_id, arrival, came),
            clock=self._clock(file, process, steps),
            papers=tuple(papers[:MOST_PAPERS]),
            steps=steps,
            screening=_met([one for one in file.processes if one.kind == "case"]),
        )

    def _situation(self, file: Held, key: Key) -> Situation:
        """The situation of a clue, on the thing that waits in it."""
        viewer = self.viewer
        found = held_situation(self.session, viewer.office, file, (viewer.actor, viewer.now))
        own = next(one for one in found.processes if (one.kind, one.id) == key)
        return replace(found, process=own)

    def _arrival(self, key: Key) -> tuple[Any, Transition | None]:
        """The event that brought a thing into its state, and the action that it was."""
        found = self._arrivals.get(key)
        actions = self.viewer.office.rules.lifecycles[key[0]].actions
        return found, actions.get(found.action) if found else None

    def _clock(
        self, file: Held, process: ProcessView, steps: Sequence[ItemStep]
    ) -> ClockLine | None:
        """The limit that a step for this chair ends, else the earliest of the thing."""
        key = (process.kind, process.id)
        own = [one for one in file.clocks if (one.process_kind, one.process_id) == key]
        own.sort(key=attrgetter("due_at"))
        actions = self.viewer.office.rules.lifecycles[process.kind].actions
        ended = {rule for step in steps for rule in actions[step.action].stops}
        first = next((one for one in own if one.rule in ended), None) or next(iter(own), None)
        return clock_line(self.viewer.office, first, self.viewer.now) if first else None

    def _said(
        self, clue_id: int, arrival: Any, came: Transition | None
    ) -> tuple[tuple[str, str], ...]:
        """What was written when the thing was sent here."""
        if arrival is None or came is None:
            return ()
        form = shown_form(arrival, self._reporters[clue_id])
        names = {one: self._names.get(one, SYSTEM) for one in users_named(came.form, form)}
        return values_in_words(came.form, form, self.viewer.office.rules, names)

    def _named(self, keys: Iterable[Thing]) -> Mapping[str, str]:
        """The names of all whom the forms of these things name, by their ids."""
        wanted: set[str] = set()
        for kind, number, clue in keys:
            arrival, came = self._arrival((kind, number))
            if came is not None:
                wanted |= users_named(came.form, shown_form(arrival, self._reporters[clue]))
        if not wanted:
            return {}
        query = select(col(User.id), col(User.name)).where(col(User.id).in_(sorted(wanted)))
        return {key: name for key, name in self.session.execute(query)}


def _clue(file: Held) -> Clue:
    if not isinstance(file.root, Clue):
        raise TypeError(file.root)
    return file.root


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


def _met(cases: Sequence[Any]) -> tuple[str, ...]:
    """The thresholds that a clue's newest case is near or over, in words; questions in short."""
    return tuple(reason for _, reason in outcomes_of(cases[-1])) if cases else ()
