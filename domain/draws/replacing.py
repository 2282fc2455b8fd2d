"""Replacements after a draw: the next ticket for an object, the next officer for one who is sent.

They follow from the sealed frame, the seed, and the replacements in their order: anybody comes to
the same.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from domain.draws.frame import TWO, Frame, department_of
from domain.draws.sampling import Outcome, fewest


@dataclass(frozen=True)
class Replacement:
    """What is replaced: an object, or (with `certificate`) one officer at an object."""

    thing: str
    certificate: str = ""


@dataclass
class Standing:
    """Who is inspected, for which items, by whom, once some replacements were made.

    `items`: by object, in the order of tickets within each item. `sent`: officers by object and
    department; fewer than two where a department has no more who may inspect it.
    """

    items: dict[str, list[str]] = field(default_factory=dict)
    sent: dict[str, dict[str, list[str]]] = field(default_factory=dict)


def standing_after(
    frame: Frame, seed: str, outcome: Outcome, made: Iterable[Replacement]
) -> Standing:
    """The sample and the teams after the replacements, made one after another."""
    found = Standing(
        items=_items(frame, outcome, frozenset()),
        sent={
            thing: {key: list(team) for key, team in teams.items()}
            for thing, teams in outcome.sent.items()
        },
    )
    gone: set[str] = set()
    relieved: dict[tuple[str, str], set[str]] = {}
    for one in made:
        if one.certificate:
            department = frame.officers[one.certificate]
            key = (one.thing, department)
            relieved.setdefault(key, set()).add(one.certificate)
            found.sent[one.thing][department].remove(one.certificate)
        else:
            gone.add(one.thing)
            found.items = _items(frame, outcome, frozenset(gone))
            found.sent.pop(one.thing, None)
        _staff(frame, seed, found, relieved)
    return found


def _items(frame: Frame, outcome: Outcome, gone: frozenset[str]) -> dict[str, list[str]]:
    """The items of every object in the sample: the smallest tickets of those that are left."""
    strata: dict[tuple[str, str], list[str]] = {}
    for thing, item, stratum in frame.places:
        if thing not in gone:
            strata.setdefault((item, stratum), []).append(thing)
    found: dict[str, list[str]] = {}
    for item, quotas in frame.quotas.items():
        for stratum, quota in quotas.items():
            left = sorted(strata.get((item, stratum), []), key=outcome.tickets.__getitem__)
            for thing in left[:quota]:
                found.setdefault(thing, []).append(item)
    return dict(sorted(found.items(), key=lambda one: outcome.tickets[one[0]]))


def _staff(
    frame: Frame, seed: str, found: Standing, relieved: Mapping[tuple[str, str], set[str]]
) -> None:
    """Fills every team up to two, by fewest objects and then by hash, as the draw does."""
    load = dict.fromkeys(frame.officers, 0)
    for teams in found.sent.values():
        for team in teams.values():
            for one in team:
                load[one] += 1
    for thing, items in found.items.items():
        teams = found.sent.setdefault(thing, {})
        for department in sorted({department_of(item) for item in items}):
            team = teams.setdefault(department, [])
            away = set(team) | relieved.get((thing, department), set())
            free = [one for one in frame.eligible(department, thing) if one not in away]
            wanted = min(TWO - len(team), len(free))
            for one in fewest(seed, thing, load, free, wanted) if wanted else ():
                team.append(one)
                load[one] += 1
