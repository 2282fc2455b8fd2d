"""The screening calculator's form: figures, earlier penalties and answers as typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

from starlette.datastructures import QueryParams

from domain.crime.earlier_penalties import PriorPenalty
from domain.crime.tier_weighing import ScreeningFacts
from domain.rulebook.rulebook import Rulebook

ROWS = 5
MOST_OFFENCES = 12
ANSWER = "answer."
LARGEST = Decimal(10) ** 15
SAID: Mapping[str, bool | None] = {"yes": True, "no": False}


@dataclass(frozen=True)
class Figure:
    """A quantity and an amount as typed."""

    kind: str = ""
    amount: str = ""


@dataclass(frozen=True)
class TypedFacts:
    """The form as typed."""

    matter: str
    offences: tuple[str, ...]
    offender: Literal["individual", "unit"]
    figures: tuple[Figure, ...]
    day: str
    penalties: str
    answers: Mapping[str, bool | None]
    is_sent: bool


class NotReadable(Exception):
    """What is wrong with the form, in words."""

    def __init__(self, complaints: Iterable[str]) -> None:
        self.complaints = tuple(complaints)
        super().__init__("；".join(self.complaints))


def typed_facts(sent: QueryParams) -> TypedFacts:
    """The form that an address carries."""
    rows = [
        Figure(sent.get(f"kind{place}", ""), sent.get(f"amount{place}", "").strip()[:30])
        for place in range(ROWS)
    ]
    return TypedFacts(
        matter=sent.get("matter", ""),
        offences=tuple(dict.fromkeys(one for one in sent.getlist("offence") if one)),
        offender="unit" if sent.get("offender") == "unit" else "individual",
        figures=tuple(rows),
        day=sent.get("day", "").strip()[:10],
        penalties=sent.get("penalties", "").strip()[:200],
        answers={
            key.removeprefix(ANSWER): SAID.get(value)
            for key, value in sent.multi_items()
            if key.startswith(ANSWER)
        },
        is_sent="offender" in sent,
    )


def facts_from(form: TypedFacts, rules: Rulebook, today: date) -> tuple[ScreeningFacts, date]:
    """The act to be screened and the day it is judged on; NotReadable with every mistake.

    The penalties are said to be for the same kind of conduct, whatever the offence.
    """
    complaints: list[str] = []
    candidates = _candidates(form, rules, complaints)
    quantities = _quantities(form, rules, complaints)
    acted_on = _day(form.day, "行为终了之日", complaints) or today
    penalties = [_day(one, "受处罚日期", complaints) for one in form.penalties.split()]
    if complaints:
        raise NotReadable(complaints)
    facts = ScreeningFacts(
        offences=candidates,
        quantities=quantities,
        offender=form.offender,
        prior_penalties=tuple(
            PriorPenalty(one, conduct) for one in penalties if one for conduct in rules.conducts
        ),
        answers=form.answers,
        acted_on=acted_on,
    )
    return facts, max(acted_on, today)


def _candidates(form: TypedFacts, rules: Rulebook, complaints: list[str]) -> tuple[str, ...]:
    named = tuple(one for one in form.offences if one in rules.offences)
    matter = rules.matters.get(form.matter)
    found = tuple(dict.fromkeys([*named, *(matter.offences if matter else ())]))
    if not found and matter is not None and matter.no_offence is not None:
        said = matter.no_offence
        complaints.append(
            f"「{matter.name}」无对应罪名（{said.by}，{said.stated_on}：{said.reason}），请直接选择罪名"
        )
    elif not found:
        complaints.append("请选择监管事项或者罪名")
    if len(found) > MOST_OFFENCES:
        complaints.append(f"一次最多对照{MOST_OFFENCES}个罪名，现有{len(found)}个")
    return found


def _quantities(form: TypedFacts, rules: Rulebook, complaints: list[str]) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for place, one in enumerate(form.figures, start=1):
        if not (one.kind or one.amount):
            continue
        amount = _amount(one.amount)
        if one.kind not in rules.quantities or amount is None:
            complaints.append(f"第{place}行数额须选择口径，并填写不小于零的数字")
        elif one.kind in found:
            complaints.append(f"第{place}行的口径「{rules.quantities[one.kind].label}」重复")
        else:
            found[one.kind] = amount
    return found


def _amount(text: str) -> Decimal | None:
    try:
        found = Decimal(text.replace(",", "").replace("，", ""))
    except InvalidOperation:
        return None
    return found if found.is_finite() and 0 <= found < LARGEST else None


def _day(text: str, what: str, complaints: list[str]) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        complaints.append(f"{what}“{text}”应写作 2026-09-25")
        return None
