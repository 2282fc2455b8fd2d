"""Screening for crime: thresholds computed from quantities, asked where law asks people.

Reaching a threshold leads to the referral decision; it is never a finding of guilt.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Literal

from domain.calendar.working_days import plus_months
from domain.crime.measures import Glossary, amount_of, percent
from domain.shapes.entries import Evidence
from domain.shapes.offences import Offence, Quantity, Threshold

Outcome = Literal["not_met", "near", "ask", "suspicion", "met"]
RANK: tuple[Outcome, ...] = ("not_met", "near", "ask", "suspicion", "met")
"""From the mildest to the gravest: the gravest that holds is an offence's finding."""

EIGHTY_PERCENT = Decimal("0.8")
"""What 虽未达到上述数额标准 means (追诉标准二, article 81)."""

NO_STANDARD = "经法制人员判断，是否达到行为时的立案追诉标准"


@dataclass(frozen=True)
class ScreeningFacts:
    """What is known of an act.

    `offences`: the candidates, None for all. `prior_penalties`: days of administrative penalties
    for the same kind of conduct. `answers`: by question, or by offence id for all its questions.
    """

    offences: tuple[str, ...] | None = None
    quantities: Mapping[str, Decimal] = field(default_factory=dict)
    offender: Literal["individual", "unit"] = "individual"
    prior_penalties: tuple[date, ...] = ()
    answers: Mapping[str, bool | None] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """What screening says about one offence, with the figures and the article behind it.

    `near` only warns. `ask` lists the `questions` people must answer before anything is known.
    `grounds`: every way in which the offence is met, whatever the figures and floors.
    """

    offence: str
    outcome: Outcome
    reason: str
    name: str
    article: str
    basis: str
    evidence: Evidence | None = None
    threshold: Threshold | None = None
    measured: tuple[tuple[str, Decimal], ...] = ()
    questions: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()


def screen(
    facts: ScreeningFacts,
    offences: Mapping[str, Offence],
    day: date,
    quantities: Mapping[str, Quantity] | None = None,
    evidence: Mapping[str, Evidence] | None = None,
) -> tuple[Finding, ...]:
    """One finding per candidate offence under the standards in force on `day`, gravest first.

    Figures are in the unit of their quantity (money in yuan); `quantities` and `evidence` only lend
    names and marks to the reasons. Raises KeyError for a candidate that `offences` lacks.
    """
    candidates = offences if facts.offences is None else facts.offences
    glossary = Glossary(quantities or {}, evidence or {})
    findings = (
        _gravest(tuple(_Screened(one, offences[one], facts, day, glossary).findings()))
        for one in dict.fromkeys(candidates)
    )
    return tuple(sorted(findings, key=_rank, reverse=True))


def threshold_met(findings: Iterable[Finding]) -> bool:
    """A referral must be decided on: a threshold is met, or reasonable suspicion was affirmed."""
    return any(one.outcome in {"met", "suspicion"} for one in findings)


def open_questions(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Every question still to be answered, each once."""
    asked = (question for one in findings for question in one.questions)
    return tuple(dict.fromkeys(asked))


def localized(
    offences: Mapping[str, Offence], amounts: Mapping[str, Mapping[str, Decimal]]
) -> dict[str, Offence]:
    """The offences with a region's own floors in place of the national ones.

    `amounts`: by offence and quantity, the region's floor; what it does not name stays.
    """
    return {
        key: _with_floors(offence, amounts[key]) if key in amounts else offence
        for key, offence in offences.items()
    }


def _with_floors(offence: Offence, floors: Mapping[str, Decimal]) -> Offence:
    values = {
        start: tuple(
            way.model_copy(update={"all": {key: floors.get(key, way.all[key]) for key in way.all}})
            for way in ways
        )
        for start, ways in offence.values.items()
    }
    return offence.model_copy(update={"values": values})


def _gravest(findings: tuple[Finding, ...]) -> Finding:
    """The gravest finding of an offence, with the grounds of all."""
    grounds = dict.fromkeys(one for found in findings for one in found.grounds)
    return replace(max(findings, key=_rank), grounds=tuple(grounds))


def _rank(finding: Finding) -> int:
    return RANK.index(finding.outcome)


@dataclass(frozen=True)
class _Screened:
    """One offence held against the facts."""

    key: str
    offence: Offence
    facts: ScreeningFacts
    day: date
    glossary: Glossary

    def findings(self) -> Iterator[Finding]:
        """Everything that can be said about the offence, in no order; never nothing."""
        yield self._find("not_met", self._unmet())
        if self.offence.values and not self.offence.in_force(self.day):
            yield from self._asked("met", f"规则库没有{self.day}有效的数额标准", (NO_STANDARD,))
        for way in self._ways:
            yield from self._earlier_penalty(way) if way.after_penalty else self._measured(way)
        if self.offence.nature == "suspicion":
            yield from self._asked("suspicion", f"{self._unmet()}；有合理嫌疑即应当移送")
        elif self.offence.nature == "qualitative":
            yield from self._asked("met", "由人员判断，不按数额计算")
        elif self.offence.ask_when_unmet:
            yield from self._asked("met", f"{self._unmet()}；有下列情形之一即达到")

    @cached_property
    def _ways(self) -> tuple[Threshold, ...]:
        who = {"anyone", self.facts.offender}
        return tuple(way for way in self.offence.in_force(self.day) if way.by in who)

    @cached_property
    def _repeated(self) -> bool:
        years = self.offence.repeat_within_years
        if years is None:
            return False
        # Counted back from the day of judging, both ends included.
        since = plus_months(self.day, -12 * years)
        earlier = [one for one in self.facts.prior_penalties if since <= one <= self.day]
        return len(earlier) >= self.offence.repeat_times

    def _measured(self, way: Threshold) -> Iterator[Finding]:
        share = self._share(way)
        if share >= 1:
            yield from self._provided(way, f"{self._compared(way)}，已达到")
        elif share >= EIGHTY_PERCENT and self.offence.eighty_percent and self._repeated:
            said = f"{self._compared(way)}，为起点的{percent(share)}，且{self._penalties()}"
            yield from self._provided(way, said)
        elif share >= EIGHTY_PERCENT and self._answer(way.provided) is not False:
            said = f"{self._compared(way)}，为起点的{percent(share)}，接近但未达到"
            yield self._find("near", said, way)

    def _earlier_penalty(self, way: Threshold) -> Iterator[Finding]:
        if self._share(way) < 1:
            return
        said = self._compared(way)
        if self._repeated:
            said = f"{said}，且{self._penalties()}" if said else self._penalties()
            yield from self._provided(way, said)
        elif self.offence.nature == "threshold" and not self.offence.ask_when_unmet:
            yield from self._asked("met", f"{said}；有下列情形之一即达到")

    def _provided(self, way: Threshold, said: str) -> Iterator[Finding]:
        """The way counts where its question is affirmed, and asks while it is unanswered."""
        answer = self._answer(way.provided)
        if answer:
            yield self._find("met", said, way, grounds=(self.glossary.named(way),))
        elif answer is None:
            yield self._find("ask", f"{said}；待确认：{way.provided}", way, (way.provided,))

    def _asked(
        self, affirmed: Outcome, said: str, questions: tuple[str, ...] | None = None
    ) -> Iterator[Finding]:
        """One yes affirms; while none is yes, what is unanswered is asked."""
        answers = {one: self._answer(one) for one in questions or self.offence.questions}
        left = tuple(one for one, answer in answers.items() if answer is None)
        yes = [one for one, answer in answers.items() if answer]
        if yes:
            yield self._find(affirmed, f"{said}；已确认：{'；'.join(yes)}", grounds=tuple(yes))
        elif left:
            yield self._find("ask", f"{said}；待确认：{'；'.join(left)}", questions=left)

    def _answer(self, question: str) -> bool | None:
        if not question:
            return True
        return self.facts.answers.get(question, self.facts.answers.get(self.key))

    def _amount(self, quantity: str) -> Decimal:
        return amount_of(self.facts.quantities, quantity)

    def _share(self, way: Threshold) -> Decimal:
        """How much of the floor is reached by the quantity that is furthest from its own.

        A way without floors (after penalties only) is reached as it stands.
        """
        shares = (self._amount(one) / floor for one, floor in way.all.items())
        return min(shares, default=Decimal(1))

    def _find(
        self,
        outcome: Outcome,
        said: str,
        way: Threshold | None = None,
        questions: tuple[str, ...] = (),
        grounds: tuple[str, ...] = (),
    ) -> Finding:
        basis = way.basis if way else self.offence.article
        return Finding(
            offence=self.key,
            outcome=outcome,
            reason=f"{self.offence.name}：{said}",
            name=self.offence.name,
            article=self.offence.article,
            basis=basis,
            evidence=self.glossary.evidence.get(basis),
            threshold=way,
            measured=tuple((one, self._amount(one)) for one in way.all) if way else (),
            questions=questions,
            grounds=grounds,
        )

    def _unmet(self) -> str:
        if self.offence.nature == "qualitative":
            return "各项情形均已确认不存在"
        return f"{said}，未达到" if (said := self._closest()) else "未登记与起点同一口径的数额"

    def _closest(self) -> str:
        """The threshold that is nearest to being reached; empty where nothing was measured."""
        counted = [way for way in self._ways if way.all and not way.after_penalty]
        way = max(counted, key=self._share, default=None)
        return self._compared(way) if way and any(map(self._amount, way.all)) else ""

    def _compared(self, way: Threshold) -> str:
        return self.glossary.compared(way, {one: self._amount(one) for one in way.all})

    def _penalties(self) -> str:
        offence = self.offence
        return f"{offence.repeat_within_years}年内受过{offence.repeat_times}次以上行政处罚"
