"""The frame of a draw: what may be drawn, how many, who may inspect; sealed as one hash."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from domain.draws.hashing import canonical, digest

TWO = 2
"""No fewer officers inspect (特种设备安全监督检查办法第十九条; 行政处罚法第四十二条)."""
Place = tuple[str, str, str]
"""An object, the item it is drawn for, and its stratum."""


@dataclass(frozen=True)
class Item:
    """What a department looks at: written `department|matter`."""

    department: str
    matter: str

    def __str__(self) -> str:
        return f"{self.department}|{self.matter}"


def department_of(item: str) -> str:
    """The department of an item."""
    return item.partition("|")[0]


@dataclass(frozen=True)
class Frame:
    """All that is fixed before any number is known.

    `quotas`: how many per item and stratum. `officers`: department by certificate. `avoided`: pairs
    of certificate and object. `rules`: whatever else the draw was made by, in words.
    """

    places: tuple[Place, ...]
    quotas: Mapping[str, Mapping[str, int]]
    officers: Mapping[str, str] = field(default_factory=dict)
    experts: tuple[str, ...] = ()
    avoided: frozenset[tuple[str, str]] = frozenset()
    rules: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def content(self) -> dict[str, Any]:
        """The frame as plain JSON data: in one order, whatever order it was gathered in."""
        return {
            "items": sorted(list(one) for one in self.places),
            "quotas": {item: dict(strata) for item, strata in self.quotas.items()},
            "officers": sorted([one, department] for one, department in self.officers.items()),
            "experts": sorted(self.experts),
            "avoidances": sorted(list(one) for one in self.avoided),
            "rules": dict(self.rules),
        }

    @staticmethod
    def read(content: Mapping[str, Any]) -> "Frame":
        """The frame of its own `content`."""
        return Frame(
            places=tuple((thing, item, stratum) for thing, item, stratum in content["items"]),
            quotas=content["quotas"],
            officers=dict(content["officers"]),
            experts=tuple(content["experts"]),
            avoided=frozenset((officer, thing) for officer, thing in content["avoidances"]),
            rules=content["rules"],
        )

    @cached_property
    def sha(self) -> str:
        """The seal: whatever is changed in the frame changes it."""
        return digest(canonical(self.content))

    @cached_property
    def departments(self) -> Mapping[str, tuple[str, ...]]:
        """The officers of each department, by certificate, in one order."""
        found: dict[str, list[str]] = {}
        for one, department in sorted(self.officers.items()):
            found.setdefault(department, []).append(one)
        return {key: tuple(ones) for key, ones in found.items()}

    def eligible(self, department: str, thing: str) -> list[str]:
        """The officers of a department who may inspect an object."""
        own = self.departments.get(department, ())
        return [one for one in own if (one, thing) not in self.avoided]

    def faults(self) -> list[str]:
        """What makes a frame none that could be drawn from, in Chinese; empty for a sound one."""
        counted = Counter((thing, item) for thing, item, _ in self.places)
        twice = sorted(thing for (thing, _), times in counted.items() if times > 1)
        found = [f"{one}在同一检查事项中列了两次" for one in twice[:10]]
        sizes = Counter((item, stratum) for _, item, stratum in self.places)
        for item, strata in self.quotas.items():
            for stratum, quota in strata.items():
                if not 0 <= quota <= sizes[item, stratum]:
                    found.append(
                        f"{item}的{stratum}类应抽{quota}个，而名录中有{sizes[item, stratum]}个"
                    )
        return found

    def short_of_officers(self) -> dict[str, list[str]]:
        """By department, the objects for which it has fewer than two officers who may inspect."""
        avoided = Counter((thing, self.officers.get(officer)) for officer, thing in self.avoided)
        found: dict[str, list[str]] = {}
        for department, thing in _met(self.places):
            own = len(self.departments.get(department, ()))
            if own - avoided[thing, department] < TWO:
                found.setdefault(department, []).append(thing)
        return found


def _met(places: Iterable[Place]) -> list[tuple[str, str]]:
    return sorted({(department_of(item), thing) for thing, item, _ in places})
