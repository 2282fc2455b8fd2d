"""Who reported: encrypted at rest, masked on every screen."""

import json
from dataclasses import asdict, dataclass

from flows.keys import Keys


@dataclass(frozen=True)
class Reporter:
    """Who a reporter is and how to reach him, in clear: never logged, never in an event."""

    name: str
    phone: str
    address: str = ""

    def __repr__(self) -> str:
        return f"Reporter({mask_name(self.name)})"


def seal_reporter(reporter: Reporter, keys: Keys) -> bytes | None:
    """Everything about a reporter encrypted together; None for an anonymous report."""
    told = {name: value for name, value in asdict(reporter).items() if value}
    return keys.sealed(json.dumps(told, ensure_ascii=False)) if told else None


def open_reporter(sealed: bytes, keys: Keys) -> Reporter:
    """The reporter in clear; the caller records who looked and why."""
    return Reporter(**{"name": "", "phone": "", **json.loads(keys.opened(sealed))})


def reporter_form(sealed: bytes | None, keys: Keys) -> dict[str, object]:
    """The reporter as a form of registration names him, for a clue split off another."""
    if sealed is None:
        return {}
    found = open_reporter(sealed, keys)
    told = {"reporter_name": found.name, "reporter_phone": found.phone}
    return {name: value for name, value in told.items() if value}


def masked_reporter(sealed: bytes | None, keys: Keys) -> str:
    """The reporter as listings show him."""
    if sealed is None:
        return "匿名"
    found = open_reporter(sealed, keys)
    return f"{mask_name(found.name)} {mask_phone(found.phone)}".strip()


def mask_name(name: str) -> str:
    """The first character and stars."""
    return f"{name[0]}{'*' * max(len(name) - 1, 1)}" if name else ""


def mask_phone(phone: str) -> str:
    """The last four digits at most."""
    return f"{'*' * max(len(phone) - 4, 3)}{phone[-4:]}" if len(phone) > 4 else "*" * len(phone)
