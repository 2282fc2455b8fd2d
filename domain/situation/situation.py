"""Everything a decision may look at, as one frozen value: no session, no clock on the wall."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from domain.calendar.working_days import WorkCalendar
from domain.limits.limit import Extension
from domain.shapes.deadlines import DeadlineRule, Parameter
from domain.shapes.entries import Department, Matter, Region
from domain.shapes.lifecycles import Lifecycle
from domain.shapes.offences import Offence, Quantity
from domain.shapes.penalties import Organs, PenaltyKind

CHINA = ZoneInfo("Asia/Shanghai")

CONSEQUENCE = "consequence"
"""The chair of an action that only another action brings about."""
SYSTEM = "system"
"""The chair of the program itself."""


@dataclass(frozen=True)
class Actor:
    """Who acts, in which chairs, for which department."""

    id: str
    name: str
    roles: frozenset[str]
    department: str
    phone: str = ""


@dataclass(frozen=True)
class Officer:
    """A person a form names."""

    id: str
    name: str
    department: str
    certificate_no: str
    phone: str = ""


@dataclass(frozen=True)
class ProcessView:
    """A process as it stands; the clue itself is one, of kind `clue`."""

    kind: str
    id: int
    state: str
    department: str
    counterpart: str | None = None
    parent_id: int | None = None
    version: int = 1
    facts: Mapping[str, object] = field(default_factory=dict)
    opened_at: datetime | None = None


@dataclass(frozen=True)
class ClueView:
    """What a clue is about and where it stands on its main line; the reporter is masked."""

    id: int
    no: str
    channel: str
    area: str
    desk: str
    sender: str | None
    matter: str | None
    hops: int
    binding: bool
    subject_name: str
    subject_key: str | None
    received_at: datetime
    registered_at: datetime
    title: str
    content: str = ""
    category: str = ""
    place: str = ""
    outside_no: str = ""
    subject_code: str = ""
    subject_phone: str = ""
    subject_address: str = ""
    reporter: str = ""


@dataclass(frozen=True)
class ClockView:
    """An open clock; while it is paused, its end is told as of now."""

    id: int
    rule: str
    process_kind: str
    process_id: int
    owner: str
    started_at: datetime
    due_at: datetime
    breach_at: datetime
    paused: bool
    extensions: tuple[Extension, ...] = ()


@dataclass(frozen=True)
class Fined:
    """A fine already set for the same subject over the same matter."""

    clue_no: str
    on: date


@dataclass(frozen=True)
class Elsewhere:
    """What other clues say about the same subject."""

    under_verification: tuple[str, ...] = ()
    decided: tuple[Fined, ...] = ()
    penalties: tuple[date, ...] = ()


class Law(Protocol):
    """The parts of the rulebook that guards and effects may read."""

    @property
    def departments(self) -> Mapping[str, Department]:
        """Departments by id."""

    @property
    def offences(self) -> Mapping[str, Offence]:
        """Offences by id."""

    @property
    def quantities(self) -> Mapping[str, Quantity]:
        """Quantities by id."""

    @property
    def penalties(self) -> Mapping[str, PenaltyKind]:
        """Kinds of penalty by id."""

    @property
    def organs(self) -> Organs:
        """Remedies and hearing floors by organ."""

    @property
    def matters(self) -> Mapping[str, Matter]:
        """Matters by id."""

    @property
    def deadlines(self) -> Mapping[str, DeadlineRule]:
        """Time limits by id."""

    @property
    def parameters(self) -> Mapping[str, Parameter]:
        """Other figures of law by id."""

    @property
    def calendar(self) -> WorkCalendar:
        """Days off and working days."""

    @property
    def lifecycles(self) -> Mapping[str, Lifecycle]:
        """Lifecycles by process."""


@dataclass(frozen=True)
class Situation:
    """One process of one clue, who wants to act on it, when, and with what form."""

    clue: ClueView | None
    process: ProcessView
    processes: tuple[ProcessView, ...]
    clocks: tuple[ClockView, ...]
    documents: frozenset[str]
    actor: Actor
    now: datetime
    law: Law
    region: Region
    form: Mapping[str, object] = field(default_factory=dict)
    elsewhere: Elsewhere = field(default_factory=Elsewhere)
    people: Mapping[str, Officer] = field(default_factory=dict)
    item: object = None

    @property
    def subject(self) -> ClueView:
        """The clue; asking for it before there is one is an error of the caller."""
        if self.clue is None:
            raise LookupError("the clue is not registered yet")
        return self.clue

    @property
    def today(self) -> date:
        """The day in China."""
        return self.now.astimezone(CHINA).date()

    def is_ended(self, process: ProcessView) -> bool:
        """Whether a process has come to its end."""
        return self.law.lifecycles[process.kind].states[process.state].ended

    def of_kind(self, kind: str) -> tuple[ProcessView, ...]:
        """All processes of a kind, oldest first."""
        return tuple(one for one in self.processes if one.kind == kind)

    def open_of_kind(self, kind: str) -> tuple[ProcessView, ...]:
        """The processes of a kind that have not ended, oldest first."""
        return tuple(one for one in self.of_kind(kind) if not self.is_ended(one))

    def latest(self, kind: str) -> ProcessView | None:
        """The newest open process of a kind, else the newest of all."""
        found = self.open_of_kind(kind) or self.of_kind(kind)
        return found[-1] if found else None

    def parts(self) -> tuple[ProcessView, ...]:
        """The parts of the verification at hand."""
        verification = self.process if self.process.kind == "verification" else None
        verification = verification or self.latest("verification")
        if verification is None:
            return ()
        return tuple(one for one in self.of_kind("part") if one.parent_id == verification.id)

    def clock(self, rule: str) -> ClockView | None:
        """The open clock of a rule on this process or on the clue."""
        own = [c for c in self.clocks if c.rule == rule and c.process_kind == self.process.kind]
        own = [c for c in own if c.process_id == self.process.id]
        found = own or [c for c in self.clocks if c.rule == rule]
        return found[0] if found else None

    def department(self, department: str | None) -> Department | None:
        """A department by id."""
        return self.law.departments.get(department or "")

    def text(self, name: str) -> str:
        """A form value as stripped text, empty when absent."""
        return str(self.form.get(name) or "").strip()

    def names(self, name: str) -> tuple[str, ...]:
        """A form value that is a list of ids."""
        value = self.form.get(name)
        return tuple(str(one) for one in value) if isinstance(value, list | tuple) else ()
