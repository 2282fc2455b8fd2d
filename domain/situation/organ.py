"""What the organ table says of one organ: its court, its reviewers, its hearing floors. Pure.

What neither the law nor the site tells is None or empty; nothing is presumed: every party has a
right to be told correctly (行政处罚法第五十九条、第六十三条).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.shapes.deadlines import DeadlineValue
from domain.shapes.entries import Department
from domain.shapes.penalties import OrganRule
from domain.situation.situation import Law


@dataclass(frozen=True)
class Remedies:
    """Where and until when a party turns against a document of an organ."""

    reviewers: tuple[str, ...]
    review_limit: DeadlineValue | None
    court: str
    suit_limit: DeadlineValue | None


@dataclass(frozen=True)
class HearingFloor:
    """The sum in yuan from which a hearing is offered, and the local rule it comes from."""

    person: Decimal
    unit: Decimal
    source: str = ""

    def of(self, *, unit: bool) -> Decimal:
        """The sum for a legal person or other organisation, or for a natural person."""
        return self.unit if unit else self.person


def remedies_against(law: Law, department: str, document: str, day: date) -> Remedies:
    """The remedies against a kind of document that an organ issues on a day."""
    organ = law.departments[department]
    rule, general = law.organs.functions.get(organ.function, OrganRule()), law.organs.default
    review, suit = remedy_rules(law, department, document)
    return Remedies(
        reviewers=_reviewers(law, organ, rule.review or general.review),
        review_limit=_limit(law, review, day),
        court=organ.court or _area_court(law, organ.area),
        suit_limit=_limit(law, suit, day),
    )


def remedy_rules(law: Law, department: str, document: str) -> tuple[str | None, str | None]:
    """The limits of review and suit against a kind of document of an organ, by id."""
    organ = law.departments[department]
    rule, general = law.organs.functions.get(organ.function, OrganRule()), law.organs.default
    own_suit = rule.suit_limit if not rule.suit_of or document in rule.suit_of else None
    return rule.review_limit or general.review_limit, own_suit or general.suit_limit


def hearing_floor_of(law: Law, department: str, day: date) -> HearingFloor | None:
    """The floors of an organ: by statute, else as entered for it or its area, else none known."""
    organ = law.departments[department]
    legal = law.organs.functions.get(organ.function, OrganRule()).hearing_floor
    if legal is not None:
        person, unit = (law.parameters[name].in_force(day) for name in (legal.person, legal.unit))
        return HearingFloor(person, unit)
    if organ.hearing_floor_person is not None and organ.hearing_floor_unit is not None:
        return HearingFloor(
            organ.hearing_floor_person, organ.hearing_floor_unit, organ.hearing_floor_source
        )
    area = law.organs.areas.get(organ.area)
    if area is None or area.hearing_floor is None:
        return None
    local = area.hearing_floor
    return HearingFloor(local.person, local.unit, local.source)


def government_of(departments: Mapping[str, Department], area: str) -> str:
    """The name of an area's people's government, or nothing where the directory has none."""
    here = [one for one in departments.values() if one.area == area]
    offices = [one.name for one in here if one.kind == "government"]
    return offices[0].removesuffix("办公室") if offices else ""


def _reviewers(law: Law, organ: Department, kinds: tuple[str, ...]) -> tuple[str, ...]:
    if organ.review_organ:
        return (organ.review_organ,)
    above = law.departments.get(organ.superior or "")
    by_kind = {
        "government": government_of(law.departments, organ.area),
        "superior": above.name if above else "",
    }
    found = tuple(by_kind[kind] for kind in kinds)
    return found if all(found) else ()


def _limit(law: Law, rule: str | None, day: date) -> DeadlineValue | None:
    return law.deadlines[rule].in_force(day) if rule else None


def _area_court(law: Law, area: str) -> str:
    own = law.organs.areas.get(area)
    return own.court if own else ""
