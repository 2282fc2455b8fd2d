"""The rulebook of one region: what only other regions have is left out, or not shown."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from types import MappingProxyType

from domain.rulebook.crosscheck import ELSEWHERE
from domain.rulebook.rulebook import Rulebook
from domain.shapes.deadlines import DeadlineRule
from domain.shapes.entries import Region


def of_region(rules: Rulebook, region: str) -> Rulebook:
    """The rulebook without packs and organs of other regions; one not known leaves out nothing.

    An organ of another region is one whose area bears the name of that region's pack. Limits stay:
    clocks that run may be by any of them.
    """
    if region not in rules.regions:
        return rules
    chain = tuple(_chain(rules.regions, region))
    away = {key for key in rules.regions if key not in chain}
    departments = {key: one for key, one in rules.departments.items() if one.area not in away}
    return replace(
        rules,
        regions=MappingProxyType({key: rules.regions[key] for key in chain}),
        departments=MappingProxyType(departments),
    )


def _chain(regions: Mapping[str, Region], region: str | None) -> Iterator[str]:
    """A region and those it lies within."""
    while region:
        yield region
        region = regions[region].within


def applies_here(rules: Rulebook, limit: DeadlineRule) -> bool:
    """Whether a limit rests on law of a region that the rulebook has, or of the whole country."""
    places = {rules.instrument_of[one.basis].region for one in limit.values.values()}
    return not places or not places.isdisjoint({None, "", ELSEWHERE, *rules.regions})
