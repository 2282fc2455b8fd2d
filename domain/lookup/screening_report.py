"""Screening told in full: every threshold beside the recorded figures, every question answered."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.crime.earlier_penalties import in_words
from domain.crime.measures import DERIVED, DERIVED_FROM, amount_of
from domain.crime.screening import NO_STANDARD, STANDARD_THEN, WORDS, Finding, screen
from domain.crime.standards import standards_in
from domain.crime.tier_weighing import RANK, ScreeningFacts, answer_key
from domain.rulebook.rulebook import CitedArticle, Rulebook
from domain.shapes.entries import Region
from domain.shapes.offences import Offence, Threshold, Tier

OUTCOMES = WORDS
"""What screening finds, as people read it."""
MUST_REFER = frozenset({"met", "suspicion"})
"""What leads to a decision on referral."""
NATURES: Mapping[str, str] = {
    "threshold": "按数额计算",
    "qualitative": "由人员判断",
    "suspicion": "合理嫌疑即移送",
}
OFFENDERS: Mapping[str, str] = {"anyone": "个人和单位", "individual": "个人", "unit": "单位"}


@dataclass(frozen=True)
class Measured:
    """A figure beside the floor it is held against; none recorded counts as nothing."""

    label: str
    unit: str
    amount: Decimal
    floor: Decimal
    is_derived: bool
    is_recorded: bool

    @property
    def share(self) -> int:
        """How many per cent of the floor are reached, rounded down."""
        return int(self.amount / self.floor * 100) if self.floor else 100

    @property
    def is_reached(self) -> bool:
        """Whether the floor is reached."""
        return self.amount >= self.floor


@dataclass(frozen=True)
class ExplainedThreshold:
    """One way of reaching a tier; `counts` says whether it is for this offender.

    `penalties`: the earlier penalties without which it is not open; `ranged`: the province has
    not said its figure.
    """

    measures: tuple[Measured, ...]
    offender: str
    when: str
    provided: str
    penalties: str
    ranged: bool
    article: CitedArticle
    counts: bool

    @property
    def share(self) -> int:
        """How far the whole way is reached: as far as the figure furthest from its floor."""
        return min((one.share for one in self.measures), default=100)


@dataclass(frozen=True)
class Asked:
    """A question of a tier by the key of its answer, and the answer."""

    key: str
    text: str
    answer: bool | None


@dataclass(frozen=True)
class ExplainedOffence:
    """What screening says of one offence, and everything it says it by.

    `then`: the ways in force on the day of the act, where they are others.
    """

    id: str
    offence: Offence
    article: CitedArticle
    finding: Finding
    ways: tuple[ExplainedThreshold, ...]
    then: tuple[ExplainedThreshold, ...]
    questions: tuple[Asked, ...]
    rules: tuple[str, ...]

    @property
    def outcome(self) -> str:
        """The finding in a word."""
        return OUTCOMES[self.finding.outcome]

    @property
    def must_be_referred(self) -> bool:
        """Whether a referral has to be decided on."""
        return self.finding.outcome in MUST_REFER

    @property
    def share(self) -> int:
        """How far the nearest way that counts is reached."""
        return max((one.share for one in self.ways if one.counts and one.measures), default=0)


def explain_screening(
    rules: Rulebook, facts: ScreeningFacts, day: date, region: Region
) -> tuple[ExplainedOffence, ...]:
    """Every candidate offence in a region, gravest finding first, then by how far it is reached."""
    standards = standards_in(rules, region)
    lines = [
        _told(rules, facts, day, one, standards.offences[one.offence])
        for one in screen(facts, standards, day)
    ]
    return tuple(
        sorted(lines, key=lambda one: (RANK.index(one.finding.outcome), one.share), reverse=True)
    )


def ways_of(
    rules: Rulebook, ways: Iterable[tuple[Tier, Threshold]], facts: ScreeningFacts
) -> tuple[ExplainedThreshold, ...]:
    """Thresholds beside the figures of an act."""
    who = {"anyone", facts.offender}
    return tuple(
        ExplainedThreshold(
            measures=tuple(_measures(rules, way, facts.quantities)),
            offender=OFFENDERS[way.by],
            when=way.when,
            provided=tier.question,
            penalties=_needed(rules, tier),
            ranged=bool(way.at_most),
            article=rules.citations[way.basis],
            counts=way.by in who,
        )
        for tier, way in ways
    )


def questions_of(key: str, offence: Offence, day: date) -> dict[str, str]:
    """Every question that screening may ask about an offence, by the key of its answer."""
    found = {answer_key(key, tier): text for tier, text in offence.questions(day).items()}
    if offence.starts and not offence.in_force(day):
        found[answer_key(key, STANDARD_THEN)] = NO_STANDARD
    return found


def special_rules(rules: Rulebook, offence: Offence) -> tuple[str, ...]:
    """The rules beside the floors: four fifths after penalties, a question instead of figures."""
    found: list[str] = []
    for tier in offence.tiers.values():
        if tier.repeat and tier.repeat.share is not None:
            again = in_words(tier.repeat, rules.conducts)
            found.append(f"数额达到起点的{tier.repeat.share:.0%}且{again}的，也达到标准")
        elif tier.repeat:
            found.append(f"{in_words(tier.repeat, rules.conducts)}的，另有标准")
        if tier.lacks_figures:
            found.append("有的档次数额标准未见条文，待法制录入，现由人员判断")
    if offence.nature == "suspicion":
        found.append("数额未达到的，有合理嫌疑也应当移送")
    return tuple(dict.fromkeys(found))


def _told(
    rules: Rulebook, facts: ScreeningFacts, day: date, finding: Finding, offence: Offence
) -> ExplainedOffence:
    acted_on = facts.acted_on or day
    now, then = offence.in_force(day), offence.in_force(min(acted_on, day))
    asked = questions_of(finding.offence, offence, day)
    asked |= questions_of(finding.offence, offence, min(acted_on, day))
    return ExplainedOffence(
        id=finding.offence,
        offence=offence,
        article=rules.citations[offence.article],
        finding=finding,
        ways=ways_of(rules, now, facts),
        then=ways_of(rules, then, facts) if then != now else (),
        questions=tuple(Asked(key, text, facts.answers.get(key)) for key, text in asked.items()),
        rules=special_rules(rules, offence),
    )


def _needed(rules: Rulebook, tier: Tier) -> str:
    if tier.repeat is None or tier.repeat.share is not None:
        return ""
    return in_words(tier.repeat, rules.conducts)


def _measures(
    rules: Rulebook, way: Threshold, recorded: Mapping[str, Decimal]
) -> Iterator[Measured]:
    for key, floor in way.all.items():
        known = rules.quantities[key]
        parts = DERIVED_FROM if key == DERIVED else (key,)
        yield Measured(
            label=known.label,
            unit=known.unit,
            amount=amount_of(recorded, key),
            floor=floor,
            is_derived=key == DERIVED,
            is_recorded=any(one in recorded for one in parts),
        )
