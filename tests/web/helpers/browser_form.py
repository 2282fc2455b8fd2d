"""A form's values as a browser sends them."""

from collections.abc import Mapping

from domain.shapes.lifecycles import FormField

Sent = dict[str, str | list[str]]


def as_sent(fields: Mapping[str, FormField], values: Mapping[str, object]) -> Sent:
    """Values of the lifecycle table's types under the names that the page gives them."""
    found: Sent = {}
    for name, value in values.items():
        kind = fields[name].type
        key = f"f.{name}"
        if kind == "rows" and isinstance(value, list):
            for place, row in enumerate(value):
                found |= {f"{key}.{place}.{column}": str(cell) for column, cell in row.items()}
        elif kind == "quantities" and isinstance(value, Mapping):
            for place, (quantity, amount) in enumerate(value.items()):
                found |= {f"{key}.{place}.kind": quantity, f"{key}.{place}.amount": str(amount)}
        elif isinstance(value, list):
            found[key] = [str(one) for one in value]
        else:
            found[key] = "是" if value is True else "否" if value is False else str(value)
    return found
