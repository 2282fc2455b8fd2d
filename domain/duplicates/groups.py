"""Groups of clues that tell of one problem: the connected parts of what was found alike."""

from collections.abc import Iterable
from dataclasses import dataclass, field

STRONG = 0.8
"""Duplicates at least this sure belong to one group, and what is like one is shown the group."""


@dataclass
class Groups:
    """Grows with every pair that belongs together; members are kept in the order they came."""

    _members: dict[str, list[str]] = field(default_factory=dict)

    def join(self, one: str, other: str) -> None:
        """Puts two keys, with all that belong to either, into one group."""
        first, second = self._of(one), self._of(other)
        if first is second:
            return
        large, small = (first, second) if len(first) >= len(second) else (second, first)
        large += small
        for key in small:
            self._members[key] = large

    def of(self, key: str) -> tuple[str, ...]:
        """All that belong to one group with a key, itself among them."""
        return tuple(self._members.get(key, (key,)))

    def all(self) -> list[tuple[str, ...]]:
        """Every group of two or more, in the order of their first members."""
        distinct = {id(one): one for one in self._members.values()}
        return [tuple(one) for one in distinct.values()]

    def _of(self, key: str) -> list[str]:
        return self._members.setdefault(key, [key])


def groups_of(pairs: Iterable[tuple[str, str]]) -> Groups:
    """The groups that pairs make."""
    found = Groups()
    for one, other in pairs:
        found.join(one, other)
    return found
