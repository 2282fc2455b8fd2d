"""Recusal: who may do nothing more on a clue because it was decided that he avoids it."""

from collections.abc import Mapping

from domain.shapes.lifecycles import FormField
from domain.situation.situation import Situation

GRANTED = "granted"
ASKED_TO_AVOID = "avoids"
"""The field that names whose recusal is asked for: it gives nobody work."""


def avoiding(s: Situation) -> frozenset[str]:
    """The ids of those who have to avoid the clue at hand (行政处罚法第四十三条)."""
    return frozenset(
        str(one.facts.get("avoids")) for one in s.of_kind("recusal") if one.state == GRANTED
    )


def barred_by_name(fields: Mapping[str, FormField], s: Situation) -> list[str]:
    """What stands against people whom a form gives work and who have to avoid the clue at hand."""
    barred = avoiding(s)
    return [
        f"{s.people[one].name}已决定回避，不能作为{field.label}"
        for name, field in fields.items()
        if field.type in {"user", "users"} and name != ASKED_TO_AVOID
        for one in _named(s.form.get(name))
        if one in barred and one in s.people
    ]


def _named(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list | tuple) else [str(value)]
