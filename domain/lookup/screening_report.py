"""The full report of a screening: every threshold beside its figures, every question answered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.crime.measures import DERIVED, NOTHING, amount_of
from domain.crime.screening import NO_STANDARD, RANK, Finding, Outcome, ScreeningFacts, screen
from domain.rulebook.rulebook import CitedArticle, Rulebook
from domain.shapes.offences import Offence, Threshold

OUTCOMES: Mapping[Outcome, str] = {
    "met": "已达到",
    "suspicion": "有合理嫌疑",
    "ask": "待确认",
    "near": "接近",
    "not_met": "未达到",
}
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
    """A recorded figure beside the floor it is held against."""

    label: str
    unit: str
    amount: Decimal
    floor: Decimal
    is_derived: bool

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
    """One way of reaching the standard; `counts` says whether it is for this offender."""

    measures: tuple[Measured, ...]
    offender: str
    when: str
    provided: str
    after_penalty: bool
    article: CitedArticle
    counts: bool

    @property
    def share(self) -> int:
        """How far the whole way is reached: as far as the figure furthest from its floor."""
        return min((one.share for one in self.measures), default=100)


@dataclass(frozen=True)
class ExplainedOffence:
    """What screening says of one offence, and everything it says it by."""

    id: str
    offence: Offence
    article: CitedArticle
    finding: Finding
    ways: tuple[ExplainedThreshold, ...]
    questions: tuple[tuple[str, bool | None], ...]
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
    rules: Rulebook, facts: ScreeningFacts, day: date
) -> tuple[ExplainedOffence, ...]:
    """What screening says of every candidate offence, with all it rests on.

    `day` chooses the standards in force. The gravest finding comes first, then what is furthest
    reached.
    """
    evidence = {key: one.evidence for key, one in rules.citations.items()}
    findings = screen(facts, rules.offences, day, rules.quantities, evidence)
    lines = [_told(rules, facts, day, one) for one in findings]
    return tuple(
        sorted(lines, key=lambda one: (RANK.index(one.finding.outcome), one.share), reverse=True)
    )


def ways_of(
    rules: Rulebook, ways: Sequence[Threshold], facts: ScreeningFacts
) -> tuple[ExplainedThreshold, ...]:
    """Thresholds beside the recorded figures of an act; those of another offender do not count."""
    who = {"anyone", facts.offender}
    return tuple(
        ExplainedThreshold(
            measures=tuple(_measures(rules, way, facts.quantities)),
            offender=OFFENDERS[way.by],
            when=way.when,
            provided=way.provided,
            after_penalty=way.after_penalty,
            article=rules.citations[way.basis],
            counts=way.by in who,
        )
        for way in ways
    )


def questions_of(offence: Offence, day: date) -> tuple[str, ...]:
    """Every question that screening may ask about an offence, each once."""
    ways = offence.in_force(day)
    asked = [way.provided for way in ways if way.provided]
    if offence.values and not ways:
        asked.append(NO_STANDARD)
    return tuple(dict.fromkeys([*offence.questions, *asked]))


def special_rules(offence: Offence) -> tuple[str, ...]:
    """The rules beside the floors: four fifths after penalties, a question instead of figures."""
    found: list[str] = []
    if offence.repeat_within_years is not None:
        times = f"{offence.repeat_within_years}年内受过{offence.repeat_times}次以上行政处罚"
        if offence.eighty_percent:
            found.append(f"数额达到起点的80%且{times}的，也达到标准")
        if any(way.after_penalty for ways in offence.values.values() for way in ways):
            found.append(f"{times}的，适用较低的起点")
    if offence.ask_when_unmet:
        found.append("数额未达到的，有所列情形之一也达到标准")
    if offence.nature == "suspicion":
        found.append("数额未达到的，有合理嫌疑也应当移送")
    return tuple(found)


def _told(rules: Rulebook, facts: ScreeningFacts, day: date, finding: Finding) -> ExplainedOffence:
    offence = rules.offences[finding.offence]
    answers = facts.answers
    return ExplainedOffence(
        id=finding.offence,
        offence=offence,
        article=rules.citations[offence.article],
        finding=finding,
        ways=ways_of(rules, offence.in_force(day), facts),
        questions=tuple(
            (one, answers.get(one, answers.get(finding.offence)))
            for one in questions_of(offence, day)
        ),
        rules=special_rules(offence),
    )


def _measures(
    rules: Rulebook, way: Threshold, recorded: Mapping[str, Decimal]
) -> Iterator[Measured]:
    for key, floor in way.all.items():
        known = rules.quantities[key]
        amount = amount_of(recorded, key) or NOTHING
        yield Measured(known.label, known.unit, amount, floor, key == DERIVED)
