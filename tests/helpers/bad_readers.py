"""Readers of files that misbehave as hostile files make them."""

import os
from collections.abc import Iterator

from domain.files.confined import Unreadable


def grow(_: object) -> list[object]:
    """Asks for more memory than the budget has."""
    return [bytes(1 << 30) for _ in range(4)]


def spin(_: object) -> list[object]:
    """Never ends."""
    while True:
        pass


def die(_: object) -> list[object]:
    """Ends as a reader does that aborts."""
    os.abort()


def refuse_late(_: object) -> Iterator[object]:
    """Tells much before it refuses."""
    yield "x" * (1 << 22)
    raise Unreadable("后面的行无法读取")
