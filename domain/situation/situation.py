"""The situation: all that a decision may look at, as one frozen value without session or clock."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from domain.calendar.working_days import WorkCalendar
from domain.limits.limit import Extension
from domain.limits.organ_limits import general_limit
from domain.shapes.case_review import ReviewItem
from domain.shapes.deadlines import DeadlineRule, Parameter
from domain.shapes.discretion import Standards
from domain.shapes.entries import (
    Department,
    DocumentKind,
    Evidence,
    Instrument,
    Matter,
    Region,
)
from domain.shapes.inspection import InspectionRules
from domain.shapes.lifecycles import Lifecycle
from domain.shapes.offences import Conduct, Offence, Quantity
from domain.shapes.penalties import Organs, PenaltyKind
from domain.shapes.publications import PublicationKind
from domain.shapes.rosters import RosterWords
from domain.situation.papers import FileView, PaperView

CHINA = ZoneInfo("Asia/Shanghai")

CONSEQUENCE = "consequence"
"""The chair of an action that only another action brings about."""
SYSTEM = "system"
"""The chair of the program itself."""


@dataclass(frozen=True)
class Absent:
    """Somebody for whom another stands in for some days: his matters, in the chairs of both."""

    id: str
    name: str
    roles: frozenset[str]


@dataclass(frozen=True)
class Actor:
    """Who acts, in which chairs, for which department.

    `roles` are ids of `roles.yaml`, or `SYSTEM` for the program itself; `id` goes on record.
    `standing_in` are those of the roles that he holds by authority for some days only. `via`: by
    what he acts where he is not at the pages himself, in Chinese; it goes on record too.
    `acts_for`: the colleagues whose matters he looks after today.
    """

    id: str
    name: str
    roles: frozenset[str]
    department: str
    phone: str = ""
    standing_in: frozenset[str] = frozenset()
    via: str = ""
    acts_for: tuple[Absent, ...] = ()


@dataclass(frozen=True)
class Officer:
    """A person a form names, as official documents show him."""

    id: str
    name: str
    department: str
    certificate_no: str
    phone: str = ""
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ProcessView:
    """A process as it stands; the clue itself is one, of kind `clue`.

    `department` holds it, `counterpart` is its other side (who asked, or whom it was sent to);
    `facts` is what its forms recorded, as plain JSON data; `version` grows with every change.
    """

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
    """What a clue is about and where it stands on its main line; the reporter is masked.

    `desk` registered it, `sender` transferred it last, `hops` counts its transfers; `binding`: an
    assignment of jurisdiction that may no longer be disputed.
    """

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
class UndertakingView:
    """What departments undertake without a clue: its number, title, area, and who began it."""

    id: int
    kind: str
    no: str
    title: str
    area: str
    department: str
    opened_at: datetime
    parent_id: int | None = None


@dataclass(frozen=True)
class ClockView:
    """An open clock; while it is paused, its end is reckoned as if it resumed now.

    `due_at` is the strict reading, `breach_at` what makes it late; `owner` is who has to keep it.
    """

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
    """A fine already set for the same subject; `told`: by whom, whom, for what, in words."""

    clue_no: str
    on: date
    told: str = ""


@dataclass(frozen=True)
class Penalised:
    """Any penalty on record for the same subject: when it took effect, over what, by whom."""

    on: date
    matter: str
    label: str


@dataclass(frozen=True)
class Elsewhere:
    """What other clues say about the same subject; `penalties` are days of earlier decisions.

    `decided` are fines over the same matter, `related` those over another one, of its head office
    or of its branches. `suspected`: the numbers of those not ended in which a crime is suspected or
    referred.
    """

    under_verification: tuple[str, ...] = ()
    decided: tuple[Fined, ...] = ()
    penalties: tuple[Penalised, ...] = ()
    suspected: tuple[str, ...] = ()
    related: tuple[Fined, ...] = ()


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
    def conducts(self) -> Mapping[str, Conduct]:
        """Kinds of conduct for which earlier penalties count, by id."""

    @property
    def evidence(self) -> Mapping[str, Evidence]:
        """How sure each citation is."""

    @property
    def instruments(self) -> Mapping[str, Instrument]:
        """Laws and other instruments by id."""

    @property
    def regions(self) -> Mapping[str, Region]:
        """Parameter packs by id."""

    @property
    def penalties(self) -> Mapping[str, PenaltyKind]:
        """Kinds of penalty by id."""

    @property
    def discretion(self) -> Standards:
        """Discretion standards by id."""

    @property
    def organs(self) -> Organs:
        """Remedies and hearing floors by organ."""

    @property
    def matters(self) -> Mapping[str, Matter]:
        """Matters by id."""

    @property
    def case_review(self) -> Mapping[str, ReviewItem]:
        """The items by which a case file is reviewed, by id, in order."""

    @property
    def publications(self) -> Mapping[str, PublicationKind]:
        """Kinds of publication by id."""

    @property
    def rosters(self) -> RosterWords:
        """The words of the rosters, and by whom a draw is witnessed."""

    @property
    def inspection(self) -> InspectionRules:
        """Kinds of inspection, caps of organs, days of back-entry."""

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
    def documents(self) -> Mapping[str, DocumentKind]:
        """Kinds of document by id."""

    @property
    def lifecycles(self) -> Mapping[str, Lifecycle]:
        """Lifecycles by process."""

    def cite(self, citation: str) -> str:
        """An article in words, with 待法制核对 where its text was not seen."""


@dataclass(frozen=True)
class Situation:
    """One process of one clue or undertaking, who wants to act on it, when, and with what form.

    `clue` is None before it is registered, and for the processes of an undertaking. `processes`,
    oldest first, and open `clocks` are all of the clue or undertaking; `documents` are the kinds
    issued so far, `papers` those in force, `files` the uploaded ones whose pages are known, oldest
    first. `form` is what was given or, once read, its values; `quoted`, without blanks, what the
    paper says whose words it corrects – None where none is corrected, or it cannot be read;
    `people` whom it names; `item` the one of a list for which a consequence is planned. `on_record`
    tells what other clues say, when a guard or an effect asks: most actions ask nothing of them.
    """

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
    on_record: Callable[[], Elsewhere] = Elsewhere
    people: Mapping[str, Officer] = field(default_factory=dict)
    item: object = None
    undertaking: UndertakingView | None = None
    papers: tuple[PaperView, ...] = ()
    files: tuple[FileView, ...] = ()
    quoted: str | None = None

    @property
    def elsewhere(self) -> Elsewhere:
        """What other clues say about the same subject."""
        return self.on_record()

    @property
    def dossier(self) -> ClueView | UndertakingView | None:
        """What the process belongs to; None before it is registered or begun."""
        return self.undertaking or self.clue

    @property
    def dossier_id(self) -> int:
        """The id under which all that belongs to it is kept; 0 before it is registered or begun."""
        return self.dossier.id if self.dossier else 0

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
        """The open clock of a rule, or of an organ's own in its place; None where none runs.

        One on this process comes before those on other processes of the clue.
        """
        limits = self.law.deadlines
        running = [c for c in self.clocks if rule in (c.rule, general_limit(c.rule, limits))]
        here = (self.process.kind, self.process.id)
        found = [c for c in running if (c.process_kind, c.process_id) == here] or running
        return found[0] if found else None

    def department(self, department: str | None) -> Department | None:
        """A department by id."""
        return self.law.departments.get(department or "")

    def text(self, name: str) -> str:
        """A form value as stripped text, empty when absent."""
        return str(self.form.get(name) or "").strip()

    def names(self, name: str) -> tuple[str, ...]:
        """A form value that is a list of ids."""
        return _ids(self.form.get(name))

    def stated(self, name: str) -> tuple[str, ...]:
        """A list of ids as the form names it; else as an earlier form of the process did."""
        return self.names(name) or _ids(self.process.facts.get(name))


def _ids(value: object) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else ()
