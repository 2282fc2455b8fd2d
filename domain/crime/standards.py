"""The standards that facts are held against: offences as they hold in a place, and their words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from domain.crime.measures import Glossary
from domain.shapes.entries import Evidence, Region
from domain.shapes.offences import Conduct, Offence, Quantity, Threshold
from domain.situation.situation import Law

MILDER = "从旧兼从轻"
DAY_OF_ACT = "xs-12"
"""The article by which an act is judged by the standard of its day unless a later one is milder."""


@dataclass(frozen=True)
class Standards:
    """Offences with what they measure, the conduct they count penalties for, and their evidence.

    `milder`: the rule by which the milder of two standards holds, with its article.
    """

    offences: Mapping[str, Offence]
    quantities: Mapping[str, Quantity] = field(default_factory=dict)
    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    conducts: Mapping[str, Conduct] = field(default_factory=dict)
    milder: str = MILDER

    @property
    def glossary(self) -> Glossary:
        """The names of what is measured."""
        return Glossary(self.quantities)


def standards_in(law: Law, region: Region) -> Standards:
    """The standards of a rulebook as they hold in a region, its own floors in place."""
    amounts = _amounts(law, region)
    offences = localized(law.offences, amounts) if amounts else law.offences
    milder = f"{MILDER}（{law.cite(DAY_OF_ACT)}）"
    return Standards(offences, law.quantities, law.evidence, law.conducts, milder)


def localized(
    offences: Mapping[str, Offence], amounts: Mapping[str, Mapping[str, Decimal]]
) -> dict[str, Offence]:
    """The offences with a region's own floors, by offence and quantity, in place of the default."""
    return {
        key: _with_floors(offence, amounts[key]) if key in amounts else offence
        for key, offence in offences.items()
    }


def _amounts(law: Law, region: Region) -> Mapping[str, Mapping[str, Decimal]]:
    """The floors of a region, over those of the province around it."""
    around = law.regions.get(region.within or "")
    found = dict(around.amounts) if around else {}
    for key, floors in region.amounts.items():
        found[key] = {**found.get(key, {}), **floors}
    return found


def _with_floors(offence: Offence, floors: Mapping[str, Decimal]) -> Offence:
    tiers = {
        key: tier.model_copy(
            update={
                "values": {
                    start: tuple(_with_floor(way, floors) for way in ways)
                    for start, ways in tier.values.items()
                }
            }
        )
        for key, tier in offence.tiers.items()
    }
    return offence.model_copy(update={"tiers": tiers})


def _with_floor(way: Threshold, floors: Mapping[str, Decimal]) -> Threshold:
    chosen = {key: floors.get(key, way.all[key]) for key in way.all}
    open_ = {key: top for key, top in way.at_most.items() if key not in floors}
    return way.model_copy(update={"all": chosen, "at_most": open_})
