"""Form values as templates print them: names instead of ids, dates instead of text."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from documents.facts.paper import Paper
from domain.shapes.discretion import degree_in_words
from domain.shapes.lifecycles import FormField

Printer = Callable[[object, FormField, Paper], object]


def printable(value: object, field: FormField, paper: Paper) -> object:
    """A stored form value as a fact; an id that is unknown prints as it is."""
    printer = PRINTERS.get(field.type)
    return printer(value, field, paper) if printer else value


def _day(value: object, field: FormField, paper: Paper) -> object:
    return date.fromisoformat(str(value))


def _moment(value: object, field: FormField, paper: Paper) -> object:
    return datetime.fromisoformat(str(value))


def _amount(value: object, field: FormField, paper: Paper) -> object:
    return Decimal(str(value))


def _choice(value: object, field: FormField, paper: Paper) -> object:
    return field.options.get(str(value), value)


def _department(value: object, field: FormField, paper: Paper) -> object:
    found = paper.rules.departments.get(str(value))
    return found.name if found else value


def _user(value: object, field: FormField, paper: Paper) -> object:
    found = paper.people.get(str(value))
    return found.name if found else value


def _matter(value: object, field: FormField, paper: Paper) -> object:
    found = paper.rules.matters.get(str(value))
    return found.name if found else value


def _offence(value: object, field: FormField, paper: Paper) -> object:
    found = paper.rules.offences.get(str(value))
    return found.charge if found else value


def _penalty(value: object, field: FormField, paper: Paper) -> object:
    found = paper.rules.penalties.get(str(value))
    return found.label if found else value


def _each(printer: Printer) -> Printer:
    def printed(value: object, field: FormField, paper: Paper) -> object:
        items = value if isinstance(value, list | tuple) else [value]
        return [printer(one, field, paper) for one in items]

    return printed


def _rows(value: object, field: FormField, paper: Paper) -> object:
    rows = value if isinstance(value, list | tuple) else []
    return [
        {name: row.get(key) for key, label in field.columns.items() for name in (label, key)}
        for row in rows
        if isinstance(row, Mapping)
    ]


def _quantities(value: object, field: FormField, paper: Paper) -> object:
    found = value if isinstance(value, Mapping) else {}
    known = paper.rules.quantities
    return [
        {"项目": known[key].label, "数额": f"{Decimal(str(amount)):,f}", "单位": known[key].unit}
        for key, amount in found.items()
        if key in known
    ]


def _degree(value: object, field: FormField, paper: Paper) -> object:
    return degree_in_words(paper.rules.discretion, str(value))


PRINTERS: Mapping[str, Printer] = {
    "date": _day,
    "datetime": _moment,
    "amount": _amount,
    "choice": _choice,
    "department": _department,
    "departments": _each(_department),
    "user": _user,
    "users": _each(_user),
    "matter": _matter,
    "matters": _each(_matter),
    "offences": _each(_offence),
    "penalties": _each(_penalty),
    "degree": _degree,
    "rows": _rows,
    "quantities": _quantities,
}
