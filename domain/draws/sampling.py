"""The draw itself: the smallest tickets of every stratum, and two officers for every object."""

from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nsmallest

from domain.draws.frame import TWO, Frame, department_of
from domain.draws.hashing import officer_ticket, ticket_of

Drawn = Mapping[str, Mapping[str, tuple[str, ...]]]
"""The objects drawn by item and stratum, in the order of their tickets: that of the visits."""
Sent = Mapping[str, Mapping[str, tuple[str, ...]]]
"""The officers by object and department."""


@dataclass(frozen=True)
class Outcome:
    """What a draw came to: tickets of all objects, those drawn, and who is sent to them."""

    tickets: Mapping[str, str]
    drawn: Drawn
    sent: Sent

    @property
    def doors(self) -> tuple[str, ...]:
        """Every object that is visited, once, in the order of tickets."""
        return tuple(self.sent)


def draw(frame: Frame, seed: str) -> Outcome:
    """Draws from a frame without faults; the same frame and seed always come to the same.

    A department with fewer than two eligible officers at an object sends those it has: that is
    refused before the frame is sealed (`Frame.short_of_officers`).
    """
    tickets = {thing: ticket_of(seed, thing) for thing in {one[0] for one in frame.places}}
    strata: dict[tuple[str, str], list[str]] = {}
    for thing, item, stratum in frame.places:
        strata.setdefault((item, stratum), []).append(thing)
    drawn: dict[str, dict[str, tuple[str, ...]]] = {}
    for item, quotas in frame.quotas.items():
        for stratum, quota in quotas.items():
            found = nsmallest(quota, strata.get((item, stratum), []), key=tickets.__getitem__)
            drawn.setdefault(item, {})[stratum] = tuple(found)
    return Outcome(tickets, drawn, _sent(frame, seed, tickets, drawn))


def _sent(frame: Frame, seed: str, tickets: Mapping[str, str], drawn: Drawn) -> Sent:
    visited: dict[str, set[str]] = {}
    for item, strata in drawn.items():
        for things in strata.values():
            for thing in things:
                visited.setdefault(thing, set()).add(department_of(item))
    load = dict.fromkeys(frame.officers, 0)
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for thing in sorted(visited, key=tickets.__getitem__):
        for department in sorted(visited[thing]):
            pair = fewest(seed, thing, load, frame.eligible(department, thing), TWO)
            for one in pair:
                load[one] += 1
            found.setdefault(thing, {})[department] = tuple(pair)
    return found


def fewest(
    seed: str, thing: str, load: Mapping[str, int], officers: list[str], wanted: int
) -> list[str]:
    """The first of the officers in the order in which they are sent to an object."""
    # Whoever has more than enough others have is not sent, whatever his ticket: no need to hash it.
    most = sorted(load[one] for one in officers)[:wanted]
    near = [one for one in officers if load[one] <= most[-1]]
    return sorted(near, key=lambda one: (load[one], officer_ticket(seed, thing, one)))[:wanted]
