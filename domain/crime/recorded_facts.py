"""Facts on record for screening: every entry adds to the one before or corrects it."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal, InvalidOperation

from domain.crime.screening import ScreeningFacts
from domain.situation.situation import Situation

KNOWN: Mapping[str, bool] = {"是": True, "否": False}
Facts = Mapping[str, object]


def facts_with_entry(s: Situation, before: Facts, entry: Facts) -> dict[str, object]:
    """The record after an entry: a figure or answer left out stands, one given again corrects."""
    answers = {one["offence"]: one for one in (*_rows(before, s), *_rows(entry, s))}
    found = (str(row.get("offence")) for row in findings_of(before))
    named = (*names_of(before.get("screened")), *found, *names_of(entry.get("screened")))
    return {
        "quantities": {**_mapping(before.get("quantities")), **_mapping(entry.get("quantities"))},
        "screened": list(dict.fromkeys(named)),
        "answers": list(answers.values()),
    }


def screening_facts(s: Situation, recorded: Facts) -> ScreeningFacts:
    """The record of a case as screening reads it.

    The candidates are the offences of the clue's matter and those that somebody named or answered.
    Where neither the matter nor anybody names one, all offences are held against the figures.
    """
    answers = _rows(recorded, s)
    matter = s.law.matters.get(s.subject.matter or "")
    named = (
        *(matter.offences if matter else ()),
        *names_of(recorded.get("screened")),
        *(one["offence"] for one in answers),
    )
    candidates = tuple(one for one in dict.fromkeys(named) if one in s.law.offences)
    return ScreeningFacts(
        offences=candidates or None,
        quantities=amounts_of(recorded.get("quantities")),
        offender="unit" if recorded.get("offender") == "unit" else "individual",
        prior_penalties=s.elsewhere.penalties,
        answers={one["offence"]: KNOWN.get(one["answer"]) for one in answers},
    )


def findings_of(facts: Facts) -> list[Facts]:
    """What the screening on record found, offence by offence."""
    rows = facts.get("screening")
    return [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []


def names_of(value: object) -> tuple[str, ...]:
    """A recorded list of names; none where there is no list."""
    return tuple(map(str, value)) if isinstance(value, list | tuple) else ()


def amounts_of(value: object) -> dict[str, Decimal]:
    """Recorded figures as numbers; what is no number is left out."""
    return dict(_numbers(_mapping(value).items()))


def _numbers(figures: Iterable[tuple[str, object]]) -> Iterator[tuple[str, Decimal]]:
    for key, amount in figures:
        try:
            yield str(key), Decimal(str(amount))
        except InvalidOperation:
            continue


def _mapping(value: object) -> dict[str, object]:
    return dict(value) if isinstance(value, dict) else {}


def _rows(facts: Facts, s: Situation) -> list[dict[str, str]]:
    """The answers given; an offence may be named by its id or its Chinese name."""
    ids = {one.name: key for key, one in s.law.offences.items()}
    rows = facts.get("answers")
    given = [one for one in rows if isinstance(one, dict)] if isinstance(rows, list) else []
    return [
        {"offence": ids.get(named, named), "answer": str(one.get("answer") or "").strip()}
        for one in given
        if (named := str(one.get("offence") or "").strip())
    ]
