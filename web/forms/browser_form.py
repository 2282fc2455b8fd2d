"""A form as a browser sends it becomes the values that the lifecycle table asks for."""

import re
from collections.abc import Mapping

from starlette.datastructures import FormData, QueryParams

from domain.shapes.lifecycles import FormField

PREFIX = "f."
MANY = {"departments", "users", "officers", "evidence", "matters", "offences", "penalties"}
MOST_ROWS = 600
_CELL = re.compile(r"(\d{1,3})\.(.+)")


def read_fields(fields: Mapping[str, FormField], sent: FormData | QueryParams) -> dict[str, object]:
    """What was filled in, by field, for `domain.situation.form_reading`; a blank is absent."""
    found = {name: _read(name, field, sent) for name, field in fields.items()}
    return {name: value for name, value in found.items() if value not in ("", [], {}, None)}


def _read(name: str, field: FormField, sent: FormData | QueryParams) -> object:
    if field.type in MANY:
        return [one for one in _texts(sent, PREFIX + name) if one]
    if field.type == "rows":
        return [row for row in _cells(sent, name) if _is_filled(field, row)]
    if field.type == "quantities":
        return {row["kind"]: row["amount"] for row in _cells(sent, name) if _is_told(row)}
    texts = _texts(sent, PREFIX + name)
    return texts[-1] if texts else ""


def _texts(sent: FormData | QueryParams, key: str) -> list[str]:
    return [one.strip() for one in sent.getlist(key) if isinstance(one, str)]


def _is_filled(field: FormField, row: Mapping[str, str]) -> bool:
    """A row with something in it; a question, once it is answered."""
    return bool(row.get("answer")) if "answer" in field.columns else any(row.values())


def _is_told(row: Mapping[str, str]) -> bool:
    return bool(row.get("kind") and row.get("amount"))


def _cells(sent: FormData | QueryParams, name: str) -> list[dict[str, str]]:
    """The rows of a table in the form, in their order."""
    rows: dict[int, dict[str, str]] = {}
    start = f"{PREFIX}{name}."
    for key in dict.fromkeys(sent.keys()):
        if not key.startswith(start):
            continue
        match = _CELL.fullmatch(key[len(start) :])
        if match and int(match[1]) < MOST_ROWS:
            texts = _texts(sent, key)
            rows.setdefault(int(match[1]), {})[match[2]] = texts[-1] if texts else ""
    return [rows[place] for place in sorted(rows)]
