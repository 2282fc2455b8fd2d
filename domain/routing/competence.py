"""The competent department for a function in an area: its own, else the one of the area above."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from domain.routing.word_index import plain
from domain.shapes.entries import Department

GOVERNMENT = "人民政府"
"""What follows an area's name in the name of its government."""


@dataclass(frozen=True)
class Competence:
    """Departments by area and function, and areas by rank."""

    held: Mapping[tuple[str, str], str]
    above: Mapping[str, str]
    names: Mapping[str, str]

    def find(self, function: str, area: str) -> str | None:
        """The department of a function in an area or, failing that, of the areas above it."""
        place: str | None = area
        while place is not None:
            if found := self.held.get((place, function)):
                return found
            place = self.above.get(place)
        return None

    def area_named_in(self, text: str, area: str) -> str:
        """The area below `area` that a plain text names, or `area` itself."""
        for below, upper in self.above.items():
            if upper == area and self.names.get(below, "\0") in text:
                return below
        return area


def competent_departments(departments: Mapping[str, Department]) -> Competence:
    """By area and function; an area lies below that of its departments' superiors."""
    held: dict[tuple[str, str], str] = {}
    above: dict[str, str] = {}
    names: dict[str, str] = {}
    for key, one in departments.items():
        held.setdefault((one.area, one.function), key)
        superior = departments.get(one.superior or "")
        if superior is not None and superior.area != one.area:
            above.setdefault(one.area, superior.area)
        if one.kind == "government" and GOVERNMENT in one.name:
            names[one.area] = plain(one.name.partition(GOVERNMENT)[0])
    own = {
        area: _without_upper(name, names.get(above.get(area, ""))) for area, name in names.items()
    }
    return Competence(MappingProxyType(held), MappingProxyType(above), MappingProxyType(own))


def _without_upper(name: str, upper: str | None) -> str:
    """An area as people name it: 环翠区, not 威海市环翠区."""
    return name.removeprefix(upper) if upper and name != upper else name
