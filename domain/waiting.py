"""What waits for a chair: the states that expect it to act, and where its holder must sit."""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.records import Lifecycle


@dataclass(frozen=True)
class Waiting:
    """A state of a process that expects one of somebody's chairs, and the places it asks for."""

    kind: str
    state: str
    places: frozenset[str]


def waiting_for(lifecycles: Mapping[str, Lifecycle], roles: frozenset[str]) -> tuple[Waiting, ...]:
    """Every state in which a holder of these chairs is expected and has something to do."""
    found: list[Waiting] = []
    for kind, lifecycle in lifecycles.items():
        for state, one in lifecycle.states.items():
            chairs = roles & set(one.awaits)
            places = {
                place
                for action in lifecycle.actions.values()
                if state in action.from_ and chairs & set(action.by)
                for place in action.at
            }
            if places:
                found.append(Waiting(kind, state, frozenset(places)))
    return tuple(found)
