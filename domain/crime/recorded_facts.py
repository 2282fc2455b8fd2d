"""What a case has on record for screening: every entry adds to the one before or corrects it."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation

from domain.crime.earlier_penalties import OTHER, PriorPenalty
from domain.crime.screening import NO_STANDARD, STANDARD_THEN
from domain.crime.tier_weighing import ScreeningFacts, answer_key
from domain.situation.situation import Law, Situation

KNOWN: Mapping[str, bool] = {"是": True, "否": False}
OTHER_CONDUCT = "其他"
"""How people say that a penalty was for conduct that counts for no offence."""
DATE, ORGAN, CONDUCT, KIND, NUMBER = "日期", "机关", "违法行为种类", "处罚种类", "文号"
"""The columns in which penalties known from elsewhere are told."""
CHOSEN = "matters_chosen"
"""Every matter that was ever chosen in a case: choosing another takes no offence away."""
Facts = Mapping[str, object]


def entered(s: Situation, before: Facts, entry: Facts) -> dict[str, object]:
    """The record after an entry: a figure or answer left out stands, one given again corrects."""
    rows = (*answer_rows(before, s.law), *answer_rows(entry, s.law))
    answers = {answer_key(one["offence"], one["tier"]): one for one in rows if one["answer"]}
    found = (str(row.get("offence")) for row in findings_of(before))
    named = (*names_of(before.get("screened")), *found, *names_of(entry.get("screened")))
    penalties = {
        (one.get(DATE), one.get(NUMBER), one.get(ORGAN)): one
        for one in (*rows_of(before, "penalties"), *rows_of(entry, "penalties"))
    }
    matters = (*names_of(before.get(CHOSEN)), before.get("matter"), entry.get("matter"))
    return {
        CHOSEN: [one for one in dict.fromkeys(matters) if one],
        "quantities": {**_mapping(before.get("quantities")), **_mapping(entry.get("quantities"))},
        "screened": list(dict.fromkeys(named)),
        "answers": list(answers.values()),
        "penalties": list(penalties.values()),
    }


def screening_facts(s: Situation, recorded: Facts) -> ScreeningFacts:
    """The record as screening reads it: the offences of the matter and those named, none left out.

    An answer that names an offence of several questions and none of them answers nothing.
    """
    answers = [one for one in answer_rows(recorded, s.law) if one["tier"]]
    return ScreeningFacts(
        offences=candidates(s, recorded),
        quantities=amounts_of(recorded.get("quantities")),
        offender="unit" if recorded.get("offender") == "unit" else "individual",
        prior_penalties=tuple(_penalties(s, recorded)),
        answers={
            answer_key(one["offence"], one["tier"]): KNOWN.get(one["answer"]) for one in answers
        },
        acted_on=_day(recorded.get("offence_ended_on")),
    )


def candidates(s: Situation, recorded: Facts) -> tuple[str, ...]:
    """The offences of the clue's matter and of the one chosen, those named and those answered."""
    named = (
        *(one for matter in matters_of(s, recorded) for one in s.law.matters[matter].offences),
        *names_of(recorded.get("screened")),
        *(one["offence"] for one in answer_rows(recorded, s.law) if one["answer"]),
    )
    return tuple(one for one in dict.fromkeys(named) if one in s.law.offences)


def matters_of(s: Situation, recorded: Facts) -> tuple[str, ...]:
    """The matter of the clue and those ever chosen in its case; none where nobody chose one."""
    chosen = names_of(recorded.get(CHOSEN))
    named = (s.subject.matter or "", str(recorded.get("matter") or ""), *chosen)
    return tuple(one for one in dict.fromkeys(named) if one in s.law.matters)


def findings_of(facts: Facts) -> list[Facts]:
    """What the screening on record found, offence by offence."""
    return list(rows_of(facts, "screening"))


def met_of(facts: Facts) -> list[Facts]:
    """The offences that the screening on record found met: what every warning goes by."""
    return [one for one in findings_of(facts) if one.get("met")]


def names_of(value: object) -> tuple[str, ...]:
    """A recorded list of names; none where there is no list."""
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()


def amounts_of(value: object) -> dict[str, Decimal]:
    """Recorded figures as numbers; what is no number is left out."""
    return dict(_numbers(_mapping(value).items()))


def rows_of(facts: Facts, name: str) -> Iterator[Facts]:
    """The rows of a recorded table; none where there is none."""
    rows = facts.get(name)
    return (one for one in rows if isinstance(one, dict)) if isinstance(rows, list) else iter(())


def answer_rows(facts: Facts, law: Law) -> list[dict[str, str]]:
    """The answers given, each with the ids of its offence and tier; names stand for ids.

    A row without a tier is of a time when an offence had one answer: it belongs to the only
    question, and where there are several its tier stays empty.
    """
    return [_answer(one, law) for one in rows_of(facts, "answers") if one.get("offence")]


def tier_named(law: Law, offence: str, text: str) -> str:
    """A tier by its id or its question; what is not known is returned as it was given."""
    found = law.offences.get(offence)
    if found is None or text in {STANDARD_THEN, *found.tiers}:
        return text
    if not text:
        return found.sole_question() or ""
    asked = {one.question: key for key, one in found.tiers.items() if one.question}
    return {NO_STANDARD: STANDARD_THEN, **asked}.get(text, text)


def conduct_named(law: Law, text: str) -> str:
    """A kind of conduct by its id or label; empty for one that is not known."""
    if text in {OTHER, OTHER_CONDUCT}:
        return OTHER
    by_label = {one.label: key for key, one in law.conducts.items()}
    return text if text in law.conducts else by_label.get(text, "")


def _answer(row: Facts, law: Law) -> dict[str, str]:
    ids = {one.name: key for key, one in law.offences.items()}
    named = str(row.get("offence") or "").strip()
    offence = ids.get(named, named)
    tier = tier_named(law, offence, str(row.get("tier") or "").strip())
    return {"offence": offence, "tier": tier, "answer": str(row.get("answer") or "").strip()}


def _penalties(s: Situation, recorded: Facts) -> Iterator[PriorPenalty]:
    """The penalties people told, and those on our own record that nobody told anything of."""
    told: set[date] = set()
    for row in rows_of(recorded, "penalties"):
        day = _day(row.get(DATE))
        if day is None:
            continue
        told.add(day)
        label = f"（{row.get(ORGAN) or ''}，{row.get(NUMBER) or ''}）"
        yield PriorPenalty(day, conduct_named(s.law, str(row.get(CONDUCT) or "")), "", label)
    for one in s.elsewhere.penalties:
        if one.on not in told:
            yield PriorPenalty(one.on, "", one.matter, one.label)


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value)[:10]) if value else None
    except ValueError:
        return None


def _numbers(figures: Iterable[tuple[str, object]]) -> Iterator[tuple[str, Decimal]]:
    for key, amount in figures:
        try:
            yield str(key), Decimal(str(amount))
        except InvalidOperation:
            continue


def _mapping(value: object) -> dict[str, object]:
    return dict(value) if isinstance(value, dict) else {}
