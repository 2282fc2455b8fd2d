"""All of `config/` as one frozen rulebook: law, dictionaries and lifecycles, each by id."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from domain.calendar.working_days import WorkCalendar
from domain.routing.matter_index import RoutingIndex, build_index
from domain.shapes.calendars import CalendarYear, Ladder, StatutoryYear
from domain.shapes.case_review import ReviewItem
from domain.shapes.checklists import Checklist
from domain.shapes.deadlines import DeadlineRule, Parameter
from domain.shapes.discretion import Standards
from domain.shapes.entries import (
    Department,
    DocumentKind,
    Duty,
    Evidence,
    Instrument,
    Matter,
    OtherChannel,
    Region,
    Role,
    Strings,
)
from domain.shapes.indicators import Indicator
from domain.shapes.inspection import NO_INSPECTION, InspectionRules
from domain.shapes.lifecycles import Lifecycle
from domain.shapes.offences import Conduct, Offence, Quantity
from domain.shapes.penalties import Organs, PenaltyKind
from domain.shapes.publications import PublicationKind
from domain.shapes.rosters import NO_ROSTERS, RosterWords
from domain.situation.evidence_files import AttachmentRules


@dataclass(frozen=True)
class CitedArticle:
    """An article with its instrument, as shown beside every limit and refusal."""

    id: str
    title: str
    number: str
    article: str
    says: str
    evidence: Evidence
    last_checked: date
    from_: date
    until: date | None
    note: str = ""

    def __str__(self) -> str:
        if self.evidence == "local":
            return f"{self.title}：{self.article}"
        mark = "" if self.evidence == "text" else "〔待法制核对〕"
        return f"《{self.title}》{self.article}{mark}"


@dataclass(frozen=True)
class Rulebook:
    """Law, dictionaries and lifecycles, each by id.

    `years`, `statutory`: what the calendar was built of; `base`: the rulebook of `config/` behind
    one in which a site's administrators changed something.
    """

    instruments: Mapping[str, Instrument]
    citations: Mapping[str, CitedArticle]
    deadlines: Mapping[str, DeadlineRule]
    ladders: Mapping[str, Ladder]
    parameters: Mapping[str, Parameter]
    calendar: WorkCalendar
    roles: Mapping[str, Role]
    functions: Mapping[str, str]
    departments: Mapping[str, Department]
    matters: Mapping[str, Matter]
    duties: Mapping[str, Duty]
    quantities: Mapping[str, Quantity]
    conducts: Mapping[str, Conduct]
    offences: Mapping[str, Offence]
    penalties: Mapping[str, PenaltyKind]
    organs: Organs
    discretion: Standards
    documents: Mapping[str, DocumentKind]
    lifecycles: Mapping[str, Lifecycle]
    regions: Mapping[str, Region]
    channels: Mapping[str, OtherChannel]
    attachments: AttachmentRules
    checklists: Mapping[str, Checklist]
    years: tuple[CalendarYear, ...] = ()
    statutory: tuple[StatutoryYear, ...] = ()
    rosters: RosterWords = NO_ROSTERS
    inspection: InspectionRules = NO_INSPECTION
    publications: Mapping[str, PublicationKind] = field(default_factory=dict)
    publication_rows: Mapping[str, Mapping[str, Strings]] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    case_review: Mapping[str, ReviewItem] = field(default_factory=dict)
    base: "Rulebook | None" = None

    @cached_property
    def routing(self) -> RoutingIndex:
        """The dictionaries made ready for routing, once."""
        serving = {key: one for key, one in self.departments.items() if not one.closed}
        return build_index((self.matters, self.duties), serving, self.channels)

    @cached_property
    def instrument_of(self) -> Mapping[str, Instrument]:
        """The instrument of every citation."""
        return {key: one for one in self.instruments.values() for key in one.citations}

    @cached_property
    def of_clues(self) -> Mapping[str, Lifecycle]:
        """The lifecycles of clues: those of undertakings have lists and pages of their own."""
        return {key: one for key, one in self.lifecycles.items() if one.root == "clue"}

    @cached_property
    def officer_fields(self) -> frozenset[str]:
        """The form fields of all actions that name officers."""
        return frozenset(
            name
            for lifecycle in self.lifecycles.values()
            for action in lifecycle.actions.values()
            for name, field in action.form.items()
            if field.type in {"user", "users"}
        )

    @cached_property
    def evidence(self) -> Mapping[str, Evidence]:
        """How sure each citation is."""
        return {key: one.evidence for key, one in self.citations.items()}

    def cite(self, citation: str) -> str:
        """An article in words, with 待法制核对 where its text was not seen."""
        return str(self.citations[citation])
