"""The use of facts by a Word file: a template that leaves out a required one is noticed."""

from collections.abc import Iterator, Sequence

from jinja2 import meta

from documents.templates.engine import environment
from documents.templates.kinds import FormField
from documents.templates.markup import may_hold_tags, to_source
from documents.templates.package import read_members


def unused_fields(raw: bytes, fields: Sequence[FormField]) -> tuple[FormField, ...]:
    """The required facts that a sound template prints nowhere."""
    used = set(_used(raw))
    return tuple(one for one in fields if one.required and one.name not in used)


def _used(raw: bytes) -> Iterator[str]:
    contents, _ = read_members(raw)
    for name, content in contents.items():
        if may_hold_tags(name):
            yield from meta.find_undeclared_variables(environment().parse(to_source(content).text))
