"""A file that many tests read is taken apart once: its text, not its place, says what it holds."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache

import pytest

from documents.templates import check
from documents.templates.complaint import Complaint
from documents.templates.kinds import FormField
from domain.shapes import yaml_source
from domain.shapes.yaml_source import Problem, Source


@contextmanager
def taken_apart_once() -> Iterator[None]:
    """Within the block a YAML text of one name is parsed, and a template of one content checked,
    once per process.

    Nobody changes what was read: the rulebook is frozen, and its shapes copy what they take.
    """
    parsed = cache(yaml_source.read_text)

    def read(text: str, name: str) -> tuple[Source, list[Problem]]:
        source, problems = parsed(text, name)
        return source, [*problems]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_source, "read_text", read)
        patch.setattr(check, "check", _Checked())
        yield


class _Checked:
    """The lint of a whole folder of templates, each of which is as it was in nearly every test."""

    def __init__(self) -> None:
        self._really = check.check
        self._known: dict[tuple[bytes, str], tuple[Complaint, ...]] = {}

    def __call__(
        self, raw: bytes, fields: Sequence[FormField], sample: Mapping[str, object]
    ) -> tuple[Complaint, ...]:
        key = raw, repr((fields, sample))
        if key not in self._known:
            self._known[key] = self._really(raw, fields, sample)
        return self._known[key]
