"""The use of facts by a Word file: a template that leaves out what must be said is noticed."""

from collections.abc import Iterator, Sequence

from jinja2 import meta, nodes

from documents.templates.engine import environment
from documents.templates.kinds import FormField
from documents.templates.markup import may_hold_tags, to_source
from documents.templates.package import read_members


def unused_fields(raw: bytes, fields: Sequence[FormField]) -> tuple[FormField, ...]:
    """The facts that are required, or state what a statute demands, and have no place in the file.

    To ask for a fact in an `if` is a place for a flag only; whatever else has to be said is
    printed. What may be stated instead of a demanded fact has to be made use of somehow.
    """
    instead = {name for one in fields for name in one.unless}
    used, printed = _used_and_printed(raw)
    return tuple(
        one
        for one in fields
        if one.name not in (used if one.type == "flag" or not _must_be_said(one) else printed)
        and (_must_be_said(one) or one.name in instead)
    )


def _must_be_said(field: FormField) -> bool:
    return field.required or bool(field.demanded_by)


def _used_and_printed(raw: bytes) -> tuple[set[str], set[str]]:
    """The names that stand in any tag; those of them that a tag prints or a loop walks through."""
    contents, _ = read_members(raw)
    used: set[str] = set()
    printed: set[str] = set()
    for name, content in contents.items():
        if may_hold_tags(name):
            tree = environment().parse(to_source(content).text)
            used |= meta.find_undeclared_variables(tree)
            printed |= set(_printed(tree))
    return used, printed


def _printed(tree: nodes.Template) -> Iterator[str]:
    for place in (*tree.find_all(nodes.Output), *tree.find_all(nodes.For)):
        shown = place.iter if isinstance(place, nodes.For) else place
        names = shown.find_all(nodes.Name)
        yield from (one.name for one in ((shown,) if isinstance(shown, nodes.Name) else names))
