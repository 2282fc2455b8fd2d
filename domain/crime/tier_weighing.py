"""One tier of an offence held against the facts: what can be said about it, and how surely."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from domain.crime.earlier_penalties import Counted, PriorPenalty, in_words, record_of
from domain.crime.measures import amount_of, percent
from domain.crime.standards import Standards
from domain.shapes.offences import Offence, Threshold, Tier

Outcome = Literal["not_met", "near", "ask", "suspicion", "met"]
RANK: tuple[Outcome, ...] = ("not_met", "near", "ask", "suspicion", "met")
"""From the mildest to the gravest: the gravest that holds is an offence's finding."""

EIGHTY_PERCENT = Decimal("0.8")
"""Where a figure is near its floor: a hint, unless the tier counts four fifths itself."""
PENALTIES = "penalties"
"""The question that no yes or no answers: of what kind earlier penalties were."""
UNSEEN = "数额标准未见条文〔待法制核对〕，只作提示"
RANGED = "本省确定的数额没有录入，暂按法定幅度的下限提示；由法制人员核定后在地区参数 amounts 录入"


@dataclass(frozen=True)
class ScreeningFacts:
    """What is known of an act.

    `offences`: the candidates, None for all. `acted_on`: the day the act ended, None for the day
    it is judged. `answers`: by `offence.tier`.
    """

    offences: tuple[str, ...] | None = None
    quantities: Mapping[str, Decimal] = field(default_factory=dict)
    offender: Literal["individual", "unit"] = "individual"
    prior_penalties: tuple[PriorPenalty, ...] = ()
    answers: Mapping[str, bool | None] = field(default_factory=dict)
    acted_on: date | None = None


@dataclass(frozen=True)
class Question:
    """What people have to say before anything is known, and the tier it belongs to."""

    tier: str
    text: str


@dataclass(frozen=True)
class Weighed:
    """What one tier says. `refuses`: it is sure enough to stand against a penalty."""

    outcome: Outcome
    said: str
    way: Threshold | None = None
    questions: tuple[Question, ...] = ()
    ground: str = ""
    refuses: bool = False


def answer_key(offence: str, tier: str) -> str:
    """How the answer to a tier's question is kept."""
    return f"{offence}.{tier}"


@dataclass(frozen=True)
class TierWeighing:
    """One tier of one offence under the standards of a day."""

    key: str
    offence: Offence
    name: str
    tier: Tier
    facts: ScreeningFacts
    standards: Standards
    day: date
    acted_on: date

    def weighed(self) -> Iterator[Weighed]:
        """Everything that can be said about the tier; nothing where it is out of reach."""
        for way in self._ways():
            share = share_of(way, self.facts.quantities)
            if self.tier.repeat is not None and self.tier.repeat.share is None:
                yield from self._after_penalties(way, share)
            else:
                yield from self._by_amount(way, share)

    def _ways(self) -> tuple[Threshold, ...]:
        if not self.tier.values:
            return (Threshold(all={}, basis=self.tier.basis or self.offence.article),)
        who = {"anyone", self.facts.offender}
        return tuple(way for way in self.tier.in_force(self.day) if way.by in who)

    def _by_amount(self, way: Threshold, share: Decimal) -> Iterator[Weighed]:
        repeat, compared = self.tier.repeat, self._compared(way)
        near = Weighed("near", f"{compared}，为起点的{percent(share)}，接近但未达到", way)
        if share >= 1:
            yield from self._asked(way, f"{compared}，已达到" if compared else "")
        elif repeat is not None and repeat.share is not None and share >= repeat.share:
            counted = self._counted(way, f"{compared}，为起点的{percent(share)}")
            yield from counted or self._hint(near)
        elif share >= EIGHTY_PERCENT:
            yield from self._hint(near)

    def _hint(self, near: Weighed) -> list[Weighed]:
        """A figure near its floor, unless the tier was ruled out."""
        return [] if self._answer() is False else [near]

    def _after_penalties(self, way: Threshold, share: Decimal) -> Iterator[Weighed]:
        if share >= 1:
            yield from self._counted(way, self._compared(way))

    def _counted(self, way: Threshold, said: str) -> list[Weighed]:
        """What earlier penalties make of it; nothing where there are too few."""
        counted = self._record()
        again = in_words(counted.repeat, self.standards.conducts)
        said = f"{said}，且{again}" if said else again
        if counted.suffices:
            return list(self._asked(way, said))
        if not counted.may_suffice:
            return []
        listed = "、".join(str(one) for one in counted.possible)
        text = f"以下处罚是否{again}，请在「曾受行政处罚」中写明每次的违法行为种类：{listed}"
        return list(self._asked(way, said, (Question(PENALTIES, text),)))

    def _asked(
        self, way: Threshold, said: str, more: tuple[Question, ...] = ()
    ) -> Iterator[Weighed]:
        """The way counts where its question is affirmed, and asks while it is unanswered."""
        answer = self._answer()
        if answer is False:
            return
        own = () if answer else (Question(self.name, self._question()),)
        if own or more:
            yield Weighed("ask", said, way, (*own, *more))
            return
        suspected = self.offence.nature == "suspicion" and not way.all and not self.tier.repeat
        affirmed = f"已确认：{self.tier.question}" if self.tier.question and not way.all else ""
        doubt = self._doubt(way)
        yield Weighed(
            "suspicion" if suspected else "met",
            "；".join(one for one in (said, affirmed, doubt) if one),
            way,
            ground=self.standards.glossary.named(
                way, self.tier.question, again=self._needs_penalties
            ),
            refuses=not doubt,
        )

    def _doubt(self, way: Threshold) -> str:
        """Why a figure that is reached only warns; a person's yes without figures is no doubt."""
        if not way.all and not self._needs_penalties:
            return ""
        if self.standards.evidence.get(way.basis, "text") not in {"text", "local"}:
            return UNSEEN
        amounts = self.facts.quantities
        short = any(amount_of(amounts, key) < top for key, top in way.at_most.items())
        return RANGED if short else ""

    @property
    def _needs_penalties(self) -> bool:
        return self.tier.repeat is not None and self.tier.repeat.share is None

    def _question(self) -> str:
        more = "（数额标准待法制录入）" if self.tier.lacks_figures else ""
        return f"{self.tier.question}{more}"

    def _answer(self) -> bool | None:
        if not self.tier.question:
            return True
        return self.facts.answers.get(answer_key(self.key, self.name))

    def _record(self) -> Counted:
        repeat = self.tier.repeat
        assert repeat is not None
        penalties, conducts = self.facts.prior_penalties, self.standards.conducts
        return record_of(repeat, penalties, conducts, self.acted_on)

    def _compared(self, way: Threshold) -> str:
        return self.standards.glossary.compared(way, self.facts.quantities)


def share_of(way: Threshold, amounts: Mapping[str, Decimal]) -> Decimal:
    """How much of the floor is reached by the quantity that is furthest from its own."""
    shares = (amount_of(amounts, one) / floor for one, floor in way.all.items())
    return min(shares, default=Decimal(1))
