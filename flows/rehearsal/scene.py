"""One clue in the hands of the rehearsal: what its officers see, do, try and wait for."""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property

from sqlalchemy import bindparam
from sqlmodel import Session, SQLModel, col, select

from domain.calendar.working_days import WorkCalendar
from domain.lifecycle.plan import Refused
from domain.situation.situation import CHINA, Actor, ProcessView, Situation
from domain.tables.process import Clue
from flows.acting.whole_steps import act
from flows.door.situations import load_situation
from flows.door.steps import Command, Outcome
from flows.people.actors import system_actor
from flows.rehearsal.clockwork import (
    Agenda,
    Story,
    Stuck,
    office_hours_later,
    working_day_after,
)
from flows.rehearsal.narrative import Narrative
from flows.rehearsal.people import person
from flows.rehearsal.work_orders import DemoOrder
from flows.rows.dossiers import PROCESSES, standing
from flows.rows.statements import Statement, ask
from flows.site.office import Office
from flows.site.store import reading

CHAIRS = {
    "handler": "handler",
    "section": "section_head",
    "head": "department_head",
    "principal": "principal",
    "legal": "legal_reviewer",
}
"""Chairs at the department that holds the clue."""
ORGANS = {
    "clerk": ("hotline", "intake_clerk"),
    "supervisor": ("justice", "supervisor"),
    "arbiter": ("justice", "arbiter"),
    "staffing": ("staffing", "arbiter"),
    "government": ("government", "arbiter"),
    "police": ("police", "police_liaison"),
    "procuratorate": ("procuratorate", "procuratorate_liaison"),
}
"""Chairs at an organ of the area, by its function."""
_CLUE = SQLModel.metadata.tables["clue"]
CLUE = Statement(_CLUE.select().where(_CLUE.c.id == bindparam("clue")))
CITY = {"hotline"}
"""Functions that only the city has."""


@dataclass(frozen=True)
class Note:
    """Something the database does not keep: an act that was refused, or a story that got stuck."""

    at: datetime
    kind: str
    clue_no: str
    actor: Actor
    text: str


@dataclass
class Stage:
    """What all stories share: the office, the agenda, and what the record does not keep."""

    office: Office
    agenda: Agenda
    notes: list[Note] = field(default_factory=list)
    stuck: list[str] = field(default_factory=list)

    @property
    def now(self) -> datetime:
        """The simulated present."""
        return self.agenda.now

    @property
    def calendar(self) -> WorkCalendar:
        """Working days."""
        return self.office.rules.calendar

    def failed(self, name: str, error: Exception) -> None:
        """A story could not go on: the rehearsal as a whole has failed."""
        self.stuck.append(f"{name}：{error}")


@dataclass
class Scene:
    """A clue with its order; chairs are named by word, at the department that holds it."""

    stage: Stage
    clue_id: int
    no: str
    order: DemoOrder
    told: Narrative

    # --- looking -------------------------------------------------------------------------------

    def clue(self) -> Clue:
        """The clue as it lies in the database."""
        with reading(self.stage.office.engine) as session:
            return clue_of(session, self.clue_id)

    def situation(self, kind: str = "clue") -> Situation:
        """What the program sees of the clue, turned to its newest process of a kind."""
        with reading(self.stage.office.engine) as session:
            clue = clue_of(session, self.clue_id)
            viewer = system_actor(clue.department_id)
            found = load_situation(session, self.stage.office, clue, viewer, self.now)
        process = found.process if kind == "clue" else found.latest(kind)
        return replace(found, process=process) if process else found

    def process(self, kind: str) -> ProcessView | None:
        """The newest process of a kind, open ones first."""
        return self.situation().latest(kind)

    def state(self, kind: str = "clue") -> str:
        """The state of the clue or of its newest process of a kind; empty where there is none."""
        if kind == "clue":
            return self.clue().state
        found = self.process(kind)
        return found.state if found else ""

    def facts(self, kind: str = "clue") -> Mapping[str, object]:
        """What is recorded of the clue, or of its newest process of a kind."""
        if kind == "clue":
            return self.clue().facts
        with reading(self.stage.office.engine) as session:
            [rows] = ask(session.connection(), (PROCESSES, {"clue": self.clue_id}))
        own = [one for one in rows if one.kind == kind]
        states = self.stage.office.rules.lifecycles[kind].states
        still_open = [one for one in own if not states[one.state].ended]
        return (still_open or own)[-1].facts if own else {}

    def runs(self, rule: str) -> bool:
        """Whether a limit of that rule is running."""
        return any(clock.rule == rule for clock in self.situation().clocks)

    @property
    def now(self) -> datetime:
        """The simulated present."""
        return self.stage.now.astimezone(CHINA)

    @property
    def holder(self) -> str:
        """The department that holds the clue."""
        return self.clue().department_id

    @cached_property
    def turns(self) -> frozenset[str]:
        """What is special about this clue's way."""
        return frozenset(self.told.turns)

    def department(self, function: str) -> str:
        """A function's department in the holder's area, else in the city."""
        departments = self.stage.office.rules.departments
        area = departments[self.holder].area
        near = f"{area}-{function}"
        return near if function not in CITY and near in departments else f"shili-{function}"

    def who(self, chair: str, department: str | None = None) -> Actor:
        """The person in a chair, named by word."""
        if chair in ORGANS:
            function, role = ORGANS[chair]
            return person(department or self.department(function), role, self.clue_id)
        return person(department or self.holder, CHAIRS[chair], self.clue_id)

    # --- acting --------------------------------------------------------------------------------

    def does(self, who: str | Actor, action: str, **form: object) -> Outcome:
        """The act is carried out now; a refusal means that the story is stuck."""
        try:
            return self._perform(who, action, form)
        except Refused as refused:
            raise Stuck(str(refused)) from refused

    def is_refused(self, who: str | Actor, action: str, **form: object) -> bool:
        """Somebody tries: whether he was refused; the time line tells it with its article."""
        try:
            self._perform(who, action, form)
        except Refused as refused:
            self._note(self._actor(who), str(refused))
            return True
        return False

    def _perform(self, who: str | Actor, action: str, form: Mapping[str, object]) -> Outcome:
        kind, _, name = action.rpartition(".")
        values = dict(form)
        process_id = values.pop("process_id", None)
        command = Command(
            name,
            kind or "clue",
            self.clue_id,
            process_id if isinstance(process_id, int) else None,
            {key: value for key, value in values.items() if value is not None},
        )
        return act(self.stage.office, command, self._actor(who), self.stage.now)

    def _actor(self, who: str | Actor) -> Actor:
        return self.who(who) if isinstance(who, str) else who

    def _note(self, actor: Actor, text: str) -> None:
        self.stage.notes.append(Note(self.stage.now, "refused", self.no, actor, text))

    # --- waiting -------------------------------------------------------------------------------

    def days(self, count: int = 1, clock: str = "09:00") -> datetime:
        """A moment on the working day that comes so many working days later."""
        found = working_day_after(self.stage.now, count, clock, self.stage.calendar)
        return found.replace(minute=(found.minute + self.clue_id * 7) % 60)

    def hours(self, count: float) -> datetime:
        """So many hours later, in office hours."""
        return office_hours_later(self.stage.now, count, self.stage.calendar)

    def until(
        self, test: Callable[[], bool], patience: int = 15, awaited: str = ""
    ) -> Generator[datetime, None, None]:
        """Looks every working morning; a story that waits in vain is stuck."""
        for _ in range(patience):
            if test():
                return
            yield self.days(1)
        raise Stuck(f"等了{patience}个工作日仍未等到{awaited or '下一步'}")


def clue_of(session: Session, clue_id: int) -> Clue:
    """A clue as it lies in the database, only to be looked at: stories look all the time."""
    [[row]] = ask(session.connection(), (CLUE, {"clue": clue_id}))
    return standing(Clue, row).made


def find_clue(session: Session, outside_no: str) -> Clue | None:
    """The clue of a work order, if it was registered."""
    return session.exec(select(Clue).where(col(Clue.outside_no) == outside_no)).one_or_none()


Telling = Callable[[Scene], Story]
