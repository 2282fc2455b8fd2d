"""Suggestions in a form before anybody wrote in it: defaults, the moment, what is on record."""

from collections.abc import Mapping
from datetime import datetime

from domain.shapes.lifecycles import FormField
from domain.situation.handling import ANSWERED
from domain.situation.penalty import DECIDED, PLANNED
from domain.situation.situation import CHINA, Actor, ProcessView

KEPT = {"users", "rows", "quantities", "offences", "penalties", "departments", "matters", "matter"}
"""Types whose recorded value is worth starting from; a written reason never is."""


def defaults_of(
    fields: Mapping[str, FormField], process: ProcessView, actor: Actor, now: datetime
) -> dict[str, object]:
    """The values a form begins with, by field: the suggestion, the moment, what is on record."""
    found: dict[str, object] = {}
    for name, field in fields.items():
        # An optional moment says that something happened (served, approved before): people do.
        if field.type == "datetime" and field.required:
            found[name] = now.astimezone(CHINA).strftime("%Y-%m-%dT%H:%M")
        if (field.kept or field.type in KEPT) and process.facts.get(name):
            found[name] = process.facts[name]
    if "handler_user" in fields:
        found["handler_user"] = actor.id
    if DECIDED.kinds in fields:
        found |= _as_told(process)
    return found | _suggested(fields, process)


def _as_told(process: ProcessView) -> dict[str, object]:
    """A decision begins with the penalty that the party was told of."""
    pairs = zip(vars(DECIDED).values(), vars(PLANNED).values(), strict=True)
    told = {decided: process.facts.get(planned) for decided, planned in pairs}
    return {name: value for name, value in told.items() if value}


def _suggested(fields: Mapping[str, FormField], process: ProcessView) -> dict[str, object]:
    """The routing suggestion, where the form sends a clue that has not been sent yet."""
    told = process.facts.get("suggestion")
    if process.state != "registered" or not {"lead", "matter"} <= set(fields):
        return {}
    suggestion = told if isinstance(told, dict) else {}
    return suggested_form(suggestion)


def suggested_form(suggestion: Mapping[str, object]) -> dict[str, object]:
    """The dispatch that a suggestion stands for; empty where it names no matter and no duty.

    A duty that is a service or petition is so sent on; a complaint is told at signing.
    """
    if not suggestion.get("matter") and not suggestion.get("duty"):
        return {}
    named = {name: suggestion[name] for name in ("lead", "cooperating", "matter")}
    way = suggestion.get("handling")
    handled = {"handling": way} if way in ANSWERED else {}
    return {**named, **handled, "reason": suggestion.get("ground", "")}
