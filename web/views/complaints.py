"""Complaints about a form, each at the field that it is about."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from domain.lifecycle.plan import Reason
from domain.shapes.lifecycles import FormField

QUOTED = re.compile("「([^」]+)」")


@dataclass(frozen=True)
class Complaint:
    """A reason, and the field it is about; no name where it is about none of the form.

    `article` is empty where the reason before it was of the same one.
    """

    text: str
    article: str
    name: str


def at_fields(fields: Mapping[str, FormField], reasons: Iterable[Reason]) -> tuple[Complaint, ...]:
    """The reasons in order, each with the first field of the form whose label it quotes.

    A reason that quotes no field, but names the label of exactly one, is about that one.
    """
    found: list[Complaint] = []
    told = ""
    for one in reasons:
        article = "" if one.article == told else one.article
        found.append(Complaint(one.text, article, _field_of(fields, one.text)))
        told = one.article
    return tuple(found)


def by_field(complaints: Iterable[Complaint]) -> dict[str, tuple[str, ...]]:
    """What is wrong, by field."""
    found: dict[str, tuple[str, ...]] = {}
    for one in complaints:
        if one.name:
            found[one.name] = (*found.get(one.name, ()), one.text)
    return found


def _field_of(fields: Mapping[str, FormField], text: str) -> str:
    labels = {field.label: name for name, field in fields.items()}
    quoted = [labels[one] for one in QUOTED.findall(text) if one in labels]
    if quoted:
        return quoted[0]
    named = [name for label, name in labels.items() if len(label) > 3 and label in text]
    return named[0] if len(named) == 1 else ""
