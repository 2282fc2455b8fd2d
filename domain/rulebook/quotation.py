"""How law is quoted to the outside: only what binds the organs here, and no remark of ours."""

from collections.abc import Iterable

from domain.rulebook.rulebook import Rulebook
from domain.shapes.deadlines import DeadlineRule
from domain.shapes.entries import Instrument, Region
from domain.shapes.lifecycles import Requirement, Transition
from domain.situation.situation import Situation


def binding(
    rules: Rulebook, citations: Iterable[str], organs: Iterable[str], region: Region
) -> tuple[str, ...]:
    """Those citations whose instrument binds every one of these organs in this region."""
    functions = {rules.departments[one].function for one in organs if one in rules.departments}
    places = _places(rules, region)
    return tuple(one for one in citations if _binds(rules.instrument_of[one], functions, places))


def _binds(instrument: Instrument, functions: set[str], places: set[str]) -> bool:
    here = instrument.region is None or instrument.region in places
    return here and (not instrument.binds or functions <= set(instrument.binds))


def _places(rules: Rulebook, region: Region) -> set[str]:
    """The packs whose law holds here: its own and that of the place around it."""
    own = {key for key, one in rules.regions.items() if one.label == region.label}
    return own | ({region.within} if region.within else set())


def organs_of(situation: Situation) -> tuple[str, ...]:
    """Whom the law of a step has to bind: both sides of a dispute, else who acts."""
    process, opponent = situation.process, situation.form.get("opponent")
    if process.kind == "dispute" and process.counterpart:
        return (process.department, process.counterpart)
    own = situation.actor.department
    return (own, str(opponent)) if opponent else (own,)


def grounds(situation: Situation, transition: Transition, rules: Rulebook) -> tuple[str, ...]:
    """The articles of an action that bind whom the step concerns."""
    return binding(rules, transition.basis, organs_of(situation), situation.region)


def ground_of(
    situation: Situation,
    transition: Transition,
    rules: Rulebook,
    requirement: Requirement | None = None,
) -> str:
    """The article a refusal rests on: what binds here goes first."""
    own = requirement.basis if requirement else None
    named = (own, *transition.basis) if own else transition.basis
    found = binding(rules, named, organs_of(situation), situation.region)
    return next(iter(found), named[0])


def said(rule: DeadlineRule) -> str:
    """What a limit is about, as a letter names it."""
    return rule.said or rule.label


def quoted(rules: Rulebook, citations: Iterable[str]) -> str:
    """Articles as the outside may read them, each title once.

    An article nobody saw is quoted by its title alone; what the unit set itself is no law.
    """
    titles: dict[str, list[str]] = {}
    for one in dict.fromkeys(citations):
        found = rules.citations[one]
        if found.evidence != "local":
            titles.setdefault(found.title, []).extend([one] if found.evidence == "text" else [])
    return "、".join(f"《{title}》{_articles(rules, own)}" for title, own in titles.items())


def _articles(rules: Rulebook, citations: list[str]) -> str:
    """Articles of one instrument in its own order."""
    own = [one for one in rules.citations if one in citations]
    return "、".join(rules.citations[one].article for one in own)
