"""Whether facts reach a criminal threshold: computed from quantities, asked where law asks people.

Reaching a threshold leads to the referral decision; it is never a finding of guilt.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from domain.crime.measures import amount_of
from domain.crime.standards import Standards
from domain.crime.tier_weighing import (
    RANK,
    Outcome,
    Question,
    ScreeningFacts,
    TierWeighing,
    Weighed,
    answer_key,
    share_of,
)
from domain.shapes.entries import Evidence
from domain.shapes.offences import Offence, Threshold

WORDS: Mapping[Outcome, str] = {
    "met": "已达到",
    "suspicion": "有合理嫌疑",
    "ask": "待确认",
    "near": "接近",
    "not_met": "未达到",
}
"""What screening finds, as people read it."""
NO_STANDARD = "经法制人员判断，是否达到行为时的立案追诉标准"
STANDARD_THEN = "standard_then"
"""The question of the standard on the day of the act, where the rulebook has none."""


@dataclass(frozen=True)
class Finding:
    """What screening says about one offence, with the figures and the article behind it.

    `near` only warns. `questions`: what people must answer before more is known. `grounds`: every
    way in which the offence is met, whatever the figures and floors. `refuses`: it stands against
    a penalty; figures whose text was not seen only warn. `judged_by`: the day of the standard.
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
    questions: tuple[Question, ...] = ()
    grounds: tuple[str, ...] = ()
    refuses: bool = False
    judged_by: date = field(default=date.max)


def screen(facts: ScreeningFacts, standards: Standards, day: date) -> tuple[Finding, ...]:
    """One finding per candidate offence, gravest first.

    Judged on `day`, and by the standard of the day of the act where that is milder.
    """
    candidates = standards.offences if facts.offences is None else facts.offences
    findings = (_milder(one, facts, standards, day) for one in dict.fromkeys(candidates))
    return tuple(sorted(findings, key=_rank, reverse=True))


def threshold_met(findings: Iterable[Finding]) -> bool:
    """A referral must be decided on: a threshold is met, or reasonable suspicion was affirmed."""
    return any(one.outcome in {"met", "suspicion"} for one in findings)


def open_questions(findings: Iterable[Finding]) -> tuple[str, ...]:
    """Every question still to be answered as its `offence.tier`."""
    asked = (answer_key(one.offence, q.tier) for one in findings for q in one.questions)
    return tuple(dict.fromkeys(asked))


def _rank(finding: Finding) -> tuple[int, bool]:
    return RANK.index(finding.outcome), finding.refuses


def _milder(key: str, facts: ScreeningFacts, standards: Standards, day: date) -> Finding:
    """The finding under today's standard, or under that of the day of the act where milder."""
    offence, acted_on = standards.offences[key], facts.acted_on or day
    now = _Screened(key, offence, facts, standards, day).finding()
    if acted_on >= day or offence.in_force(acted_on) == offence.in_force(day):
        return now
    then = _Screened(key, offence, facts, standards, acted_on).finding()
    mild = min(then, now, key=_rank)
    both = f"按行为时（{acted_on}）的标准{WORDS[then.outcome]}，按现行标准{WORDS[now.outcome]}"
    return replace(mild, reason=f"{mild.reason}；{standards.milder}：{both}")


@dataclass(frozen=True)
class _Screened:
    """One offence held against the facts under the standards of a day."""

    key: str
    offence: Offence
    facts: ScreeningFacts
    standards: Standards
    day: date

    def finding(self) -> Finding:
        """The gravest of what its tiers say, with every question that is still open."""
        said = (Weighed("not_met", self._unmet()), *self._weighed())
        best = max(said, key=lambda one: (RANK.index(one.outcome), one.refuses))
        asked = [] if best.refuses else [q for one in said for q in one.questions]
        reason = self._asking(said) if best.outcome == "ask" else best.said
        way = best.way
        basis = way.basis if way else self.offence.article
        return Finding(
            offence=self.key,
            outcome=best.outcome,
            reason=f"{self.offence.name}：{reason}",
            name=self.offence.name,
            article=self.offence.article,
            basis=basis,
            evidence=self.standards.evidence.get(basis),
            threshold=way,
            measured=tuple((one, amount_of(self.facts.quantities, one)) for one in way.all)
            if way
            else (),
            questions=tuple(dict.fromkeys(asked)),
            grounds=tuple(dict.fromkeys(one.ground for one in said if one.ground)),
            refuses=best.refuses,
            judged_by=self.day,
        )

    def _weighed(self) -> Iterator[Weighed]:
        if self.offence.starts and not self.offence.in_force(self.day):
            yield from self._without_standard()
        acted_on = self.facts.acted_on or self.day
        for name, tier in self.offence.tiers.items():
            yield from TierWeighing(
                self.key,
                self.offence,
                name,
                tier,
                self.facts,
                self.standards,
                self.day,
                acted_on,
            ).weighed()

    def _without_standard(self) -> Iterator[Weighed]:
        said = f"规则库没有{self.day}有效的数额标准"
        answer = self.facts.answers.get(answer_key(self.key, STANDARD_THEN))
        if answer:
            yield Weighed("met", f"{said}；已确认：{NO_STANDARD}", None, (), NO_STANDARD, True)
        elif answer is None:
            yield Weighed("ask", said, None, (Question(STANDARD_THEN, NO_STANDARD),))

    def _asking(self, said: Iterable[Weighed]) -> str:
        """Why people are asked, and every question."""
        asking = [one for one in said if one.outcome == "ask"]
        whys = list(dict.fromkeys(one.said for one in asking if one.said)) or [self._why_asked()]
        questions = dict.fromkeys(q.text for one in asking for q in one.questions)
        return f"{'；'.join(whys)}；待确认：{'；'.join(questions)}"

    def _why_asked(self) -> str:
        if self.offence.nature == "qualitative":
            return "由人员判断，不按数额计算"
        if self.offence.nature == "suspicion":
            return f"{self._unmet()}；有合理嫌疑即应当移送"
        return f"{self._unmet()}；有下列情形之一即达到"

    def _unmet(self) -> str:
        if self.offence.nature == "qualitative":
            return "各项情形均已确认不存在"
        return f"{said}，未达到" if (said := self._closest()) else "未登记与起点同一口径的数额"

    def _closest(self) -> str:
        """The threshold that is nearest to being reached; empty where nothing was measured."""
        who, amounts = {"anyone", self.facts.offender}, self.facts.quantities
        counted = [
            way
            for tier, way in self.offence.in_force(self.day)
            if way.all and way.by in who and not (tier.repeat and tier.repeat.share is None)
        ]
        way = max(counted, key=lambda one: share_of(one, amounts), default=None)
        if way is None or not any(amount_of(amounts, one) for one in way.all):
            return ""
        return self.standards.glossary.compared(way, amounts)
