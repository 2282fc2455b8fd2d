"""The chairs that a state waits for: whose usual step comes next, and where they must sit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.rulebook.usual_steps import UNLESS_OPEN, usual_steps
from domain.shapes.lifecycles import Lifecycle

LIAISONS = {"police_liaison", "procuratorate_liaison"}
"""Whoever asks their organs asks them, whether the table awaits them by name or not."""
Standing = tuple[str, str]
"""The kind and the state of a process."""


@dataclass(frozen=True)
class Waiting:
    """A state of a process whose next step is one of somebody's chairs', and the places it asks.

    `unless_open`: not while a process of one of these kinds is open beside it.
    """

    kind: str
    state: str
    places: frozenset[str]
    unless_open: tuple[str, ...] = ()


def waiting_for(lifecycles: Mapping[str, Lifecycle], roles: frozenset[str]) -> tuple[Waiting, ...]:
    """Every state of every process that waits for a holder of these chairs, with its places."""
    found: list[Waiting] = []
    for kind, lifecycle in lifecycles.items():
        for state in lifecycle.states:
            places = _places(lifecycle, kind, state, roles)
            if places:
                found.append(Waiting(kind, state, places, UNLESS_OPEN.get((kind, state), ())))
    return tuple(found)


def chairs_of(lifecycle: Lifecycle, state: str, action: str) -> set[str]:
    """The chairs that are expected to take a step: those awaited of those who may."""
    may = set(lifecycle.actions[action].by)
    return may & ({*lifecycle.states[state].awaits} | LIAISONS) or may


def limits_ended_by(lifecycles: Mapping[str, Lifecycle], roles: frozenset[str]) -> frozenset[str]:
    """The ids of the limits that end with a step of these chairs."""
    return frozenset(
        rule
        for lifecycle in lifecycles.values()
        for action in lifecycle.actions.values()
        if roles & set(action.by)
        for rule in action.stops
    )


def waits_beside(main: Standing) -> bool:
    """Whether a state may wait for a process beside it."""
    return main in UNLESS_OPEN


def next_chairs(
    lifecycles: Mapping[str, Lifecycle], main: Standing, beside: Iterable[Standing]
) -> tuple[str, ...]:
    """The chairs whose step comes next, each once.

    `main` is the clue's kind and state, `beside` those of its open processes: where the clue waits
    for one of them (a case, a dispute), that one's chairs come next, else its own.
    """
    kinds = UNLESS_OPEN.get(main, ())
    found = [chair for one in beside if one[0] in kinds for chair in _usual(lifecycles, one)]
    own = _usual(lifecycles, main) or lifecycles[main[0]].states[main[1]].awaits
    return tuple(dict.fromkeys(found or own))


def _usual(lifecycles: Mapping[str, Lifecycle], one: Standing) -> list[str]:
    """Who takes the usual next steps of a state, in the order of the table."""
    kind, state = one
    lifecycle = lifecycles[kind]
    return [
        chair
        for action in usual_steps(kind, state)
        for chair in lifecycle.actions[action].by
        if chair in chairs_of(lifecycle, state, action)
    ]


def _places(lifecycle: Lifecycle, kind: str, state: str, roles: frozenset[str]) -> frozenset[str]:
    return frozenset(
        place
        for action in usual_steps(kind, state)
        if roles & chairs_of(lifecycle, state, action)
        for place in lifecycle.actions[action].at
    )
