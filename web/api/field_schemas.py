"""The form of an action as a JSON Schema, so that another system can make the form itself."""

from collections.abc import Callable, Mapping
from typing import Any

from pydantic import JsonValue

from domain.rulebook.rulebook import Rulebook
from domain.shapes.lifecycles import FormField
from domain.situation.form_reading import LONGEST_LONG_TEXT, LONGEST_TEXT

AMOUNT = r"^\d+(\.\d{1,2})?$"
ID: dict[str, JsonValue] = {"type": "string", "minLength": 1}
NAMED = {
    "department": "部门编号，写作 地区-职能",
    "matter": "监管事项编号",
    "user": "用户编号",
    "clue": "线索编号",
    "offence": "罪名编号",
    "officer": "行政执法证件号",
}
SHAPES: Mapping[str, dict[str, JsonValue]] = {
    "text": {"type": "string", "minLength": 1, "maxLength": LONGEST_TEXT},
    "long_text": {"type": "string", "minLength": 1, "maxLength": LONGEST_LONG_TEXT},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "format": "date-time"},
    "amount": {"type": "string", "pattern": AMOUNT, "description": "金额（元），最多两位小数"},
    "integer": {"type": "integer", "minimum": 0, "maximum": 999_999_999},
    "flag": {"type": "boolean"},
    "officers": {
        "anyOf": [{"type": "array", "items": ID, "uniqueItems": True}, ID],
        "description": "行政执法证件号；写作一段文字的，以顿号分开",
    },
    "evidence": {
        "anyOf": [{"type": "array", "items": ID, "uniqueItems": True}, ID],
        "description": "本部门取得的附件的编号；写作一段文字的，以顿号分开",
    },
}


def form_schema(fields: Mapping[str, FormField], rules: Rulebook) -> dict[str, JsonValue]:
    """The schema of a whole form; a key it does not name is refused."""
    return {
        "type": "object",
        "properties": {name: field_schema(field, rules) for name, field in fields.items()},
        "required": [name for name, field in fields.items() if field.required],
        "additionalProperties": False,
    }


def field_schema(field: FormField, rules: Rulebook) -> dict[str, JsonValue]:
    """The schema of one field, under the name that people know it by."""
    told = _shape(field, rules)
    hints = [field.hint, str(told.get("description") or "")]
    found: dict[str, JsonValue] = {**told, "title": field.label}
    if description := "；".join(one for one in hints if one):
        found["description"] = description
    return found


def _shape(field: FormField, rules: Rulebook) -> dict[str, JsonValue]:
    if field.type == "choice":
        told = "、".join(f"{key} {label}" for key, label in field.options.items())
        return {"type": "string", "enum": list(field.options), "description": told}
    if field.type == "rows":
        return {"type": "array", "items": _row(field.columns)}
    if field.type in OF_LAW:
        return OF_LAW[field.type](rules)
    if field.type in SHAPES:
        return dict(SHAPES[field.type])
    single = field.type.removesuffix("s")
    if field.type == single:
        return {**ID, "description": NAMED[single]}
    return {"type": "array", "items": ID, "uniqueItems": True, "description": NAMED[single]}


def _penalties(rules: Rulebook) -> dict[str, JsonValue]:
    told = "、".join(f"{key} {one.label}" for key, one in rules.penalties.items())
    one: dict[str, JsonValue] = {"type": "string", "enum": list(rules.penalties)}
    return {"type": "array", "items": one, "uniqueItems": True, "description": told}


def _row(columns: Mapping[str, str]) -> dict[str, JsonValue]:
    properties: dict[str, JsonValue] = {
        key: {"type": "string", "title": label} for key, label in columns.items()
    }
    return {"type": "object", "properties": properties, "additionalProperties": False}


def _quantities(rules: Rulebook) -> dict[str, JsonValue]:
    told: dict[str, Any] = {
        key: {"type": "string", "pattern": AMOUNT, "title": f"{one.label}（{one.unit}）"}
        for key, one in rules.quantities.items()
    }
    return {
        "type": "object",
        "properties": told,
        "additionalProperties": False,
        "minProperties": 1,
    }


def _degree(rules: Rulebook) -> dict[str, JsonValue]:
    offered = {
        f"{key}.{name}": f"{standard.conduct}：{degree.label}"
        for key, standard in rules.discretion.items()
        for table in standard.values.values()
        for name, degree in table.degrees.items()
    }
    told = "、".join(f"{key} {label}" for key, label in offered.items())
    return {"type": "string", "enum": list(offered), "description": told}


OF_LAW: Mapping[str, Callable[[Rulebook], dict[str, JsonValue]]] = {
    "quantities": _quantities,
    "penalties": _penalties,
    "degree": _degree,
}
"""Types of fields whose choices the rulebook lists."""
