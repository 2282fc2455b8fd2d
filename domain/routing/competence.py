"""The competent department for a function in an area: its own, else the one of the area above."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from domain.routing.word_index import plain
from domain.shapes.entries import Department

GOVERNMENT = "人民政府"
"""What follows an area's name in the name of its government."""


@dataclass(frozen=True)
class Competence:
    """Departments by area and function, areas by rank, and how people name them.

    `places`: the streets, towns and villages of an area, as its departments' entries have them.
    """

    held: Mapping[tuple[str, str], str]
    above: Mapping[str, str]
    names: Mapping[str, str]
    places: Mapping[str, str] = field(default_factory=dict)

    def find(self, function: str, area: str) -> str | None:
        """The department of a function in an area or, failing that, of the areas above it."""
        place: str | None = area
        while place is not None:
            if found := self.held.get((place, function)):
                return found
            place = self.above.get(place)
        return None

    def area_named_in(self, text: str, area: str) -> tuple[str, str]:
        """The area below `area` that a plain text names, and by which word; else `area` and none.

        By its own name, else by a place of it; places of several areas tell none.
        """
        below = [one for one, upper in self.above.items() if upper == area]
        for one in below:
            if (name := self.names.get(one)) and name in text:
                return one, name
        found = {
            home: place
            for place, home in sorted(self.places.items())
            if home in below and place in text
        }
        return next(iter(found.items())) if len(found) == 1 else (area, "")


def competent_departments(departments: Mapping[str, Department]) -> Competence:
    """By area and function; an area lies below that of its departments' superiors."""
    held: dict[tuple[str, str], str] = {}
    above: dict[str, str] = {}
    names: dict[str, str] = {}
    places: dict[str, str] = {}
    for key, one in departments.items():
        held.setdefault((one.area, one.function), key)
        places.update((plain(place), one.area) for place in one.places)
        superior = departments.get(one.superior or "")
        if superior is not None and superior.area != one.area:
            above.setdefault(one.area, superior.area)
        if one.kind == "government" and GOVERNMENT in one.name:
            names[one.area] = plain(one.name.partition(GOVERNMENT)[0])
    own = {
        area: _without_upper(name, names.get(above.get(area, ""))) for area, name in names.items()
    }
    return Competence(
        held=MappingProxyType(held),
        above=MappingProxyType(above),
        names=MappingProxyType(own),
        places=MappingProxyType(places),
    )


def _without_upper(name: str, upper: str | None) -> str:
    """An area as people name it: 环翠区, not 威海市环翠区."""
    return name.removeprefix(upper) if upper and name != upper else name
