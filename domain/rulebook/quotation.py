"""Quotations of law for letters and refusals: only what binds the organs here, with no remark."""

from collections.abc import Iterable, Mapping

from domain.rulebook.rulebook import Rulebook
from domain.shapes.deadlines import DeadlineRule
from domain.shapes.entries import Instrument, Region
from domain.shapes.lifecycles import Requirement, Transition
from domain.shapes.once_a_table import once_a_table
from domain.situation.situation import Situation


def binding(
    rules: Rulebook, citations: Iterable[str], organs: Iterable[str], region: Region
) -> tuple[str, ...]:
    """Those of the citations whose instrument binds every one of these organs in this region.

    `citations` and `organs` are ids; an unknown organ binds nothing and is passed over.
    """
    functions = {rules.departments[one].function for one in organs if one in rules.departments}
    places = _places(rules, region)
    return tuple(one for one in citations if _binds(rules.instrument_of[one], functions, places))


def holds_here(rules: Rulebook, citation: str, region: Region) -> bool:
    """Whether an article is law in this region, whomever it binds."""
    found = rules.instrument_of[citation].region
    return found is None or found in _places(rules, region)


def _binds(instrument: Instrument, functions: set[str], places: frozenset[str]) -> bool:
    here = instrument.region is None or instrument.region in places
    return here and (not instrument.binds or functions <= set(instrument.binds))


def _places(rules: Rulebook, region: Region) -> frozenset[str]:
    """The packs whose law holds here: its own and that of the place around it."""
    own = _packs(rules.regions).get(region.label, frozenset())
    return own | {region.within} if region.within else own


@once_a_table
def _packs(regions: Mapping[str, Region]) -> Mapping[str, frozenset[str]]:
    """The packs by the label of their place."""
    found: dict[str, set[str]] = {}
    for key, one in regions.items():
        found.setdefault(one.label, set()).add(key)
    return {label: frozenset(keys) for label, keys in found.items()}


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
    """The id of the article a refusal rests on: the requirement's own, else the action's.

    What binds the organs here goes first; where nothing does, the first that the table names.
    """
    own = requirement.basis if requirement else None
    named = (own, *transition.basis) if own else transition.basis
    found = binding(rules, named, organs_of(situation), situation.region)
    return next(iter(found), named[0])


def limit_subject(rule: DeadlineRule) -> str:
    """What a limit is about, in the words that a letter uses for it."""
    return rule.said or rule.label


def quote_articles(rules: Rulebook, citations: Iterable[str]) -> str:
    """Articles as the outside may read them: 《title》第…条、第…条, each title once.

    An article whose text nobody saw is quoted by its title alone, for its number may be wrong; what
    the unit set itself (`local`) is no law and is left out. Empty where nothing is left.
    """
    titles: dict[str, list[str]] = {}
    for one in dict.fromkeys(citations):
        found = rules.citations[one]
        if found.evidence != "local":
            titles.setdefault(found.title, []).extend([one] if found.evidence == "text" else [])
    return "、".join(f"《{title}》{_articles(rules, own)}" for title, own in titles.items())


def _articles(rules: Rulebook, citations: list[str]) -> str:
    """Articles of one instrument in its own order."""
    own = sorted(citations, key=_order(rules.citations).__getitem__)
    return "、".join(rules.citations[one].article for one in own)


@once_a_table
def _order(citations: Mapping[str, object]) -> Mapping[str, int]:
    return {key: place for place, key in enumerate(citations)}
