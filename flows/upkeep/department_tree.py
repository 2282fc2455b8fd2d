"""Areas and their departments as a tree: an area lies below the one its superiors sit in."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.files.identifiers import half_width
from domain.routing.competence import GOVERNMENT, competent_departments
from domain.shapes.entries import Department

SHORTEST = 2


@dataclass(frozen=True)
class Area:
    """An area, its departments by id, and the areas below it."""

    id: str
    name: str
    departments: tuple[tuple[str, Department], ...]
    below: tuple["Area", ...]


def named(departments: Mapping[str, Department], words: str) -> dict[str, Department]:
    """Those whose name, letters or other names have every word; all of them without words."""
    wanted = half_width(words).lower().split()

    def fits(key: str, one: Department) -> bool:
        told = half_width(" ".join((key, one.name, one.short, *one.aliases))).lower()
        return all(word in told for word in wanted)

    return {key: one for key, one in departments.items() if fits(key, one)}


def tree_of(departments: Mapping[str, Department]) -> tuple[Area, ...]:
    """The topmost areas, each with those below."""
    above = competent_departments(departments).above
    areas = dict.fromkeys(one.area for one in departments.values())
    return tuple(_area(one, departments, above) for one in areas if above.get(one) not in areas)


def area_name(area: str, departments: Mapping[str, Department]) -> str:
    """What an area is called: by its government, else what its departments' names begin with."""
    own = [one for one in departments.values() if one.area == area]
    for one in own:
        if one.kind == "government" and GOVERNMENT in one.name:
            return one.name.partition(GOVERNMENT)[0]
    first = min((one.name for one in own), default="")
    length = 0
    while length < len(first) and all(one.name.startswith(first[: length + 1]) for one in own):
        length += 1
    return first[:length] if length >= SHORTEST else area


def _area(area: str, departments: Mapping[str, Department], above: Mapping[str, str]) -> Area:
    own = tuple((key, one) for key, one in departments.items() if one.area == area)
    below = [lower for lower, upper in above.items() if upper == area and lower != area]
    return Area(
        id=area,
        name=area_name(area, departments),
        departments=own,
        below=tuple(_area(one, departments, above) for one in below),
    )
