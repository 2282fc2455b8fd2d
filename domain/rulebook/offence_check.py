"""Whether offences, matters and regions fit together: every unknown name, every gap."""

from collections.abc import Collection, Iterable

from domain.crime.screening import STANDARD_THEN
from domain.crime.tier_weighing import PENALTIES
from domain.rulebook.crosscheck_names import Names, uncited, unknown
from domain.rulebook.rulebook import Rulebook
from domain.rulebook.rulebook_files import RulebookFiles
from domain.shapes.offences import Threshold, Tier
from domain.shapes.yaml_source import Problem, Source

RESERVED = frozenset({STANDARD_THEN, PENALTIES})
"""Names of questions that belong to no tier."""
SAY_NONE = "也没有写明无对应罪名（no_offence: by、stated_on、reason）"


def check_offences(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    """Every unknown article, quantity or conduct of an offence, with file and line."""
    source = files.source("offences.yaml")
    for key, offence in rules.offences.items():
        yield from uncited(names, source, [offence.article], "offences", key)
        if offence.review:
            at_review = ("offences", key, "review")
            yield from unknown(source, "时限", offence.review, names.deadlines, *at_review)
        for name, tier in offence.tiers.items():
            at = ("offences", key, "tiers", name)
            if name in RESERVED:
                yield source.problem(f"档的编号 {name} 另有用途", *at)
            yield from _tier(names, source, tier, at)
    for key, conduct in rules.conducts.items():
        yield from _known(source, "监管事项", conduct.matters, names.matters, "conducts", key)


def check_matters(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    """Every matter has offences or says who found none; one or the other, never both."""
    source = files.source("matters.yaml")
    for key, matter in rules.matters.items():
        yield from _known(source, "罪名", matter.offences, names.offences, key, "offences")
        for name in ("prohibits", "punishes", "measures"):
            named = getattr(matter, name)
            yield from _known(source, "条文", named, names.citations, key, name)
        if not matter.offences and matter.no_offence is None:
            yield source.problem(f"事项 {key} 没有罪名（offences），{SAY_NONE}", key)
        if matter.offences and matter.no_offence is not None:
            yield source.problem(f"事项 {key} 已有罪名，不应再写 no_offence", key, "no_offence")


def check_floors(rules: Rulebook, names: Names, files: RulebookFiles) -> Iterable[Problem]:
    """A region's own floors are for offences and quantities that there are."""
    for key, region in rules.regions.items():
        source = files.source(f"regions/{key}.yaml")
        for offence, floors in region.amounts.items():
            yield from _known(source, "罪名", [offence], names.offences, "amounts", offence)
            found = rules.offences.get(offence)
            ways = [way for tier in found.tiers.values() for way in _ways(tier)] if found else []
            measured = {name for way in ways for name in way.all}
            if found:
                yield from _known(source, "数额口径", floors, measured, "amounts", offence)


def _tier(names: Names, source: Source, tier: Tier, at: tuple[object, ...]) -> Iterable[Problem]:
    if tier.basis:
        yield from uncited(names, source, [tier.basis], *at)
    if tier.repeat:
        yield from _known(source, "行为种类", tier.repeat.conduct, names.conducts, *at)
    for day, ways in tier.values.items():
        for way in ways:
            yield from uncited(names, source, [way.basis], *at, "values", day)
            yield from _known(source, "数额口径", way.all, names.quantities, *at, "values", day)
            yield from _known(source, "数额口径", way.at_most, way.all, *at, "values", day)


def _ways(tier: Tier) -> list[Threshold]:
    return [way for ways in tier.values.values() for way in ways]


def _known(
    source: Source, what: str, named: Iterable[str], known: Collection[str], *at: object
) -> Iterable[Problem]:
    for name in named:
        yield from unknown(source, what, name, known, *at)
