"""What is worked out of a table of the rulebook, once for each table that a process has read."""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, TypeVar

Table = TypeVar("Table", bound=Mapping[str, Any])
Found = TypeVar("Found")
MOST = 16
"""Tables remembered: a process has one rulebook, a test run some more."""


def once_a_table(work: Callable[[Table], Found]) -> Callable[[Table], Found]:
    """`work`, done once for each table; a table of a rulebook never changes after it was read."""
    done: dict[int, tuple[Table, Found]] = {}

    @wraps(work)
    def found(table: Table) -> Found:
        known = done.get(id(table))
        # The table is held with what was found: no other one can have its identity meanwhile.
        if known is None:
            if len(done) >= MOST:
                done.clear()
            known = done.setdefault(id(table), (table, work(table)))
        return known[1]

    return found
