"""How often a subject was inspected in a year: by one organ, and by how many doors in all."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Entry:
    """One department at one subject on one day, with the inspection that it was.

    `counts`: towards the times a year; one that does not is shown all the same.
    """

    day: date
    department: str
    visit: str
    kind: str
    counts: bool


@dataclass(frozen=True)
class Frequency:
    """The entries of a year, oldest first; `own`: counted ones of the organ that asks.

    `doors`: inspections by anybody, a joint one once.
    """

    entries: tuple[Entry, ...]
    own: int
    doors: int


def frequency_of(entries: Iterable[Entry], department: str) -> Frequency:
    """The frequency as one department has to state it, from the entries of one subject and year."""
    found = tuple(sorted(entries, key=lambda one: (one.day, one.visit, one.department)))
    own = {one.visit for one in found if one.department == department and one.counts}
    return Frequency(found, len(own), len({one.visit for one in found}))


def capped_so_far(facts: Mapping[str, object]) -> int:
    """How many inspections of the year count in the cap on record: all, or those it is about."""
    found = facts.get("cap_so_far")
    own = facts.get("so_far")
    return found if isinstance(found, int) else own if isinstance(own, int) else 0
