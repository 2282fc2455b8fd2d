"""The acts of a joint proceeding as rows: whose, under which rule, fined how much."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import combinations

Row = Mapping[str, str]


def rows_in(value: object) -> Sequence[Row]:
    """The rows of a form or fact; none where there are none."""
    return [dict(one) for one in value] if isinstance(value, list | tuple) else []


def yuan(text: str) -> Decimal | None:
    """A sum in 元 as it is typed into a cell: blank is nothing; None where it cannot be read."""
    plain = text.strip().removesuffix("元").replace(",", "").replace("，", "")
    try:
        found = Decimal(plain or "0")
    except InvalidOperation:
        return None
    return found if found.is_finite() and found >= 0 else None


def act_of(row: Row) -> str:
    """The name of a row's act as it is compared: without signs and spaces."""
    return act_key(row["违法行为"])


def act_key(name: str) -> str:
    """The name of an act as it is compared."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", name))


def same_acts(rows: Sequence[Row]) -> dict[str, list[Row]]:
    """The rows of each act by its name as first written: one name is one and the same act."""
    names: dict[str, str] = {}
    found: dict[str, list[Row]] = {}
    for row in rows:
        name = names.setdefault(act_of(row), row["违法行为"].strip())
        found.setdefault(name, []).append(row)
    return found


def fined(rows: Sequence[Row]) -> list[Row]:
    """The rows in which a fine is meant."""
    return [row for row in rows if (yuan(row["拟罚款"]) or 0) > 0]


def fined_apart(rows: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Every two acts that two departments fine, each pair of acts once."""
    found: dict[frozenset[str], tuple[Row, Row]] = {}
    for one, other in combinations(fined(rows), 2):
        pair = frozenset({act_of(one), act_of(other)})
        if len(pair) == 2 and one["部门"].strip() != other["部门"].strip():
            found.setdefault(pair, (one, other))
    return list(found.values())


def told_apart(rows: Sequence[Row]) -> dict[frozenset[str], str]:
    """What is said to distinguish two acts, by the two."""
    return {
        frozenset({act_key(row["行为一"]), act_key(row["行为二"])}): row["区别"].strip()
        for row in rows
    }
