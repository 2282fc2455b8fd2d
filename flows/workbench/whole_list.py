"""A list read page after page to its end, for the table that is taken away."""

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from sqlmodel import Session

Line = TypeVar("Line")
MOST_ROWS = 20_000
"""As many lines as a table to take away holds."""


def whole_list(
    session: Session, page: Callable[[int], tuple[Sequence[Line], int]], place: int = 0
) -> Iterator[Line]:
    """Every line from a place on. `page`: the lines from there, and where the next page begins (0:
    none). Of a list of any length no more than a page lies in memory.
    """
    told = 0
    while told < MOST_ROWS:
        lines, place = page(place)
        yield from lines
        told += len(lines)
        session.expunge_all()
        if not place:
            return
