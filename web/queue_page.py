"""What the pages of queues have in common: their filter and addresses."""

from urllib.parse import urlencode

from domain.rulebook import Rulebook
from domain.waiting import waiting_for


def choices_of(rules: Rulebook, roles: frozenset[str]) -> list[tuple[str, str]]:
    """The processes in which something may wait for these chairs."""
    kinds = {one.kind for one in waiting_for(rules.lifecycles, roles)}
    kinds |= {"case"} if "principal" in roles else set()
    return [(key, one.label) for key, one in rules.lifecycles.items() if key in kinds]


def query_of(address: str, kind: str, number: int) -> str:
    """The address of a page of a queue."""
    told = {"kind": kind, "number": str(number)}
    return f"{address}?{urlencode({key: value for key, value in told.items() if value})}"
