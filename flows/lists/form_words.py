"""The values of a form in words: labels and values as people read them."""

from collections.abc import Callable, Mapping

from domain.rulebook.rulebook import Rulebook
from domain.shapes.discretion import degree_in_words
from domain.shapes.lifecycles import FormField

Names = Mapping[str, str]


def values_in_words(
    fields: Mapping[str, FormField], form: Mapping[str, object], rules: Rulebook, names: Names
) -> tuple[tuple[str, str], ...]:
    """Label and text of everything that was filled in; `names` are those of users."""
    return tuple(
        (field.label, _text(field, form[name], rules, names))
        for name, field in fields.items()
        if not field.coded and form.get(name) not in (None, "", [], {})
    )


def users_named(fields: Mapping[str, FormField], form: Mapping[str, object]) -> set[str]:
    """The users that a form names, by id."""
    found: set[str] = set()
    for name, field in fields.items():
        if field.type in {"user", "users"}:
            found |= set(_list(form.get(name)))
    return found


def _text(field: FormField, value: object, rules: Rulebook, names: Names) -> str:
    if field.type == "rows":
        rows = value if isinstance(value, list) else []
        return "；".join(_row(row, field.columns, rules) for row in rows)
    if field.type == "quantities":
        told = value if isinstance(value, dict) else {}
        return "，".join(
            f"{rules.quantities[key].label}{amount}{rules.quantities[key].unit}"
            for key, amount in told.items()
        )
    if field.type == "flag":
        return "是" if value is True else "否"
    if field.type == "amount":
        return f"{value}元"
    if field.type == "datetime":
        return str(value)[:16].replace("T", " ")
    named = _naming(field, rules, names)
    return "、".join(named(one) for one in _list(value)) if named else str(value)


def _naming(field: FormField, rules: Rulebook, names: Names) -> Callable[[str], str] | None:
    known: dict[str, Callable[[str], str]] = {
        "department": lambda key: rules.departments[key].name if key in rules.departments else key,
        "matter": lambda key: rules.matters[key].name if key in rules.matters else key,
        "offence": lambda key: rules.offences[key].name if key in rules.offences else key,
        "penaltie": lambda key: rules.penalties[key].label if key in rules.penalties else key,
        "degree": lambda key: degree_in_words(rules.discretion, key) or key,
        "user": lambda key: names.get(key, key),
        "officer": lambda key: key,
        "choice": lambda key: field.options.get(key, key),
    }
    return known.get(field.type.removesuffix("s"))


def _row(row: object, columns: Mapping[str, str], rules: Rulebook) -> str:
    """The first cell of a row, and the others under the names of their columns in brackets."""
    cells = row if isinstance(row, dict) else {}
    offence = str(cells.get("offence") or "")
    told = [(key, _cell(key, str(one), offence, rules)) for key, one in cells.items() if one]
    if not told:
        return ""
    (_, first), *others = told
    said = "，".join(f"{columns.get(key, key)}：{text}" for key, text in others)
    return f"{first}（{said}）" if said else first


def _cell(column: str, text: str, offence: str, rules: Rulebook) -> str:
    """A cell as people read it: an offence by its name, its tier by the question."""
    found = rules.offences.get(offence)
    if column == "offence" and found:
        return found.name
    tier = found.tiers.get(text) if found and column == "tier" else None
    return tier.question if tier and tier.question else text


def _list(value: object) -> list[str]:
    if isinstance(value, list | tuple):
        return [str(one) for one in value]
    return [str(value)] if value else []
