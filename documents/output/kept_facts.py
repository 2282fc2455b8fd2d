"""Kept facts: those of an issued document as plain JSON, which can be compared and hashed."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from types import NoneType

from documents.templates.kinds import FactType, Template, TemplateForm
from documents.values.codes import CODE
from domain.situation.situation import CHINA

_AS_IT_IS = frozenset({str, int, float, bool, NoneType})
_IN_WORDS = frozenset({date, datetime, Decimal})


def plain_facts(template: Template, facts: Mapping[str, object]) -> dict[str, object]:
    """The facts that a template asks for as plain JSON, without the code that depends on them."""
    asked = template.form.blank
    return {name: _plain(facts[name]) for name in asked if name in facts and name != CODE}


def as_plain(facts: Mapping[str, object]) -> dict[str, object]:
    """Facts as they are kept: what JSON knows, dates and amounts as text."""
    return {str(name): _plain(value) for name, value in facts.items()}


def typed_facts(form: TemplateForm, kept: Mapping[str, object]) -> dict[str, object]:
    """Kept facts as templates want them: dates and amounts again; kept anew they are equal."""
    facts = dict(kept)
    for field in form.fields:
        value = kept.get(field.name)
        if field.type == "rows" and isinstance(value, list):
            facts[field.name] = [_revived_row(row, field.columns) for row in value]
        elif isinstance(value, str):
            facts[field.name] = _revived(value, field.type)
    return facts


def _revived_row(row: object, columns: Mapping[str, FactType]) -> object:
    if not isinstance(row, dict):
        return row
    return {
        name: _revived(cell, columns.get(name, "text")) if isinstance(cell, str) else cell
        for name, cell in row.items()
    }


def _revived(text: str, kind: FactType) -> object:
    """The value of that type; a text that somebody wrote in its place stays a text."""
    try:
        if kind == "date":
            return date.fromisoformat(text)
        if kind == "datetime":
            return datetime.fromisoformat(text)
        return Decimal(text) if kind == "amount" else text
    except (ValueError, InvalidOperation):
        return text


def _plain(value: object) -> object:
    # What is usual is known by its very type: to ask what is like one takes ten times as long.
    kind = type(value)
    if kind in _AS_IT_IS:
        return value
    if kind is list or isinstance(value, list | tuple):
        return [_plain(one) for one in value]  # type: ignore[attr-defined]
    if kind is dict or (kind not in _IN_WORDS and isinstance(value, Mapping)):
        return as_plain(value)  # type: ignore[arg-type]
    return _in_words(value)


def _in_words(value: object) -> str:
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(CHINA).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    raise TypeError(f"a fact of type {type(value).__name__} cannot be kept")


PARTY, ADDRESSEES = "当事人", "主送机关"


def party_in(kept: Mapping[str, object]) -> str:
    """The party that an issued document names; empty where it names none."""
    return _named(kept.get(PARTY))


def addressees_in(kept: Mapping[str, object], to: str) -> str:
    """To whom an issued document went: as it names them, else as its kind says (`to`)."""
    return _named(kept.get(ADDRESSEES)) or (party_in(kept) if to == PARTY else "") or to


def _named(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")
