"""A file that many tests read is taken apart once: its text, not its place, says what it holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import pytest

from domain.shapes import yaml_source
from domain.shapes.yaml_source import Problem, Source


@contextmanager
def taken_apart_once() -> Iterator[None]:
    """Within the block a YAML text of one name is parsed once per process.

    Nobody changes what was read: the rulebook is frozen, and its shapes copy what they take.
    """
    parsed = cache(yaml_source.read_text)

    def read(text: str, name: str) -> tuple[Source, list[Problem]]:
        source, problems = parsed(text, name)
        return source, [*problems]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_source, "read_text", read)
        yield
