"""The rulebook as it is read from `config/`: an unknown name stops the program."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from domain.calendar.working_days import WorkCalendar
from domain.rulebook.crosscheck import crosscheck
from domain.rulebook.rulebook import CitedArticle, Rulebook
from domain.rulebook.rulebook_files import RulebookFiles
from domain.rulebook.site_check import strange_files
from domain.shapes.calendars import CalendarYear, Ladder, StatutoryYear
from domain.shapes.case_review import ReviewItem
from domain.shapes.checklists import Checklist
from domain.shapes.data_folders import DEMONSTRATION, data_folder
from domain.shapes.deadlines import DeadlineRule, Parameter
from domain.shapes.discretion import DiscretionStandard
from domain.shapes.entries import (
    Department,
    DocumentKind,
    Duty,
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
from domain.shapes.penalties import NO_ORGANS, Organs, PenaltyKind
from domain.shapes.publications import PublicationKind
from domain.shapes.rosters import NO_ROSTERS, RosterWords
from domain.shapes.yaml_source import BadConfig, Problem
from domain.situation.evidence_files import NO_ATTACHMENTS, AttachmentRules

CONFIG = data_folder("config")
DEMONSTRATION_SITE = CONFIG / DEMONSTRATION
T = TypeVar("T")
HALVES = ("quantities", "conducts", "offences")
"""The two halves of offences.yaml."""


class RulebookError(BadConfig):
    """The rulebook does not hold together; carries every problem with its file and line."""

    heading = "规则库有误，未启动"


def _calendar(
    files: RulebookFiles,
) -> tuple[WorkCalendar, list[CalendarYear], list[StatutoryYear]]:
    years = list(files.folder("calendar", CalendarYear, "[0-9]*.yaml").values())
    statutory = files.whole("calendar/statutory.yaml", list[StatutoryYear], [])
    calendar, complaints = WorkCalendar.build(years, statutory)
    lost = files.lost_of("calendar")
    files.problems += [
        files.source(f"calendar/{year}.yaml").problem(text)
        for year, text in complaints
        if str(year) not in lost and not (lost and not years)
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


def layers(root: Path = CONFIG, site: Path | None = None) -> tuple[Path, ...]:
    """The folders of a rulebook: the shipped one, and over it the site's or the demonstration's."""
    return (root, site or root / DEMONSTRATION)


def read_rulebook(root: Path = CONFIG, site: Path | None = None) -> tuple[Rulebook, list[Problem]]:
    """The rulebook of a folder, a site's laid over it, with everything that is wrong with it.

    What does not fit its shape is left out of the rulebook, and nothing that names it is a problem.
    """
    files = RulebookFiles(layers(root, site))
    instruments = files.items("laws.yaml", Instrument)
    calendar, years, statutory = _calendar(files)
    rules = Rulebook(
        instruments=_frozen(instruments),
        citations=_frozen(_cited(instruments)),
        deadlines=_frozen(files.items("deadlines.yaml", DeadlineRule)),
        ladders=_frozen(files.items("ladders.yaml", Ladder)),
        parameters=_frozen(files.items("parameters.yaml", Parameter)),
        calendar=calendar,
        roles=_frozen(files.items("roles.yaml", Role)),
        functions=_frozen(files.items("functions.yaml", str)),
        departments=_frozen(files.items("departments.yaml", Department)),
        matters=_frozen(files.items("matters.yaml", Matter)),
        duties=_frozen(files.items("duties.yaml", Duty)),
        quantities=_frozen(files.items("offences.yaml", Quantity, "quantities")),
        conducts=_frozen(files.items("offences.yaml", Conduct, "conducts")),
        offences=_frozen(files.items("offences.yaml", Offence, "offences")),
        penalties=_frozen(files.items("penalties.yaml", PenaltyKind)),
        discretion=_frozen(files.items("discretion.yaml", DiscretionStandard)),
        organs=files.whole("organs.yaml", Organs, NO_ORGANS),
        documents=_frozen(files.items("documents.yaml", DocumentKind)),
        lifecycles=_frozen(files.folder("lifecycles", Lifecycle)),
        regions=_frozen(files.folder("regions", Region)),
        channels=_frozen(files.items("other_channels.yaml", OtherChannel)),
        attachments=files.whole("attachments.yaml", AttachmentRules, NO_ATTACHMENTS),
        checklists=_frozen(files.folder("checklists", Checklist)),
        years=tuple(years),
        statutory=tuple(statutory),
        case_review=_frozen(files.items("case_review.yaml", ReviewItem)),
        publications=_frozen(files.items("publications.yaml", PublicationKind)),
        publication_rows=_frozen(files.items("publication_rows.yaml", dict[str, Strings])),
        indicators=_frozen(files.items("indicators.yaml", Indicator)),
        rosters=files.whole("rosters.yaml", RosterWords, NO_ROSTERS),
        inspection=files.whole("inspection.yaml", InspectionRules, NO_INSPECTION),
    )
    files.only("offences.yaml", HALVES)
    files.problems += strange_files(files.roots, files.names)
    return rules, files.problems + crosscheck(rules, files)


def _frozen(mapping: dict[str, T]) -> Mapping[str, T]:
    return MappingProxyType(mapping)


@cache
def load_rulebook(root: Path = CONFIG, site: Path | None = None) -> Rulebook:
    """The rulebook of a folder and its site, or RulebookError with every problem at once."""
    rules, problems = read_rulebook(root, site)
    if problems:
        raise RulebookError(problems)
    return rules
