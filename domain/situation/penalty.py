"""A penalty as a form states it: its kinds, sums, term and licence; what was told and decided.

Free text explains a penalty and decides nothing; all that follows from a penalty is read here.
Sums are in yuan, a term is written as 30日、6个月、5年 or 终身.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from domain.shapes.penalties import PenaltyKind
from domain.situation.sums import in_yuan

DAYS_OF = {"日": Fraction(1), "天": Fraction(1), "个月": Fraction(365, 12), "年": Fraction(365)}
FOR_LIFE = "终身"
_TERM = re.compile(r"(\d{1,4})(日|天|个月|年)")


@dataclass(frozen=True)
class Fields:
    """The names under which a form records a penalty, and what people call its figures."""

    kinds: str
    fine: str
    confiscated: str
    goods: str
    term: str
    licence: str


PLANNED = Fields(
    "planned_kinds",
    "planned_fine",
    "planned_confiscated",
    "planned_goods_value",
    "planned_term",
    "planned_licence",
)
"""In the notice before a penalty."""
DECIDED = Fields(
    "penalty_kinds", "fine", "confiscated", "goods_value", "penalty_term", "penalty_licence"
)
"""In the decision."""
NEEDS = {
    "fine": "罚款数额",
    "confiscated": "没收违法所得数额",
    "goods": "没收非法财物价值",
    "term": "期限",
    "licence": "许可证件（资质）名称",
}
"""What a kind of penalty may have to state, in words."""


@dataclass(frozen=True)
class Penalty:
    """What a party is to bear."""

    kinds: tuple[str, ...] = ()
    fine: Decimal = Decimal(0)
    confiscated: Decimal = Decimal(0)
    goods: Decimal = Decimal(0)
    term: str = ""
    licence: str = ""

    @property
    def taken(self) -> Decimal:
        """What is confiscated altogether: gains and goods."""
        return self.confiscated + self.goods

    def states(self, need: str) -> bool:
        """Whether what a kind needs was stated."""
        return bool(getattr(self, need))


def penalty_of(values: Mapping[str, object], names: Fields) -> Penalty:
    """The penalty that a form or the facts of a case record."""
    kinds = values.get(names.kinds)
    return Penalty(
        kinds=tuple(str(one) for one in kinds) if isinstance(kinds, list | tuple) else (),
        fine=in_yuan(values.get(names.fine)),
        confiscated=in_yuan(values.get(names.confiscated)),
        goods=in_yuan(values.get(names.goods)),
        term=str(values.get(names.term) or "").strip(),
        licence=str(values.get(names.licence) or "").strip(),
    )


def days_of(term: str) -> Fraction | None:
    """A term in days, to compare terms with each other; None where it cannot be read."""
    if term == FOR_LIFE:
        return Fraction(10**6)
    found = _TERM.fullmatch(term)
    return int(found[1]) * DAYS_OF[found[2]] if found else None


def faults_of(
    penalty: Penalty, kinds: Mapping[str, PenaltyKind], labels: Mapping[str, str] = NEEDS
) -> Iterator[str]:
    """What a penalty leaves out that its kinds need, or states without a kind that needs it.

    `labels`: what the form at hand calls the things needed.
    """
    needed: dict[str, str] = {}
    for kind in penalty.kinds:
        for need in kinds[kind].needs:
            needed.setdefault(need, kinds[kind].label)
    for missing, label in needed.items():
        if not penalty.states(missing):
            yield f"处罚种类有{label}的，请填写「{labels[missing]}」"
    for stated in ("fine", "confiscated", "goods"):
        if penalty.states(stated) and stated not in needed:
            owner = next(one.label for one in kinds.values() if stated in one.needs)
            yield f"填写了「{labels[stated]}」，处罚种类中应当选择「{owner}」"
    yield from _term_faults(penalty)


def _term_faults(penalty: Penalty) -> Iterator[str]:
    """A term that cannot be read, or one without end for what is only suspended."""
    if penalty.term == FOR_LIFE and "licence_suspended" in penalty.kinds:
        yield "暂扣许可证件应当写明多久，不能终身；不再准许的为吊销许可证件"
    if penalty.term and days_of(penalty.term) is None:
        yield f"期限应写作30日、6个月、5年或者终身，现为「{penalty.term}」"


def heavier(decided: Penalty, told: Penalty, kinds: Mapping[str, PenaltyKind]) -> Iterator[str]:
    """In what a decided penalty goes beyond, or differs from, the one that was told."""
    for kind in decided.kinds:
        if kind not in told.kinds:
            yield f"没有告知过{kinds[kind].label}"
    for need in ("fine", "confiscated", "goods"):
        now, then = getattr(decided, need), getattr(told, need)
        if now > then:
            yield f"{NEEDS[need]}{now:,.2f}元，告知的是{then:,.2f}元"
    if decided.term and _longer(decided.term, told.term):
        yield f"期限{decided.term}，告知的是{told.term or '没有期限'}"
    if decided.licence and decided.licence != told.licence:
        yield f"许可证件（资质）为{decided.licence}，告知的是{told.licence or '没有写明'}"


def _longer(now: str, then: str) -> bool:
    """A term that was not told, or is longer than the one that was."""
    decided, told = days_of(now), days_of(then)
    return told is None or (decided is not None and decided > told)
