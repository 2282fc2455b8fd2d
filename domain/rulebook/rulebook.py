"""All of `config/` as one frozen, cross-checked rulebook; an unknown name stops the program."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from domain.calendar.working_days import WorkCalendar
from domain.routing.matter_index import RoutingIndex, build_index
from domain.rulebook.crosscheck import crosscheck
from domain.shapes.calendars import CalendarYear, Ladder, StatutoryYear
from domain.shapes.deadlines import DeadlineRule, Parameter
from domain.shapes.entries import (
    Department,
    DocumentKind,
    Evidence,
    Instrument,
    Matter,
    OtherChannel,
    Record,
    Region,
    Role,
)
from domain.shapes.lifecycles import Lifecycle
from domain.shapes.offences import Offence, Quantity
from domain.shapes.penalties import NO_ORGANS, Organs, PenaltyKind
from domain.shapes.yaml_source import Problem, Source, parse, read_source
from domain.situation.evidence_files import NO_ATTACHMENTS, AttachmentRules

CONFIG = Path(__file__).parents[2] / "config"
T = TypeVar("T")
R = TypeVar("R", bound=Record)


class RulebookError(Exception):
    """The rulebook does not hold together; carries every problem with its file and line."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("规则库有误，未启动：\n" + "\n".join(str(one) for one in sorted(problems)))
        self.problems = sorted(problems)


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
    departments: Mapping[str, Department]
    matters: Mapping[str, Matter]
    quantities: Mapping[str, Quantity]
    offences: Mapping[str, Offence]
    penalties: Mapping[str, PenaltyKind]
    organs: Organs
    documents: Mapping[str, DocumentKind]
    lifecycles: Mapping[str, Lifecycle]
    regions: Mapping[str, Region]
    channels: Mapping[str, OtherChannel]
    attachments: AttachmentRules
    years: tuple[CalendarYear, ...] = ()
    statutory: tuple[StatutoryYear, ...] = ()
    base: "Rulebook | None" = None

    @cached_property
    def routing(self) -> RoutingIndex:
        """The dictionaries made ready for routing, once."""
        serving = {key: one for key, one in self.departments.items() if not one.closed}
        return build_index(self.matters, serving, self.channels)

    @cached_property
    def instrument_of(self) -> Mapping[str, Instrument]:
        """The instrument of every citation."""
        return {key: one for one in self.instruments.values() for key in one.citations}

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

    def cite(self, citation: str) -> str:
        """An article in words, with 待法制核对 where its text was not seen."""
        return str(self.citations[citation])


@dataclass
class _Reading:
    """Files read so far, and what was wrong with them."""

    root: Path
    sources: dict[str, Source] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def source(self, path: Path) -> Source:
        source, problems = read_source(path, self.root)
        self.problems += problems
        self.sources[str(path.relative_to(self.root))] = source
        return source

    def whole(self, name: str, shape: type[T], empty: T) -> T:
        """A file in one shape; a missing or ill-shaped one is a problem and reads as empty."""
        path = self.root / name
        if not path.exists():
            self.problems.append(Problem(f"{self.root.name}/{name}", 1, "缺少文件"))
            return empty
        source = self.source(path)
        value, problems = parse(source, shape, source.data)
        self.problems += problems
        return empty if value is None else value

    def folder(self, name: str, shape: type[R]) -> dict[str, R]:
        """Every file of a folder in one shape, by file name."""
        found: dict[str, R] = {}
        for path in sorted((self.root / name).glob("*.yaml")):
            source = self.source(path)
            value, problems = parse(source, shape, source.data)
            self.problems += problems
            if value is not None:
                found[path.stem] = value
        return found


def _calendar(
    reading: _Reading,
) -> tuple[WorkCalendar, list[CalendarYear], list[StatutoryYear]]:
    years: list[CalendarYear] = []
    for path in sorted((reading.root / "calendar").glob("[0-9]*.yaml")):
        source = reading.source(path)
        year, problems = parse(source, CalendarYear, source.data)
        reading.problems += problems
        years += [year] if year is not None else []
    statutory = reading.whole("calendar/statutory.yaml", list[StatutoryYear], [])
    calendar, complaints = WorkCalendar.build(years, statutory)
    reading.problems += [
        Problem(f"{reading.root.name}/calendar/{year}.yaml", 1, text) for year, text in complaints
    ]
    return calendar, years, statutory


def _cited(instruments: Mapping[str, Instrument]) -> dict[str, CitedArticle]:
    return {
        key: CitedArticle(
            id=key,
            title=instrument.title,
            number=instrument.number,
            article=one.article,
            says=one.says,
            evidence=one.evidence,
            last_checked=one.last_checked,
            from_=instrument.from_,
            until=instrument.until,
            note=one.note or instrument.note,
        )
        for instrument in instruments.values()
        for key, one in instrument.citations.items()
    }


class _Offences(Record):
    """The two halves of offences.yaml."""

    quantities: dict[str, Quantity]
    offences: dict[str, Offence]


def read_rulebook(root: Path = CONFIG) -> tuple[Rulebook, list[Problem]]:
    """The rulebook of a folder with everything that is wrong with it."""
    reading = _Reading(root)
    instruments = reading.whole("laws.yaml", dict[str, Instrument], {})
    offences = reading.whole("offences.yaml", _Offences, _Offences(quantities={}, offences={}))
    calendar, years, statutory = _calendar(reading)
    rules = Rulebook(
        instruments=_frozen(instruments),
        citations=_frozen(_cited(instruments)),
        deadlines=_frozen(reading.whole("deadlines.yaml", dict[str, DeadlineRule], {})),
        ladders=_frozen(reading.whole("ladders.yaml", dict[str, Ladder], {})),
        parameters=_frozen(reading.whole("parameters.yaml", dict[str, Parameter], {})),
        calendar=calendar,
        roles=_frozen(reading.whole("roles.yaml", dict[str, Role], {})),
        departments=_frozen(reading.whole("departments.yaml", dict[str, Department], {})),
        matters=_frozen(reading.whole("matters.yaml", dict[str, Matter], {})),
        quantities=_frozen(offences.quantities),
        offences=_frozen(offences.offences),
        penalties=_frozen(reading.whole("penalties.yaml", dict[str, PenaltyKind], {})),
        organs=reading.whole("organs.yaml", Organs, NO_ORGANS),
        documents=_frozen(reading.whole("documents.yaml", dict[str, DocumentKind], {})),
        lifecycles=_frozen(reading.folder("lifecycles", Lifecycle)),
        regions=_frozen(reading.folder("regions", Region)),
        channels=_frozen(reading.whole("other_channels.yaml", dict[str, OtherChannel], {})),
        attachments=reading.whole("attachments.yaml", AttachmentRules, NO_ATTACHMENTS),
        years=tuple(years),
        statutory=tuple(statutory),
    )
    return rules, reading.problems + crosscheck(rules, reading.sources)


def _frozen(mapping: dict[str, T]) -> Mapping[str, T]:
    return MappingProxyType(mapping)


@cache
def load_rulebook(root: Path = CONFIG) -> Rulebook:
    """The rulebook of a folder, or RulebookError with every problem at once."""
    rules, problems = read_rulebook(root)
    if problems:
        raise RulebookError(problems)
    return rules
