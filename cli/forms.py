"""Form values from the command line: 项=值, with JSON where a value is a list or a table."""

import json
from collections.abc import Iterable


class FormError(Exception):
    """A pair that cannot be read."""


def read_pairs(pairs: Iterable[str]) -> dict[str, object]:
    """The values by name or label; a value that begins with [ or { is JSON."""
    values: dict[str, object] = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name.strip():
            raise FormError(f"「{pair}」应写作 项=值，如 reason=属于本部门职责")
        values[name.strip()] = _value(value)
    return values


def _value(text: str) -> object:
    if not text.lstrip().startswith(("[", "{")):
        return text
    try:
        value: object = json.loads(text)
    except ValueError as error:
        raise FormError(f"「{text}」不是正确的 JSON：{error}") from error
    return value
