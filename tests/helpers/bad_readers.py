"""Readers of files that misbehave as hostile files make them."""

import os


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
