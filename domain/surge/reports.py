"""What is counted: reports by the day on which they were received, and what was done before."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

YIELD = "yield"
"""The indicator that counts results of drawn inspections; all others count clues."""


@dataclass(frozen=True, slots=True)
class Report:
    """One clue as it is counted; merged ones are left out by who reads them.

    `day`: when it was received in China, as an ordinal. `subject`, `reporter`, `place` are keys
    that say no more than that two are the same; empty where nothing was told.
    """

    id: int
    no: str
    day: int
    area: str
    matter: str = ""
    subject: str = ""
    reporter: str = ""
    place: str = ""
    channel: str = ""


@dataclass(frozen=True, slots=True)
class Remedy:
    """A correction ordered, a talk held or a promise taken: of whom, over what, on which day."""

    clue: int
    day: int
    subject: str
    matter: str


@dataclass(frozen=True)
class Signal:
    """What stands out: of which cell, with how many of how many, now and before.

    `cell` is the key under which it is raised once; `reports` are its reports, the newest first.
    `chance`: how likely it is if nothing changed; None where it is no question of chance.
    """

    indicator: str
    cell: str
    area: str
    reports: tuple[Report, ...]
    of: int = 0
    base: int = 0
    base_of: int = 0
    chance: float | None = None

    @property
    def observed(self) -> int:
        """How many reports there are."""
        return len(self.reports)


def within(reports: Iterable[Report], today: date, days: int, before: int = 0) -> list[Report]:
    """The reports of a number of days, the last of which lies `before` days before today."""
    end = today.toordinal() - before
    return [one for one in reports if end - days < one.day <= end]


def newest_first(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Reports in the order in which a warning names them."""
    return tuple(sorted(reports, key=lambda one: (-one.day, -one.id)))
